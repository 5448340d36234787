"""What became of an article's annotations since an older version of its text: proposals, of which nothing is applied here.

In: an article's files and its older text. Out: one finding for each target, in the order of the file, with the selector that
would hold now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from build_scripts.anchoring.anchor import Selector, Span, anchor, candidates, describe
from build_scripts.anchoring.beside import Attribution
from build_scripts.anchoring.follow import Texts
from build_scripts.anchoring.forms import words
from build_scripts.anchoring.meaning import Subject
from build_scripts.anchoring.reanchor import Answer, Proposal, propose
from build_scripts.anchoring.targets import Target, selected, targets
from build_scripts.editing.older import Older
from build_scripts.reading.load import ArticleFiles
from build_scripts.reading.prose import Prose, read_prose
from build_scripts.source import Place

_PIECE = re.compile(r"\s+|\S+")

_APPLICABLE = (Answer.UNCHANGED, Answer.MOVED)


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one target.

    ``place``: where its words are written in annotations.yml. ``was``, ``now``: the words then and as proposed. ``selector``:
    what to write, None where what is written holds or where nothing can be proposed. ``is_settled``: a person looked at it.
    """

    article: str
    target: Target
    place: Place
    proposal: Proposal
    was: str
    now: str
    prose: Prose
    selector: Selector | None
    is_settled: bool = False

    @property
    def is_applicable(self) -> bool:
        """Whether it may be written without a person's look: the words are the same."""
        return self.proposal.answer in _APPLICABLE and self.selector is not None

    @property
    def needs_person(self) -> bool:
        """Whether a person has to look at it."""
        return self.proposal.answer not in _APPLICABLE and not self.is_settled

    def in_text(self, span: Span) -> Place:
        """Where a span stands in article.md."""
        return self.prose.place(span.start)


def reanchor(files: ArticleFiles, older: Older, changed: frozenset[str] = frozenset()) -> list[Finding]:
    """What became of each target of an article; none where it has no text or no annotations.

    ``changed``: the files that changed since. A claim whose words still stand is settled once its check was changed.
    """
    if files.text is None or files.annotations is None:
        return []
    prose, _problems = read_prose(files.text.source, files.text.body)
    language = files.facts.facts.language if files.facts else ""
    follower = _Follower(Texts(older.text, prose.text), older, language)
    found = []
    for target in targets(files.annotations.facts):
        proposal, was, selector = follower.follow(target)
        now = prose.text[slice(*proposal.span)] if proposal.span else ""
        place = files.annotations.place(*target.path, "exact")
        settled = selector is None and target.kind == "claim" and f"sources/claims/{target.name}.md" in changed
        found.append(Finding(files.id, target, place, proposal, was, now, prose, selector, settled))
    return found


class _Follower:
    """Follows targets from the older text to the present one."""

    def __init__(self, texts: Texts, older: Older, language: str) -> None:
        self._texts, self._known, self._language = texts, older.known, language
        self._old, self._new = texts.old.text, texts.new.text

    def follow(self, target: Target) -> tuple[Proposal, str, Selector | None]:
        """The proposal, the old words, and the selector to write."""
        was = selected(self._old, target.selector, every=target.every)
        now = selected(self._new, target.selector, every=target.every)
        if now and (not was or (self._known and target.identity not in self._known)):
            return (
                Proposal(Answer.UNCHANGED, now[0], "it was written for this text", 1.0, 1.0),
                target.selector.exact,
                None,
            )
        if not was:
            reason = "its words stand neither in the older text nor in this one"
            return Proposal(Answer.LOST, None, reason), target.selector.exact, None
        proposals = [self._propose(target, span) for span in was]
        proposal = self._summed(target, proposals, now) if target.every else proposals[0]
        return proposal, self._old[slice(*was[0])], self._selector(target, was[0], proposal)

    def _propose(self, target: Target, span: Span) -> Proposal:
        cue = frozenset(word.form for word in words(target.cue))
        attribution = Attribution(cue) if target.kind == "quote" else None
        subject = Subject(self._language, target.kind != "mention", target.is_verbatim, attribution)
        return propose(self._texts, span, subject)

    def _summed(self, target: Target, proposals: Sequence[Proposal], now: Sequence[Span]) -> Proposal:
        """Of a target that selects every place: a statement whose meaning changed, else what it still selects, else the worst."""
        changed = [proposal for proposal in proposals if proposal.answer is Answer.MEANING_CHANGED]
        if changed and (target.kind != "mention" or not now):
            return changed[0]
        if now:
            return Proposal(Answer.UNCHANGED, now[0], "its words stand in the text", 1.0, 1.0)
        spans = [proposal.span for proposal in proposals if proposal.span]
        if len({self._new[slice(*span)] for span in spans}) > 1:
            return Proposal(Answer.LOST, None, "its places are written in several ways now", others=tuple(spans))
        return max(proposals, key=lambda proposal: list(Answer).index(proposal.answer))

    def _selector(self, target: Target, was: Span, proposal: Proposal) -> Selector | None:
        """The selector nearest to what is written that selects what is proposed; None where what is written does."""
        span, written = proposal.span, target.selector
        if span is None:
            return None
        exact = self._new[slice(*span)]
        if target.every:
            return None if exact == written.exact else Selector(exact)
        for selector in self._selectors(written, exact, span):
            # With another old text in hand it must not look as if it had been written for that one.
            if anchor(self._new, selector) == span and anchor(self._old, selector) in (None, was):
                return None if selector == written else selector
        return describe(self._new, span)

    def _selectors(self, written: Selector, exact: str, span: Span) -> Iterator[Selector]:
        """Selectors of the new words, the one that is most like the written one first."""
        yield replace(written, exact=exact)
        if written.prefix or written.suffix:
            yield Selector(exact, self._before(span, written.prefix), self._behind(span, written.suffix))
        yield describe(self._new, span)
        yield Selector(exact, self._before(span, "three words more"), self._behind(span, "three words more"))
        yield Selector(exact, occurrence=candidates(self._new, Selector(exact)).index(span) + 1)

    def _before(self, span: Span, like: str) -> str:
        """As many words right before ``span``, on its line, as ``like`` has."""
        line = self._new[self._new.rfind("\n", 0, span.start) + 1 : span.start]
        return "".join(_PIECE.findall(line)[-len(_PIECE.findall(like)) :]).lstrip() if like else ""

    def _behind(self, span: Span, like: str) -> str:
        """As many words right behind ``span``, on its line, as ``like`` has."""
        line = self._new[span.end :].partition("\n")[0]
        return "".join(_PIECE.findall(line)[: len(_PIECE.findall(like))]).rstrip() if like else ""
