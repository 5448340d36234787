"""What became of annotations, told: as text for people, as JSON for programs, as a hint for a problem.

In: findings. Out: text and plain values. Prints nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from build_scripts.anchoring.anchor import Selector, Span
from build_scripts.anchoring.explain import as_yaml
from build_scripts.anchoring.reanchor import Answer
from build_scripts.editing.reanchor import Finding
from build_scripts.problems import one_line, shown


def as_text(findings: Sequence[Finding]) -> str:
    """A paragraph for each annotation that is not where it was, then what they come to."""
    told = [
        _paragraph(finding)
        for finding in findings
        if finding.proposal.answer is not Answer.UNCHANGED or finding.selector
    ]
    return "\n".join([*told, _total(findings)])


def as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """One object a target. Lines and columns from 1; offsets are code points of the canonical text, end excluded."""
    return [_plain(finding) for finding in findings]


def hint(finding: Finding) -> str:
    """What to do about a finding, in one line that can be pasted from."""
    proposal, target = finding.proposal, finding.target
    if proposal.answer is Answer.LOST or proposal.span is None:
        near = f" (look at {_places(finding)})" if proposal.others else ""
        return f"{proposal.reason}{near}: anchor it anew, or take it out"
    at = f"stand at {_short(proposal.span, finding)}"
    write = " and ".join(f"`{line}`" for line in written(finding.selector)) if finding.selector else "what is written"
    if proposal.answer is Answer.MEANING_CHANGED:
        what = "read the check again" if target.kind == "claim" else "see whether it is still right"
        return f"{proposal.reason}; they {at}: {what}, then write {write}"
    if proposal.answer is Answer.UNCHANGED:
        return f"the words {at} as before, what is beside them changed: `{_command(finding)}`, or write {write}"
    return f"{proposal.reason}; they {at}: `{_command(finding)}`, or write {write}"


def _command(finding: Finding) -> str:
    return f"newsgloss reanchor {finding.article} --write"


def written(selector: Selector) -> list[str]:
    """A selector as the lines of a YAML mapping."""
    parts = {"exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix}
    lines = [f"{key}: {as_yaml(value)}" for key, value in parts.items() if value]
    return [*lines, f"occurrence: {selector.occurrence}"] if selector.occurrence else lines


def _paragraph(finding: Finding) -> str:
    proposal, target = finding.proposal, finding.target
    lines = [f"{finding.place}: {proposal.answer}: {target.kind} {target.name or '(no entity)'}"]
    lines.append(f"    was: {shown(finding.was, 200)}")
    if proposal.span:
        lines.append(f"    now: {shown(finding.now, 200)} at {_short(proposal.span, finding)}")
        lines.append(f"    why: {one_line(proposal.reason)} (score {proposal.score:.2f}, margin {proposal.margin:.2f})")
    else:
        lines.append(f"    why: {one_line(proposal.reason)}" + (f": {_places(finding)}" if proposal.others else ""))
    if finding.selector:
        lines.append("    write: " + "\n           ".join(written(finding.selector)))
    if finding.is_settled:
        lines.append("    its check was changed since: somebody has looked at it")
    return "\n".join(lines)


def _total(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.proposal.answer for finding in findings)
    return ", ".join(f"{counts[answer]} {answer}" for answer in Answer)


def _places(finding: Finding) -> str:
    return ", ".join(_short(span, finding) for span in finding.proposal.others)


def _short(span: Span, finding: Finding) -> str:
    place = finding.in_text(span)
    return f"{place.path.rpartition('/')[2]}:{place.line}:{place.column}"


def _plain(finding: Finding) -> dict[str, Any]:
    proposal, target = finding.proposal, finding.target
    return {
        "article": finding.article,
        "kind": target.kind,
        "name": target.name,
        "answer": proposal.answer.value,
        "reason": proposal.reason,
        "score": round(proposal.score, 4),
        "margin": round(proposal.margin, 4),
        "written": {"path": finding.place.path, "line": finding.place.line, "column": finding.place.column},
        "was": finding.was,
        "now": _spot(finding, proposal.span) if proposal.span else None,
        "others": [_spot(finding, span) for span in proposal.others],
        "selector": as_fields(finding.selector) if finding.selector else None,
    }


def _spot(finding: Finding, span: Span) -> dict[str, Any]:
    place = finding.in_text(span)
    words = finding.prose.text[slice(*span)]
    return {
        "words": words,
        "start": span.start,
        "end": span.end,
        "path": place.path,
        "line": place.line,
        "column": place.column,
    }


def as_fields(selector: Selector) -> dict[str, str | int]:
    """A selector as plain values, without what it does not say."""
    parts = {
        "exact": selector.exact,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
        "occurrence": selector.occurrence,
    }
    return {key: value for key, value in parts.items() if value}
