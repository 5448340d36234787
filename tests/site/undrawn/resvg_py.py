"""Stands in for the program that draws, on sites of hundreds of texts whose pictures no test looks at: half their time.

What it is given is read all the same; pictures themselves are tested in tests/test_sharing.py and on the real site.
"""

from __future__ import annotations

from xml.etree import ElementTree

_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)


def svg_to_bytes(*, svg_string: str, skip_system_fonts: bool, font_files: list[str]) -> bytes:
    ElementTree.fromstring(svg_string)  # noqa: S314 -- ours; raises ParseError where something broke out of it
    assert skip_system_fonts
    assert font_files
    return _PIXEL
