"""The files under sources/ as an editor writes them.

In: plain values. Out: frozen records, or errors with the path of the value. Descriptions here are what an editor reads
in a text editor that knows the JSON Schemas, which are made from this module.
"""

# ruff: noqa: PLC0414 -- the records of annotations.yml are part of the schema, and imported from here

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from build_scripts.reading.fields import (
    Colour,
    Day,
    Id,
    Language,
    Name,
    Number,
    PartialDate,
    TagUri,
    Text,
    UnitName,
    Url,
)
from build_scripts.reading.fields import (
    Record as Record,
)
from build_scripts.reading.items import (
    AnchoredItem as AnchoredItem,
)
from build_scripts.reading.items import (
    AnnotationsFile as AnnotationsFile,
)
from build_scripts.reading.items import (
    Anonymous as Anonymous,
)
from build_scripts.reading.items import (
    ClaimItem as ClaimItem,
)
from build_scripts.reading.items import (
    MentionItem as MentionItem,
)
from build_scripts.reading.items import (
    QuoteItem as QuoteItem,
)
from build_scripts.reading.items import (
    QuoteKind as QuoteKind,
)
from build_scripts.reading.items import (
    Segment as Segment,
)
from build_scripts.reading.items import (
    Selector as Selector,
)
from build_scripts.reading.items import (
    Suggestion as Suggestion,
)
from build_scripts.reading.items import (
    TakenOut as TakenOut,
)
from build_scripts.reading.items import (
    Withdrawal as Withdrawal,
)
from build_scripts.reading.items import (
    kept as kept,
)
from build_scripts.reading.lock import LockFile

# --- publication.yml and rating-scale.yml ---------------------------------------------------------------------------


RuleOff = Literal[
    "city-country",
    "impossible-date",
    "mixed-quotation-marks",
    "name-spelling",
    "paragraph-twice",
    "percent-change",
    "quotation-differs",
    "sum",
    "two-ages",
    "unit-conversion",
    "unlinked-name",
    "weekday-of-date",
]
"""Rules that may be switched off: those of a text that contradicts itself."""


class Person(Record):
    """An author or reviewer of this publication: a person, or a role that says that it is one."""

    id: Id = Field(description="What other files name them by.")
    name: Text = Field(description="As readers see it.")
    description: Text | None = Field(None, description="One sentence about them; of a role, that it is one.")


class Pictured(StrEnum):
    """What can have a picture of its own."""

    ARTICLES = "articles"
    CLAIMS = "claims"
    QUOTATIONS = "quotations"


TextKind = Literal["open", "digest"]
"""What the text of an article is: the article, or a summary of one that may not be republished."""


class Publication(Record):
    """Who publishes."""

    name: Text = Field(description="The publication's name.")
    description: Text = Field(description="One sentence about the publication.")
    url: Url | None = Field(None, description="The publisher's own site, if there is another than this one.")
    language: Language = Field(description="The language of the site's own words.")
    licence: Text = Field(description="Licence of the publication's own texts: an SPDX identifier such as CC-BY-4.0.")
    tag_uri: TagUri | None = Field(
        None,
        description="What the ids in feeds begin with, kept when the site moves to another host: tag:example.org,2026:.",
    )
    people: tuple[Person, ...] = Field(
        min_length=1, strict=False, description="Authors and reviewers that claims and articles name by id."
    )
    rules_off: tuple[RuleOff, ...] = Field(
        (), strict=False, description="Rules on texts that contradict themselves which are not checked in any article."
    )
    pictures: tuple[Annotated[Pictured, Field(strict=False)], ...] = Field(
        tuple(Pictured),
        strict=False,
        description="What has a picture of its own beside shared links: all of it, if left out; [] for nothing.",
    )
    books: tuple[TextKind, ...] = Field(
        get_args(TextKind),
        strict=False,
        description="Articles of which kind of text are books (EPUB), too: of both, if left out; [] for none.",
    )


class Rating(Record):
    """One verdict of the scale."""

    id: Id = Field(description="What checks name it by.")
    label: Text = Field(description="The verdict's words, its meaning first: Mostly accurate.")
    value: int | None = Field(None, description="Place on the scale, higher is truer; left out for off-scale verdicts.")
    meaning: Text = Field(description="When this verdict is given.")
    colour: Colour = Field(description="Background of the verdict's badge, #rrggbb; its text is white.")


class RatingScale(Record):
    """The verdicts, once for all claims."""

    ratings: tuple[Rating, ...] = Field(min_length=1, strict=False, description="The verdicts, in their order.")


# --- articles/<id>/article.md ---------------------------------------------------------------------------------------


