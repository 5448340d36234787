"""What a re-anchoring changes in sources/: selectors whose words are the same, and checks that must be read again.

In: findings and the files that they are about. Out: patches, and what a person must edit because a machine can't without risk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as Folder

from build_scripts.anchoring.reanchor import Answer
from build_scripts.editing.patches import Patch, patch
from build_scripts.editing.reanchor import Finding
from build_scripts.reading.edits import CannotEditError, edited
from build_scripts.reading.load import MarkdownFile, Sources
from build_scripts.reading.records import Loaded
from build_scripts.reading.schema import AnnotationsFile, ClaimState
from build_scripts.reading.values import Path
from build_scripts.source import Edit, Source, difference

Changes = Mapping[Path, str | int | None]
_Editing = tuple[Source, Changes, int, int | None]


def patches(root: Folder, findings: Iterable[Finding], sources: Sources) -> tuple[list[Patch], list[str]]:
    """The changes to annotations and checks below ``root``, and why some files can't be edited. Raises OSError."""
    made, refused = [], []
    for source, changes, start, end in _edits(list(findings), sources):
        try:
            made.append(patch(root, source.path, edited(source, changes, start, end)))
        except (CannotEditError, ValueError) as error:
            refused.append(f"{source.path}: {error}")
    return made, refused


def selector_edit(annotations: Loaded[AnnotationsFile], finding: Finding) -> tuple[Edit, ...]:
    """The edit of annotations.yml that writes the finding's selector; none where only a person can do it without risk."""
    source = annotations.values.source
    try:
        after = edited(source, _selector(annotations.path(*finding.target.path), finding))
    except CannotEditError:
        return ()
    return (difference(source.text, after),)


def _edits(findings: list[Finding], sources: Sources) -> Iterator[_Editing]:
    for article in sources.articles:
        changes: dict[Path, str | int | None] = {}
        for finding in findings:
            if article.annotations and finding.article == article.id and finding.is_applicable:
                changes |= _selector(article.annotations.path(*finding.target.path), finding)
        if article.annotations and changes:
            yield article.annotations.values.source, changes, 0, None
    yield from _reviews(findings, sources)


def _selector(path: Path, finding: Finding) -> Changes:
    """What changes of a selector; what it no longer says is taken out."""
    old, new = finding.target.selector, finding.selector
    if new is None:
        return {}
    wanted = {
        "exact": new.exact,
        "prefix": new.prefix or None,
        "suffix": new.suffix or None,
        "occurrence": new.occurrence,
    }
    present = {
        "exact": old.exact,
        "prefix": old.prefix or None,
        "suffix": old.suffix or None,
        "occurrence": old.occurrence,
    }
    return {(*path, key): value for key, value in wanted.items() if value != present[key]}


def _reviews(findings: list[Finding], sources: Sources) -> Iterator[_Editing]:
    """Published checks go back to review when the words that they check mean something else."""
    doubtful = {found.target.name for found in findings if found.target.kind == "claim" and _is_doubtful(found)}
    for claim in sources.claims:
        text: MarkdownFile | None = claim.text
        is_published = claim.facts is not None and claim.facts.facts.state is ClaimState.PUBLISHED
        if claim.id in doubtful and is_published and text:
            yield text.source, {("state",): ClaimState.IN_REVIEW.value}, text.facts.start, text.facts.stop


def _is_doubtful(finding: Finding) -> bool:
    return finding.proposal.answer is Answer.MEANING_CHANGED and not finding.is_settled
