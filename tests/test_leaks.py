"""Copied words of an original are found wherever they stand, however they are written, whatever they are packed in."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import sqlite3
import struct
import time
import zipfile
import zlib
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.originals.copies import RUN, Protected
from build_scripts.originals.leaks import Finder
from build_scripts.originals.peeling import peeled, readings
from build_scripts.originals.shingles import SIZE, SURE, forms, tokens, word_blocks

SENTENCE = (
    "Nobody in the village of Lower Marrow could say who had moved the old ferryman’s “lucky” bell from its post by the river, "
    "but everybody knew the day."
)
"""Invented, and looked for; with signs that are written in several ways."""
WORDS = forms(SENTENCE)
QUIET = "The bell is gone, and nobody knows who took it. " * 5


def finder(sentence: str = SENTENCE, *, is_held: bool = False) -> Finder:
    words = forms(sentence)
    if is_held:
        return Finder(Protected(runs={" ".join(words[at : at + RUN]): "bell" for at in range(len(words) - RUN + 1)}))
    return Finder(Protected(blocks=dict.fromkeys(word_blocks([words]), "bell")))


def found(content: bytes | str, name: str = "file") -> list[str]:
    data = content.encode() if isinstance(content, str) else content
    return [str(problem.place).rpartition(":")[0] for problem in finder().problems(name, data)]


def each_word(write: str) -> str:
    return " ".join(write.format(word) for word in SENTENCE.split(" "))


EVASIONS = {
    "as it is": SENTENCE,
    "upper case": SENTENCE.upper(),
    "another case": SENTENCE.swapcase(),
    "straight quotes": SENTENCE.replace("’", "'").replace("“", '"').replace("”", '"'),
    "other quotes": SENTENCE.replace("’", "`").replace("“", "«").replace("”", "»"),
    "a word a line": SENTENCE.replace(" ", "\n"),
    "lines of a comment": SENTENCE.replace(" ", "\n# "),
    "lines of another comment": "/*\n * " + SENTENCE.replace(" ", "\n * ") + "\n */",
    "a block quote in Markdown": "> " + SENTENCE.replace(" the ", "\n> the "),
    "no-break spaces": SENTENCE.replace(" ", "\u00a0"),
    "soft hyphens": SENTENCE.replace("i", "i\u00ad"),
    "zero-width characters": SENTENCE.replace("e", "\u200be\u2060"),
    "marks of direction": each_word("\u202a{}\u202c"),
    "full width": "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalpha() else sign for sign in SENTENCE),
    "hyphens at the ends of lines": SENTENCE.replace("village", "vil-\nlage").replace("ferryman", "ferry-\n  man"),
    "without stops": SENTENCE.replace(",", "").replace(".", ""),
    "stressed words": each_word("*{}*"),
    "stress inside words": SENTENCE.replace("e", "**e**"),
    "escapes of Markdown": SENTENCE.replace(",", "\\,").replace("ferryman’s", "ferryman\\'s"),
    "links of Markdown": each_word('[{}](https://a.example/some/page.html "A title of it")'),
    "links by reference": each_word("[{}][some long reference]"),
    "notes of Markdown": each_word("{}[^note]"),
    "emphasis": each_word("<em>{}</em>"),
    "tags inside words": SENTENCE.replace("o", '<b class="x">o</b>').replace("e", "e<wbr>"),
    "an element a word": each_word("<p>{}</p>").replace("> <", "><"),
    "breaks of lines": SENTENCE.replace(" ", "<br/>"),
    "cells of a table": each_word('<td title="a > b">{}</td>').replace("> <", "><"),
    "a link a word": each_word('<a href="../../entities/somebody/" class="mention" data-a="m-a-1">{}</a>'),
    "numbers of checks": SENTENCE.replace(" ", '<sup class="check"><a href="#check-1">1</a></sup> '),
    "numbers of checks in Markdown": SENTENCE.replace(" ", '<sup class="check">[12](#check-12)</sup> '),
    "comments between words": SENTENCE.replace(" ", " <!-- and something else --> "),
    "scripts between words": SENTENCE.replace(" ", " <script>let some = 'thing'</script> "),
    "a comment": f"<p>Yes<!-- {SENTENCE} --></p>",
    "a comment with tags": f"<p>Yes<!-- {each_word('<i>{}</i>')} --></p>",
    "a comment that does not end": f"<p>Yes<!-- {each_word('<i>{}</i>')}",
    "an attribute": f"<img alt='{SENTENCE.replace('’', '&rsquo;')}'>",
    "an attribute with entities": '<img alt="' + "".join(f"&#{ord(sign)};" for sign in SENTENCE) + '">',
    "entities": SENTENCE.replace("e", "&#101;").replace("“", "&ldquo;").replace(" ", "&nbsp;"),
    "hexadecimal entities": SENTENCE.replace("o", "&#x6F;").replace(" ", "&#x20;&shy;"),
    "HTML in XML": each_word("&lt;b&gt;{}&lt;/b&gt;"),
    "HTML in CDATA": f"<content><![CDATA[{each_word('<b>{}</b>')}]]></content>",
    "JSON": json.dumps({"text": SENTENCE}),
    "lines in JSON": json.dumps({"text": SENTENCE.replace(" ", "\n")}),
    "HTML in JSON": json.dumps({"html": each_word('<b class="x">{}</b>')}),
    "JSON in JSON": json.dumps({"text": json.dumps(SENTENCE.replace(" ", "\n"))}),
    "JSON in a script": f'<script type="application/ld+json">{json.dumps(SENTENCE.replace(" ", chr(10)))}</script>',
    "escaped letters": "".join(f"\\u{ord(sign):04x}" for sign in SENTENCE),
    "escaped bytes": "".join(f"\\x{ord(sign):02x}" if sign.isascii() else sign for sign in SENTENCE),
    "escaped pairs": "\\ud83d\\ude00".join(["", *SENTENCE.split(" ")]),
    "a string in parts": 'say("' + SENTENCE.replace(" ", ' "\n    + "') + '")',
    "a query": f"https://a.example/?text={quote(SENTENCE)}",
    "a query with plus signs": f"https://a.example/?text={quote(SENTENCE).replace('%20', '+')}",
    "a fragment of text": f'<a href="https://a.example/#:~:text={quote(SENTENCE)}">x</a>',
    "words of a drawing": f"<svg><text><tspan>{SENTENCE.replace(' ', '</tspan><tspan>')}</tspan></text></svg>",
    "base64": f"url(data:text/plain;base64,{base64.b64encode(SENTENCE.encode()).decode()})",
    "TeX": SENTENCE.replace(" ", "\\\n"),
    "a table": SENTENCE.replace(" ", " | "),
    "a list": json.dumps(SENTENCE.split(" "), indent=2),
    "words of Word": each_word('<w:r><w:rPr><w:b w:val="1"/></w:rPr><w:t xml:space="preserve">{} </w:t></w:r>'),
}
PLACES = {
    EVASIONS["lines of another comment"]: "file:4",
    EVASIONS["a list"]: "file:4",
    EVASIONS["base64"]: "file:base64:1",
}
"""Where a sentence does not begin in the third line."""


@pytest.mark.parametrize("text", EVASIONS.values(), ids=EVASIONS)
def test_the_way_in_which_a_sentence_is_written_does_not_hide_it(text: str) -> None:
    assert found(f"{QUIET}\n\n{text}\n") == [PLACES.get(text, "file:3")]


@pytest.mark.parametrize("text", EVASIONS.values(), ids=EVASIONS)
def test_with_the_original_at_hand_ten_words_are_enough(text: str) -> None:
    assert list(finder(is_held=True).problems("file", text.encode()))


@given(st.integers(0, len(WORDS)), st.integers(0, len(WORDS)), st.booleans())
def test_a_run_is_found_from_its_least_length_on(start: int, length: int, is_held: bool) -> None:
    copied = " ".join(WORDS[start : start + length])
    count = len(WORDS[start : start + length])
    problems = list(finder(is_held=is_held).problems("file", f"Once more: {copied}, and no more.".encode()))
    if count >= (RUN if is_held else SURE):
        assert len(problems) == 1
    if count < (RUN if is_held else SIZE):
        assert problems == []


def test_what_stands_in_one_file_is_told_in_the_next_one_too() -> None:
    looking = finder()
    files = {"one": QUIET, "two": f"{QUIET}\n{SENTENCE}", "three": QUIET, "four": f"{QUIET}\n{SENTENCE}"}
    told = [problem.place for name, text in files.items() for problem in looking.problems(name, text.encode())]
    assert [(place.path, place.line) for place in told] == [("two", 2), ("four", 2)]


@given(st.lists(st.sampled_from(["a b", "c", *WORDS[:20], " ".join(WORDS[:9]), " ".join(WORDS[9:18])]), max_size=60))
def test_what_was_clean_before_hides_nothing(lines: list[str]) -> None:
    """Lines that were seen in another order are looked at again."""
    looking = finder()
    anew = Protected(blocks=dict.fromkeys(word_blocks([WORDS]), "bell"))
    half = len(lines) // 2
    for part in (lines[:half], lines[half:], lines):
        text = "\n".join(part)
        assert bool(list(looking.problems("file", text.encode()))) == any(anew.copies(text))


MARKUP = st.lists(
    st.sampled_from(
        [
            *"<>&;\"'\\/=-!*_`~[]()#%\n ux",
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "<p title='a quiet little afternoon'>",
            "<script>",
            "</script>",
            "\\u0041",
            "\\ud83d\\ude00",
            "\\x41",
            "&amp;",
            "&lt;",
            "&#x41;",
            "%20",
            "%C3%A9",
            "word",
            "é",
            "](",
            "[^1]",
            "<sup>1</sup>",
            "]]>",
            "<![CDATA[",
            "vil-\nlage",
            '"a quiet little evening"',
            "\\n",
        ]
    ),
    max_size=40,
).map("".join)


@given(MARKUP)
def test_the_quick_look_reads_what_the_look_with_places_reads(text: str) -> None:
    assert list(peeled(text)) == [reading.text for reading in readings(text)]


@given(MARKUP, MARKUP)
def test_a_reading_knows_where_its_words_stand(before: str, after: str) -> None:
    text = f"{before}\n<p>Lorem <b>ipsum</b> dolor</p>\n{after}"
    for reading in readings(text):
        for match in re.finditer("dolor", reading.text):
            assert text[reading.origin(match.start()) : reading.origin(match.end() - 1) + 1] == "dolor"


def test_plain_letters_make_the_same_words_on_both_ways() -> None:
    for text in (SENTENCE, "U.S.-made, it's 'so' `o'clock` a.b.c x.y e.g. I.", "\x00\x1f 4.5 s-300/400 a_b A.B"):
        plain = text.encode("ascii", "ignore").decode()
        assert forms(plain) == [token.form for token in tokens(plain)]


@given(st.text(st.characters(codec="ascii")))
def test_any_plain_letters_make_the_same_words_on_both_ways(text: str) -> None:
    assert forms(text) == [token.form for token in tokens(text)]


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def database(*values: str | bytes) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute('CREATE TABLE "notes ""x""" (id INTEGER, note)')
    connection.executemany('INSERT INTO "notes ""x""" VALUES (1, ?)', [(value,) for value in values])
    connection.commit()
    return bytes(connection.serialize())


