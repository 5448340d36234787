"""The tables, declared once: CSV, JSON, SQLite, the data dictionary and what programs read of them are made from here.

The order of tables and columns is part of the promise: new columns go to the end of their table.
"""

from __future__ import annotations

from enum import Enum
from functools import partial

from build_scripts.export.tables.declared import Column, Link, Table, Type
from build_scripts.reading.schema import ClaimState, EntityType, QuoteKind

_key = partial(Column, is_key=True)
_maybe = partial(Column, is_optional=True)


def _words(kind: type[Enum]) -> tuple[str, ...]:
    return tuple(member.value for member in kind)


_URL = _maybe("url", Type.ADDRESS, "Its address on this site; absent where the site's own is not known.")
_POSITION = Column("position", Type.WHOLE, "Its place in the list, from 1.")
_NUMBER = _key("number", Type.WHOLE, "Its place in the list, from 1.")
_START = Column("start", Type.WHOLE, "Where the words start in the article's text, in Unicode code points from 0.")
_END = Column("end", Type.WHOLE, "Where they end: the code point after the last.")
_EXACT = Column("exact", Type.TEXT, "The words, exactly as they stand.")
_READ = (
    Column("source_url", Type.ADDRESS, "The address of the page that was read."),
    _maybe("title", Type.TEXT, "Its title."),
    Column("publisher", Type.TEXT, "Who published it."),
    _maybe("published", Type.PARTIAL_DAY, "When it was published."),
    Column("accessed", Type.DAY, "When it was read."),
    Column("read", Type.TEXT, "How much of it was read.", values=("whole", "in part")),
    Column("says", Type.TEXT, "What it says, in our words."),
)

