"""The kinds of value that the files under sources/ hold: ids, texts, addresses, dates, languages.

In: plain values. Out: checked values, alone or in records, or an error: what is wrong, and on a second line what to write instead.
"""

from __future__ import annotations

import datetime as dt
import re
from types import MappingProxyType
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, AllowInfNan, BaseModel, BeforeValidator, ConfigDict, Strict, StringConstraints
from pydantic.json_schema import WithJsonSchema

from build_scripts.problems import shown

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MAX_ID = 100
ANCHOR_PATTERN = r"^[cq]-[a-z0-9]+(-[a-z0-9]+)*(--[0-9]+)?$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_PARTIAL_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_ADDRESS = "a full web address: https://example.org/page, with spaces and other letters percent-encoded"
_URL = r"^https?://[^\s<>\"\\^`{|}]+$"
_TAG = r"^tag:[a-z0-9]([a-z0-9.-]*[a-z0-9])?,[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?:[A-Za-z0-9./_~-]*$"
_LANGUAGE = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"

FORMS = MappingProxyType(
    {
        _DAY: "YYYY-MM-DD",
        _PARTIAL_DATE: "YYYY, YYYY-MM or YYYY-MM-DD",
        _URL: "https://…",
        _TAG: "tag:example.org,2026-11-22:",
        _LANGUAGE: "en, de-CH, zh-Hant",
    }
)
"""How values of some patterns are written, in few words."""


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("not a date\nwrite it YYYY-MM-DD, for example 2024-06-05")
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"there is no such day: {error}\ncorrect the date") from error


def _partial_date(value: Any) -> Any:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str):
        if not re.fullmatch(_PARTIAL_DATE, text):
            raise ValueError("not a date\nwrite it YYYY-MM-DD, YYYY-MM or YYYY")
        try:
            dt.date.fromisoformat((text + "-01-01")[:10])
        except ValueError as error:
            raise ValueError(f"there is no such day: {error}\ncorrect the date") from error
    return text


def _url(value: str) -> str:
    try:
        host, _port = urlsplit(value).hostname, urlsplit(value).port
    except ValueError as error:
        raise ValueError(f"not a web address: {error}\n{_ADDRESS}") from error
    if not host or not value.isascii():
        raise ValueError(f"not a web address\n{_ADDRESS}")
    return value


def _tag(value: str) -> str:
    _partial_date(value.split(",")[1].partition(":")[0])
    return value


def _language(value: str) -> str:
    import langcodes  # noqa: PLC0415 -- its list of all tags takes longer to read than most files

    if not langcodes.tag_is_valid(value):
        raise ValueError("not a BCP 47 language tag\nwrite for example en, de-CH or zh-Hant")
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("only white space\nwrite a text, or delete the key")
    return value


def _no_edges(value: str) -> str:
    if value != value.strip(" \n\t"):
        raise ValueError("white space at the edge of the words\nleave it out, or put it into `prefix` or `suffix`")
    return value


def is_id(text: str) -> bool:
    """Whether ``text`` can be an id; ``index`` can't: it is the name of each register's page."""
    return bool(re.fullmatch(ID_PATTERN, text)) and len(text) <= MAX_ID and text != "index"


def no_id(text: str) -> str:
    """What is told of a text that can't be an id."""
    why = f"at most {MAX_ID} characters" if len(text) > MAX_ID else "use lower-case letters, digits and single hyphens"
    return f"{shown(text)} can't be an id: {'it is the name of a page' if text == 'index' else why}"


def _not_index(value: str) -> str:
    if value == "index":
        raise ValueError("`index` is the name of each register's page\nchoose another id")
    return value


def _not_edged(value: str) -> str:
    if value != value.strip() or "\n" in value or not any(char.isalnum() for char in value):
        raise ValueError(
            "a name that never stands in a text: white space around it, or nothing to read in it\ncorrect it"
        )
    return value


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=MAX_ID), AfterValidator(_not_index)]
Anchor = Annotated[str, StringConstraints(pattern=ANCHOR_PATTERN, max_length=MAX_ID + 10)]
Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_not_blank)]
Name = Annotated[str, StringConstraints(min_length=1), AfterValidator(_not_edged)]
Exact = Annotated[str, StringConstraints(min_length=1), AfterValidator(_not_blank), AfterValidator(_no_edges)]
Words = Annotated[str, StringConstraints(min_length=1)]
Url = Annotated[str, StringConstraints(pattern=_URL, max_length=2000), AfterValidator(_url)]
TagUri = Annotated[str, StringConstraints(pattern=_TAG, max_length=200), AfterValidator(_tag)]
Language = Annotated[str, StringConstraints(pattern=_LANGUAGE), AfterValidator(_language)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Number = Annotated[float, Strict(), AllowInfNan(False)]
UnitName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z_]*(/[A-Za-z][A-Za-z_]*)?$", max_length=40)]
Day = Annotated[
    dt.date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": _DAY}),
]
PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": _PARTIAL_DATE}, {"type": "integer", "minimum": 1000, "maximum": 9999}]}
    ),
]


class Record(BaseModel):
    """What all records share: nothing is converted in silence, nothing unknown is accepted, nothing changes later."""

    # What was read before needs no validators: they are made when the first file is read.
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=False, defer_build=True)