def searched(*values: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE found USING fts5(note)")
    connection.executemany("INSERT INTO found VALUES (?)", [(value,) for value in values])
    connection.commit()
    return bytes(connection.serialize())


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunk(*one) for one in chunks) + body + chunk(b"IEND", b"")


def jpeg(marker: int, data: bytes) -> bytes:
    return b"\xff\xd8\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data + b"\xff\xd9\0"


RAW = SENTENCE.encode()
XMP = b"<x:xmpmeta><dc:description><rdf:li>" + RAW.replace(b"&", b"&amp;") + b"</rdf:li></dc:description></x:xmpmeta>"
PACKED = {
    "gzip": gzip.compress(RAW),
    "gzip of several parts": gzip.compress(QUIET.encode()) + gzip.compress(RAW),
    "a record of the search index": gzip.compress(b"pagefind_dcd" + json.dumps({"content": SENTENCE}).encode()),
    "bytes with lengths": gzip.compress(b"\x83\x00\xf8\x99\x79\x01\x00" + RAW + b"\xff\x00\x80"),
    "zip": zipped(**{"a.txt": b"", "b/c.txt": RAW}),
    "a zip in a zip": zipped(**{"inner.zip": zipped(**{"c.html": RAW.replace(b" ", b"<br>")})}),
    "gzip in a zip": zipped(**{"inner.gz": gzip.compress(RAW)}),
    "SQLite": database("x", SENTENCE),
    "long values of SQLite": database("x " * 5000, QUIET * 40 + SENTENCE),
    "bytes in SQLite": database(b"\0\x01" + RAW),
    "a full-text index of SQLite": searched("x", SENTENCE),
    "PNG text": png((b"tEXt", b"Comment\0" + RAW)),
    "PNG packed text": png((b"zTXt", b"Comment\0\0" + zlib.compress(RAW))),
    "PNG international text": png((b"iTXt", b"Comment\0\0\0en\0Kommentar\0" + RAW)),
    "PNG packed international text": png((b"iTXt", b"Comment\0\x01\0en\0Kommentar\0" + zlib.compress(RAW))),
    "JPEG comment": jpeg(0xFE, RAW),
    "JPEG XMP": jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
    "EXIF in UTF-16": jpeg(0xE1, b"Exif\0\0II*\0\x08\0\0\0UNICODE\0" + SENTENCE.encode("utf-16-le")),
    "EXIF in the other UTF-16": jpeg(0xE1, b"Exif\0\0MM\0*\0\0\0\x08UNICODE\0" + SENTENCE.encode("utf-16-be")),
    "WebP": b"RIFF\0\x10\0\0WEBPVP8X\0XMP " + XMP,
    "UTF-16": SENTENCE.encode("utf-16"),
    "UTF-8 with a byte order mark": b"\xef\xbb\xbf" + RAW,
    "an older encoding": b"\xe9t\xe9\n" + SENTENCE.encode("cp1252"),
    "CSV": b'id,note\r\n1,"' + RAW.replace(b'"', b'""') + b'"\r\n',
    "a source map": json.dumps({"mappings": "AAAA", "sourcesContent": [f"/* {SENTENCE} */\nlet x"]}).encode(),
    "a source map in a script": b"//# sourceMappingURL=data:application/json;charset=utf-8;base64,"
    + base64.b64encode(json.dumps({"sourcesContent": [SENTENCE]}).encode()),
}