class Rights(Record):
    """What may be published of the text."""

    text: TextKind = Field(
        description="open: the text is the article. digest: our own summary of an article that may not be republished."
    )
    holder: Text = Field(description="Who holds the rights in the original.")
    licence: Text | None = Field(None, description="SPDX identifier or address of the licence of the text shown here.")
    basis: Text | None = Field(None, description="For a digest: why summarising and quoting is lawful here.")
    max_share: Annotated[Number, Field(gt=0, le=100)] | None = Field(
        None, description="For a digest: how much of the original its quotations may show, in percent, if not 15."
    )
    max_run: Annotated[int, Field(ge=1)] | None = Field(
        None, description="For a digest: how many words in a row its quotations may show, if not 60."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.text == "open" and self.licence is None:
            raise ValueError("an open text without `licence`\nadd `licence: …`, for example CC-BY-4.0")
        if self.text == "digest" and self.basis is None:
            raise ValueError("a digest without `basis`\nadd `basis: …` (why summarising and quoting is lawful here)")
        return self


class ReadPage(Record):
    """A page of the web that somebody read, and what it says: nothing is cited without it."""

    url: Url = Field(description="The page's address.")
    title: Text | None = Field(None, description="The page's title.")
    publisher: Text = Field(description="Who published the page.")
    published: PartialDate | None = Field(None, description="When the page was published.")
    accessed: Day = Field(description="The day it was read.")
    read: Literal["whole", "in part"] = Field(description="How much of the page was read.")
    says: Text = Field(description="What the page says, in our own words.")


class ArticleFile(Record):
    """Front matter of article.md."""

    headline: Text = Field(description="The headline, as the original has it.")
    publisher: Text = Field(description="The name of who published the original.")
    byline: tuple[Text, ...] = Field((), strict=False, description="Names as the original gives them.")
    dateline: Text | None = Field(None, description="The place that the original is dated from: WASHINGTON.")
    author: Id | None = Field(
        None, description="Who wrote the text shown here, where it is ours: id of publication.yml."
    )
    published: Day = Field(description="The day the original was published.")
    updated: Day | None = Field(None, description="The day the text shown here last changed in substance.")
    url: Url | None = Field(None, description="Address of the original.")
    language: Language = Field(description="The language of the text shown here.")
    translation_of: Id | None = Field(
        None, description="The article that this one is a translation of: its id. An original has none."
    )
    summary: Text = Field(description="One sentence, for lists and search results.")
    rights: Rights = Field(description="Whether the text may be published, and by whose leave.")
    sources: tuple[ReadPage, ...] = Field((), strict=False, description="The pages that the text rests on.")
    formerly: tuple[Id, ...] = Field((), strict=False, description="Earlier ids; their addresses lead here.")
    withdrawn: Withdrawal | None = Field(
        None, description="The article is taken back: its page says when and why, and shows no text."
    )
    rules_off: tuple[RuleOff, ...] = Field(
        (), strict=False, description="Rules that are not checked here: the original has it so. Say why in a comment."
    )


# --- entities/<id>.yml ----------------------------------------------------------------------------------------------


class EntityType(StrEnum):
    """What kind of thing a name names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    WEAPON = "weapon"
    DOCUMENT = "document"
    EVENT = "event"
    GROUP = "group"
    OTHER = "other"


class Coordinates(Record):
    """Degrees, WGS 84."""

    latitude: Annotated[Number, Field(ge=-90, le=90)] = Field(description="Degrees north, below 0 south: 50.45.")
    longitude: Annotated[Number, Field(ge=-180, le=180)] = Field(description="Degrees east, below 0 west: 30.52.")
    source: Text | None = Field(None, description="Where they come from: GeoNames (CC BY 4.0).")


class EntityFile(Record):
    """A person, organisation, place or other thing with a name."""

    type: Annotated[EntityType, Field(strict=False)] = Field(description="What kind of thing it is.")
    name: Name = Field(description="Its name; it is linked wherever it stands.")
    aliases: tuple[Name, ...] = Field((), strict=False, description="Other names; each is linked wherever it stands.")
    weak_aliases: tuple[Name, ...] = Field(
        (), strict=False, description="Names that also mean something else; linked only by an entry in `mentions`."
    )
    description: Text = Field(description="One sentence: who or what this is.")
    same_as: tuple[Url, ...] = Field((), strict=False, description="The same thing elsewhere: Wikidata, GeoNames.")
    coordinates: Coordinates | None = Field(None, description="Where a place lies: degrees, WGS 84.")
    date: PartialDate | None = Field(None, description="For an event: its day, or its first.")
    end: PartialDate | None = Field(None, description="For an event of several days: its last.")
    facts: tuple[ReadPage, ...] = Field((), strict=False, description="What is known of it, each with its source.")
    formerly: tuple[Id, ...] = Field((), strict=False, description="Earlier ids; their addresses lead here.")
    distinct_from: tuple[Id, ...] = Field((), strict=False, description="Entities that this one is confused with.")

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.date and self.type is not EntityType.EVENT:
            raise ValueError("only an event has a `date`\nwrite `type: event`, or delete `date`")
        if self.end and not self.date:
            raise ValueError("`end` without `date`\nadd `date: …`, the first day")
        return self


# --- claims/<id>.md -------------------------------------------------------------------------------------------------


class UnitConversion(Record):
    """A quantity in another unit."""

    method: Literal["unit-conversion"] = Field(description="What is computed.")
    value: Number = Field(description="The quantity.")
    unit: UnitName = Field(description="Its unit: kilometer, mile/hour.")
    to: UnitName = Field(description="The unit wanted.")
    digits: Annotated[int, Field(ge=0, le=9)] = Field(1, description="Digits behind the point, if not 1.")


class Weekday(Record):
    """The day of the week of a date."""

    method: Literal["weekday"] = Field(description="What is computed.")
    date: Day = Field(description="The date.")


class BorderDistance(Record):
    """The geodesic distance from a place to the nearest point of a border."""

    method: Literal["border-distance"] = Field(description="What is computed.")
    place: Id = Field(description="An entity with coordinates.")
    border: Literal["russia-ukraine"] = Field(description="The border.")


Computation = Annotated[UnitConversion | Weekday | BorderDistance, Field(discriminator="method")]


class Evidence(Record):
    """One source, or one computation, for or against a claim."""

    id: Id = Field(description="A name of its own within this check.")
    kind: Literal["primary", "secondary", "computation"] = Field(
        description="What kind of source; a computation is made anew at each build."
    )
    stance: Literal["supports", "undermines", "context"] = Field(description="What it says of the claim.")
    url: Url | None = Field(None, description="The page's address.")
    archive_url: Url | None = Field(None, description="Where an archive keeps the page; never guessed.")
    title: Text | None = Field(None, description="The page's title.")
    publisher: Text | None = Field(None, description="Who published the page.")
    published: PartialDate | None = Field(None, description="When the page was published.")
    accessed: Day | None = Field(None, description="The day the page was read.")
    read: Literal["whole", "in part"] | None = Field(None, description="How much of the page was read.")
    passage: Text | None = Field(None, description="The words of the source.")
    paraphrase: Text | None = Field(None, description="What the source says, in our own words.")
    interests: Text | None = Field(None, description="What the source has at stake.")
    computation: Computation | None = Field(None, description="What the build computes.")
    result: Text | None = Field(None, description="What the computation gives; it is computed anew at each build.")


class Correction(Record):
    """A change of substance after publication."""

    date: Day = Field(description="The day of the change.")
    was: Text = Field(description="The old words.")
    now: Text = Field(description="The new words.")
    why: Text = Field(description="Why it was changed.")


class ClaimState(StrEnum):
    """Where a check stands. Only published ones show a verdict."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ClaimFile(Record):
    """Front matter of a claim: the facts of the check; the body is the fact-check note."""

    claim_reviewed: Text = Field(description="The claim in one sentence, without a verdict.")
    claimant: tuple[Id, ...] = Field((), strict=False, description="Entities that make the claim.")
    rating: Id = Field(description="A verdict of rating-scale.yml.")
    summary: Text = Field(description="The finding in one sentence.")
    author: Id = Field(description="Who wrote the check: id of publication.yml.")
    reviewed_by: Id | None = Field(None, description="Who else read it against its evidence: id of publication.yml.")
    state: Annotated[ClaimState, Field(strict=False)] = Field(
        description="Where the check stands; only a published one shows its verdict."
    )
    published: Day | None = Field(
        None, description="The day the check was published; it stays while the check is reviewed again."
    )
    checked: Day | None = Field(None, description="The day the evidence was last looked at.")
    selection_reason: Text = Field(description="Why this claim was chosen.")
    method_note: Text | None = Field(None, description="How it was checked.")
    not_checked: tuple[Text, ...] = Field(
        (), strict=False, description="What was not looked at or could not be settled, one thing each."
    )
    evidence: tuple[Evidence, ...] = Field(
        (), strict=False, description="What speaks for and against: what somebody read, or what the build computes."
    )
    primary_unavailable_reason: Text | None = Field(None, description="Why there is no primary source.")
    single_source_reason: Text | None = Field(None, description="Why one source has to do.")
    corrections: tuple[Correction, ...] = Field((), strict=False, description="Changes of substance since publication.")
    formerly: tuple[Id, ...] = Field((), strict=False, description="Earlier ids; their addresses lead here.")


FILES: dict[str, type[Record]] = {
    "publication": Publication,
    "rating-scale": RatingScale,
    "article": ArticleFile,
    "annotations": AnnotationsFile,
    "original-lock": LockFile,
    "entity": EntityFile,
    "claim": ClaimFile,
}
"""The kinds of file, by the name of their JSON Schema."""
