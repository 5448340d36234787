"""Texts that are hard on a Markdown site: our own, and those of the test data.

Each is plain text that a page must show as it is, in its language and direction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.thoroughness import THOROUGH

SEARCHED = ("ru-pud-000", "tr-pud-000")
_BATCH = 10
"""Payloads in one article: each costs a page, and a page costs time."""


@dataclass(frozen=True)
class Text:
    """One article's text. ``spans``: places in it that somebody annotated."""

    name: str
    language: str
    direction: str
    text: str = field(repr=False)
    spans: tuple[tuple[int, int], ...] = field(default=(), repr=False)


OUR_TEXTS = (
    Text("markdown-signs", "en", "ltr", "# No heading\n\n- no item\n+ no item\n1. no item\n\n> no quote\n\n    no code\n\n```\nno fence\n```"),
    Text("inline-signs", "en", "ltr", "*a* _b_ **c** `d` [e](f) ![g](h) <i@j.k> http://l.m \\n &amp; &#65; &copy; ~~o~~ ==p== ^q^ :r: {s} [^t]"),
    Text("renderer-signs", "en", "ltr", "[TOC]\n\n{: #a }\n\n[a]: b\n\n[^1]: c\n\n*[d]: e\n\n| a | b |\n|---|---|\n| c | d |\n\n--8<-- \"x\"\n\n!!! note\n    x\n\n{{ 7*7 }} {% raw %}"),
    Text("our-own-marks", "en", "ltr", "<!-- text -->\n\n<!-- end of text -->\n\n</div><div class=\"article-text\">\n\n<!-- newsgloss:rules -->\n\n<sup class=\"check\">1</sup>"),
    Text("front-matter", "en", "ltr", "---\ntitle: x\n---\n\n---\n\n...\n\n%YAML 1.2"),
    Text("rules-and-headings", "en", "ltr", "a\n===\n\nb\n---\n\n***\n\n___\n\n#\n\n##b\n\n1986. A year\n\n1) x\n\n- \n\n>"),
    Text("html", "en", "ltr", "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n<!-- a\n\nb -->\n\n<![CDATA[x]]> <?php ?> <!DOCTYPE x>\n\n</article></body></html>"),
    Text("hebrew", "he", "rtl", "שלום עולם 123 (abc) – “ציטוט” של דובר.\n\nשורה שנייה: 50% ו־x<y&z."),
    Text("arabic", "ar", "rtl", "مرحبا بالعالم، قال المتحدث: «لا تعليق». ٢٠٢٤\n\nNATO و U.S. في جملة واحدة."),
    Text("chinese", "zh", "ltr", "他说：“没有评论。”她没有回答。\n\n二○二四年六月五日，北京。"),
    Text("thai-hindi-emoji", "th", "ltr", "เขากล่าวว่าไม่มีความเห็น\n\nनमस्ते दुनिया 👩‍👩‍👧‍👦 🇺🇦 e\u0301 \U0001d54f"),
    Text("reordering", "en", "ltr", "access \u202e\u2066// admin only\u2069 \u2066 begin\u202c\u2069 \u200b\u200d\ufeff end\n\n\u202eabc"),
    Text("odd-spaces", "en", "ltr", "a\u00a0\u00a0b\u2003c\u3000d\te  f\u2028g\u2029h\x85i\x0bj\x0ck\rl\r\nm\n \u00a0 \nn"),
    Text("controls", "en", "ltr", "a\x00b\x07c\x1bd\x7fe\x9ff \ud800g \ufffeh \uffffi"),
    Text("runs", "en", "ltr", "[" * 300 + "\n\n" + "*a " * 300 + "\n\n" + "`" * 300 + "\n\n" + "> " * 100 + "x\n\n" + "!" * 100 + "[x]("),
)  # fmt: skip


def public_texts(data: Path) -> Iterator[Text]:
    """Real articles in many languages, and hostile strings as texts."""
    yield from _articles(data / "articles")
    for name in ("commonmark_spec", "blns", "xss_owasp", "bidi_trojan_source"):
        texts = [_text_of(payload) for payload in payloads(data, name)]
        for number in range(0, len(texts), _BATCH):
            batch = "\n\n".join(texts[number : number + _BATCH])
            yield Text(f"{name.replace('_', '-')}-{number}", "en", "ltr", batch)


def some_public_texts(data: Path) -> Iterator[Text]:
    """A third of them, those whose words are searched for among them; all if asked to be thorough."""
    for number, text in enumerate(public_texts(data)):
        if THOROUGH or number % 3 == 0 or text.name in SEARCHED:
            yield text


def payloads(data: Path, name: str) -> list[Any]:
    found: list[Any] = json.loads((data / "payloads" / f"{name}.json").read_text(encoding="utf-8"))["payloads"]
    return found


def _text_of(payload: str | dict[str, str]) -> str:
    return payload if isinstance(payload, str) else payload.get("markdown") or payload["text"]


def _articles(folder: Path) -> Iterator[Text]:
    for entry in json.loads((folder / "manifest.json").read_text(encoding="utf-8")):
        stem = entry["file"].removesuffix(".txt")
        text = (folder / entry["file"]).read_bytes().decode("utf-8")
        yield Text(
            stem, entry["lang"], entry["direction"], text, tuple(_spans(folder / "annotations" / f"{stem}.json"))
        )


def _spans(path: Path) -> Iterable[tuple[int, int]]:
    if not path.exists():
        return []
    return [(span["start"], span["end"]) for span in json.loads(path.read_text(encoding="utf-8"))["spans"]]