@pytest.mark.parametrize("content", PACKED.values(), ids=PACKED)
def test_what_a_sentence_is_packed_in_does_not_hide_it(content: bytes) -> None:
    assert len(found(content)) == 1
    assert found(content.replace(b"village", b"hamlets")) in ([], found(content))


def test_a_finding_in_an_archive_names_the_member_and_its_line() -> None:
    content = zipped(**{"EPUB/text.xhtml": f"<p>Yes</p>\n<p>{SENTENCE}</p>".encode()})
    assert [str(problem) for problem in finder().problems("a.epub", content)] == [
        "a.epub:EPUB/text.xhtml:2:4: error: 24 words or more in a row of the original of bell, outside its quotations "
        "(original-leaked)\n    hint: say it in your own words, or declare it as a quotation of its speaker; then make anew "
        "what was made from it"
    ]


CLOSED = {
    "half a zip": (zipped(a=RAW)[:60], "it is no whole zip file"),
    "half a gzip": (gzip.compress(RAW)[:-12], "it is not whole"),
    "no gzip": (b"\x1f\x8b\x08 no", "it is not whole"),
    "half a database": (database(*["x" * 5000] * 9)[:9000], "SQLite can't read it"),
    "packed over and over": (zipped(a=zipped(a=zipped(a=zipped(a=zipped(a=zipped(a=RAW)))))), "it is packed too deep"),
}