PUBLICATION = Table(
    "publication",
    "Who publishes all this, in one row.",
    (
        _key("name", Type.TEXT, "The publication's name."),
        Column("description", Type.TEXT, "One sentence about it."),
        _maybe("url", Type.ADDRESS, "The address of this site."),
        _maybe("publisher_url", Type.ADDRESS, "The publisher's own site, if there is another."),
        Column("language", Type.TEXT, "The language of the site's own words, as a BCP 47 tag."),
        Column("licence", Type.TEXT, "The licence of our own texts and of these tables: an SPDX identifier."),
    ),
)
PEOPLE = Table(
    "people",
    "Who wrote and who reviewed what is published; they can be roles.",
    (
        _key("id", Type.ID, "What other tables name them by."),
        Column("name", Type.TEXT, "As readers see it."),
        _maybe("description", Type.TEXT, "One sentence about them; of a role, that it is one."),
    ),
    label="name",
)
RATINGS = Table(
    "ratings",
    "The scale of verdicts.",
    (
        _key("id", Type.ID, "What checks name it by."),
        _POSITION,
        Column("label", Type.TEXT, "The verdict's words."),
        _maybe("value", Type.WHOLE, "Its place on the scale, higher is truer; absent for verdicts off the scale."),
        Column("meaning", Type.TEXT, "When this verdict is given."),
        Column("colour", Type.TEXT, "The background of its badge, #rrggbb."),
    ),
    label="label",
)
ENTITIES = Table(
    "entities",
    "People, organisations, places and whatever else has a name.",
    (
        _key("id", Type.ID, "Its permanent id."),
        _URL,
        Column("type", Type.TEXT, "What kind of thing it is.", values=_words(EntityType)),
        Column("name", Type.TEXT, "Its name."),
        Column("description", Type.TEXT, "One sentence: who or what it is."),
        _maybe("latitude", Type.NUMBER, "Degrees north, WGS 84."),
        _maybe("longitude", Type.NUMBER, "Degrees east, WGS 84."),
        _maybe("coordinates_source", Type.TEXT, "Where the coordinates come from."),
        _maybe("date", Type.PARTIAL_DAY, "Of an event: its day, or its first."),
        _maybe("end_date", Type.PARTIAL_DAY, "Of an event of several days: its last."),
    ),
    label="name",
    searched=("name", "description"),
    facets=("type",),
)
ALIASES = Table(
    "aliases",
    "Other names of entities.",
    (
        _key("entity", Type.ID, "Whose name it is.", to="entities"),
        _key("name", Type.TEXT, "The name."),
        Column("is_weak", Type.WHOLE, "1: it also means something else, and is never linked by itself.", values=(0, 1)),
    ),
    searched=("name",),
)
SAME_AS = Table(
    "same_as",
    "The same things elsewhere: Wikidata, GeoNames.",
    (
        _key("entity", Type.ID, "Which thing.", to="entities"),
        _key("source_url", Type.ADDRESS, "Its address there."),
    ),
)
DISTINCT_FROM = Table(
    "distinct_from",
    "Entities that are easily confused.",
    (
        _key("entity", Type.ID, "The one.", to="entities"),
        _key("other", Type.ID, "The other, which it is not.", to="entities"),
    ),
)
ENTITY_FACTS = Table(
    "entity_facts",
    "What is known of entities, each with the page that says so.",
    (_key("entity", Type.ID, "Of which entity.", to="entities"), _NUMBER, *_READ),
)
ARTICLES = Table(
    "articles",
    "The articles, with their text.",
    (
        _key("id", Type.ID, "Its permanent id."),
        _URL,
        Column("headline", Type.TEXT, "The headline, as the original has it."),
        Column("publisher", Type.TEXT, "Who published the original."),
        _maybe("dateline", Type.TEXT, "The place that the original is dated from."),
        _maybe("author", Type.ID, "Who wrote the text here, where it is ours.", to="people"),
        Column("published", Type.DAY, "The day the original was published."),
        _maybe("updated", Type.DAY, "The day the text here last changed in substance."),
        _maybe("original_url", Type.ADDRESS, "The address of the original."),
        Column("language", Type.TEXT, "The language of the text here, as a BCP 47 tag."),
        Column("summary", Type.TEXT, "One sentence about it."),
        Column(
            "text_kind",
            Type.TEXT,
            "open: the text is the article. digest: our summary of one that may not be republished.",
            values=("open", "digest"),
        ),
        Column("rights_holder", Type.TEXT, "Who holds the rights in the original."),
        _maybe("licence", Type.TEXT, "The licence of the text here."),
        _maybe("rights_basis", Type.TEXT, "Of a digest: why summarising and quoting is lawful."),
        _maybe("text", Type.TEXT, "The text, in which `start` and `end` count; blocks have a blank line between them."),
        _maybe(
            "max_share", Type.NUMBER, "Of a digest: percent of the original that its quotations may show, if not 15."
        ),
        _maybe("max_run", Type.WHOLE, "Of a digest: words in a row that its quotations may show, if not 60."),
        _maybe("translation_of", Type.ID, "Which article it is a translation of.", to="articles"),
    ),
    label="headline",
    searched=("headline", "summary", "text"),
    facets=("publisher", "language", "text_kind"),
)
BYLINES = Table(
    "bylines",
    "The names above articles, as the originals give them.",
    (
        _key("article", Type.ID, "Above which article.", to="articles"),
        _NUMBER,
        Column("name", Type.TEXT, "The name."),
    ),
)
ARTICLE_SOURCES = Table(
    "article_sources",
    "The pages that our articles rest on.",
    (_key("article", Type.ID, "Which article rests on it.", to="articles"), _NUMBER, *_READ),
)
MENTIONS = Table(
    "mentions",
    "Every place in an article that names an entity.",
    (
        _key("article", Type.ID, "In which article.", to="articles"),
        _key("id", Type.ID, "What stands after the # in its address; counted by place, and no promise."),
        _URL,
        Column("entity", Type.ID, "What is named.", to="entities"),
        _START,
        _END,
        _EXACT,
    ),
    facets=("entity", "article"),
)
QUOTATIONS = Table(
    "quotations",
    "Who said what.",
    (
        _key("article", Type.ID, "In which article.", to="articles"),
        _key("id", Type.ID, "What stands after the # in its permanent address."),
        _URL,
        _maybe("speaker", Type.ID, "Who speaks; absent for a source without a name.", to="entities"),
        Column("speaker_name", Type.TEXT, "The speaker's name, or the unnamed source as the article describes it."),
        Column("is_anonymous", Type.WHOLE, "1: the source is not named.", values=(0, 1)),
        _maybe("anonymous_reason", Type.TEXT, "Why the article does not name the source; absent if it does not say."),
        _maybe("cue", Type.TEXT, "How the article attributes the words: said, warned."),
        Column(
            "kind",
            Type.TEXT,
            "direct: the speaker's words. indirect: retold. mixed: retold, with words of the speaker's.",
            values=_words(QuoteKind),
        ),
        _maybe("date", Type.PARTIAL_DAY, "When it was said, where known."),
        Column("text", Type.TEXT, "The words; … where the article interrupts them."),
    ),
    label="text",
    searched=("speaker_name", "text"),
    facets=("kind", "speaker", "is_anonymous"),
)
SEGMENTS = Table(
    "segments",
    "The pieces of each quotation where they stand: two or more where the article interrupts it.",
    (
        _key("article", Type.ID, "In which article."),
        _key("quotation", Type.ID, "Of which quotation."),
        _NUMBER,
        _START,
        _END,
        _EXACT,
    ),
    links=(Link(("article", "quotation"), "quotations", ("article", "id")),),
)
CLAIMS = Table(
    "claims",
    "What was checked. Only published checks say what was found: of one that is reviewed again or was withdrawn, there is the claim "
    "and its history.",
    (
        _key("id", Type.ID, "Its permanent id."),
        _URL,
        Column(
            "state",
            Type.TEXT,
            "Where the check stands. in-review: it was published before and is looked at again.",
            values=(ClaimState.PUBLISHED.value, ClaimState.IN_REVIEW.value, ClaimState.WITHDRAWN.value),
        ),
        Column("claim_reviewed", Type.TEXT, "The claim in one sentence."),
        _maybe("rating", Type.ID, "The verdict.", to="ratings"),
        _maybe("summary", Type.TEXT, "The finding in one sentence."),
        _maybe("author", Type.ID, "Who wrote the check.", to="people"),
        _maybe("reviewed_by", Type.ID, "Who else read it against its evidence.", to="people"),
        _maybe("published", Type.DAY, "The day the check was published."),
        _maybe("checked", Type.DAY, "The day the evidence was last looked at."),
        _maybe("selection_reason", Type.TEXT, "Why this claim was chosen."),
        _maybe("method_note", Type.TEXT, "How it was checked."),
        _maybe("note", Type.TEXT, "What was found, at length, without markup."),
        _maybe("primary_unavailable_reason", Type.TEXT, "Why there is no primary source."),
        _maybe("single_source_reason", Type.TEXT, "Why one source has to do."),
    ),
    label="claim_reviewed",
    searched=("claim_reviewed", "summary", "note"),
    facets=("state", "rating"),
)
CLAIMANTS = Table(
    "claimants",
    "Who makes each claim.",
    (
        _key("claim", Type.ID, "Which claim.", to="claims"),
        _key("entity", Type.ID, "Who makes it.", to="entities"),
        _POSITION,
    ),
)
APPEARANCES = Table(
    "appearances",
    "Where claims stand in articles.",
    (
        _key("article", Type.ID, "In which article.", to="articles"),
        _key("id", Type.ID, "What stands after the # in its permanent address."),
        _URL,
        Column("claim", Type.ID, "Which claim.", to="claims"),
        _START,
        _END,
        _EXACT,
    ),
    facets=("claim", "article"),
)
EVIDENCE = Table(
    "evidence",
    "What speaks for and against each published check's claim: what somebody read, or what the build computes.",
    (
        _key("claim", Type.ID, "For or against which claim.", to="claims"),
        _key("id", Type.ID, "Its name within the check."),
        _URL,
        _POSITION,
        Column("kind", Type.TEXT, "What kind of source it is.", values=("primary", "secondary", "computation")),
        Column("stance", Type.TEXT, "What it says of the claim.", values=("supports", "undermines", "context")),
        _maybe("source_url", Type.ADDRESS, "The address of the page that was read."),
        _maybe("archive_url", Type.ADDRESS, "Where an archive keeps it."),
        _maybe("title", Type.TEXT, "Its title."),
        _maybe("publisher", Type.TEXT, "Who published it."),
        _maybe("published", Type.PARTIAL_DAY, "When it was published."),
        _maybe("accessed", Type.DAY, "When it was read."),
        _maybe("read", Type.TEXT, "How much of it was read.", values=("whole", "in part")),
        _maybe("passage", Type.TEXT, "The words of the source."),
        _maybe("paraphrase", Type.TEXT, "What it says, in our words."),
        _maybe("interests", Type.TEXT, "What the source has at stake."),
        _maybe("computation", Type.JSON, "What was computed, by which method."),
        _maybe("result", Type.TEXT, "What the computation gives."),
    ),
    searched=("title", "publisher", "passage", "paraphrase"),
    facets=("kind", "stance", "publisher"),
)
NOT_CHECKED = Table(
    "not_checked",
    "What published checks did not look at, or could not settle.",
    (_key("claim", Type.ID, "Which check.", to="claims"), _NUMBER, Column("text", Type.TEXT, "What was left open.")),
)
CORRECTIONS = Table(
    "corrections",
    "Changes of substance after a check was published.",
    (
        _key("claim", Type.ID, "Which check.", to="claims"),
        _NUMBER,
        Column("date", Type.DAY, "The day of the change."),
        Column("was", Type.TEXT, "The old words."),
        Column("now", Type.TEXT, "The new words."),
        Column("why", Type.TEXT, "Why."),
    ),
)
WITHDRAWALS = Table(
    "withdrawals",
    "What was taken back: its address stays, and says so.",
    (
        _key("address", Type.TEXT, "Its address below the site's own."),
        _URL,
        Column("kind", Type.TEXT, "What it was.", values=("article", "check", "annotation")),
        Column("title", Type.TEXT, "The article's headline, or the claim; of an annotation, its article's."),
        _maybe("date", Type.DAY, "The day it was taken back."),
        _maybe("why", Type.TEXT, "Why."),
    ),
    facets=("kind",),
)
FORMER_ADDRESSES = Table(
    "former_addresses",
    "Addresses that led here before, and still do.",
    (
        _key("former", Type.TEXT, "The old address below the site's own."),
        Column("present", Type.TEXT, "The new one."),
        _URL,
    ),
)

TABLES = (
    PUBLICATION,
    PEOPLE,
    RATINGS,
    ENTITIES,
    ALIASES,
    SAME_AS,
    DISTINCT_FROM,
    ENTITY_FACTS,
    ARTICLES,
    BYLINES,
    ARTICLE_SOURCES,
    MENTIONS,
    QUOTATIONS,
    SEGMENTS,
    CLAIMS,
    CLAIMANTS,
    APPEARANCES,
    EVIDENCE,
    NOT_CHECKED,
    CORRECTIONS,
    WITHDRAWALS,
    FORMER_ADDRESSES,
)
"""Every table after those that it names."""
