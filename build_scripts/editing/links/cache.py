"""What links answered in earlier runs: .cache/links.json, which git ignores.

In: a root. Out: answers by address, and a complaint where the file is damaged: it is then as if there were none. Written whole
or not at all.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from build_scripts.checks.reach import Answer, Verdict
from build_scripts.staging import write_whole

PATH = ".cache/links.json"
MAX_BYTES = 50_000_000
_VERSION = 1


def read(root: Path) -> tuple[dict[str, Answer], str]:
    """The answers of earlier runs, and what is wrong with the file."""
    path = root / PATH
    try:
        if path.stat().st_size > MAX_BYTES:
            return {}, f"{PATH} is ignored: more than {MAX_BYTES:,} bytes"
        kept = json.loads(path.read_bytes())
        if kept["version"] != _VERSION:
            return {}, f"{PATH} is ignored: another version of newsgloss wrote it"
        return {str(address): _answer(values) for address, values in kept["answers"].items()}, ""
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        return {}, f"{PATH} is ignored: {error.strerror}"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}, f"{PATH} is ignored: it is damaged"


def write(root: Path, answers: Mapping[str, Answer]) -> None:
    """Keep the answers for later runs. Raises OSError."""
    kept = {address: _values(answer) for address, answer in sorted(answers.items())}
    text = json.dumps({"version": _VERSION, "answers": kept}, ensure_ascii=False, indent=1)
    write_whole(root / PATH, f"{text}\n".encode())


def _values(answer: Answer) -> dict[str, str]:
    values = {"verdict": answer.verdict.value, "detail": answer.detail, "asked": answer.asked.isoformat()}
    if answer.location:
        values["location"] = answer.location
    if answer.since:
        values["since"] = answer.since.isoformat()
    return values


def _answer(values: Any) -> Answer:
    """Raises ValueError, TypeError, KeyError or AttributeError where ``values`` are none of ours."""
    detail, location = values["detail"], values.get("location", "")
    if not isinstance(detail, str) or not isinstance(location, str):
        raise TypeError
    since = values.get("since")
    return Answer(
        Verdict(values["verdict"]),
        detail,
        _time(values["asked"]),
        location,
        _time(since) if since is not None else None,
    )


def _time(text: Any) -> dt.datetime:
    time = dt.datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(text)
    return time