@pytest.mark.parametrize(("content", "why"), CLOSED.values(), ids=CLOSED)
def test_what_cannot_be_opened_is_told(content: bytes, why: str) -> None:
    problems = list(finder().problems("file", content))
    assert [problem.rule for problem in problems] == ["unopened-file"]
    assert f"this can't be looked into: {why}" in problems[0].message


def test_a_bomb_does_not_go_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build_scripts.originals.opening.MOST", 1_000_000)
    for bomb in (
        gzip.compress(bytes(3_000_000)),
        zipped(a=bytes(3_000_000)),
        zipped(a=gzip.compress(bytes(3_000_000))),
    ):
        assert [problem.place.path.partition(":")[0] for problem in finder().problems("file", bomb)] == ["file"]


SLOW = (
    "<a '",
    '<a "',
    "<!--",
    "<sup>",
    "[",
    "](",
    "<script>",
    "\\",
    "&",
    "%",
    "a'",
    "a.",
    "<sup>1",
    "='",
    "base64,AAAA",
    "-\n",
)


@pytest.mark.parametrize("part", SLOW)
def test_time_grows_with_the_length_and_no_faster(part: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        list(finder().problems("file", (part * count).encode()))
        return time.process_time() - start

    short = max(min(seconds(1_000) for _try in range(3)), 0.01)
    assert min(seconds(4_000) for _try in range(2)) < 9 * short
