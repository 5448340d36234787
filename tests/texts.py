"""Texts that have caused trouble elsewhere: what property tests draw from."""

from __future__ import annotations

from hypothesis import strategies as st

SIGNS = "\\`*_{}[]()<>#+-.!|&;:=~^\"'/$%,?@ \t\u00a0\u2028\u200b\u202e\u2066“”’—"
LETTERS = "abAB019éß漢字кהعไ😀𝄞\u0301\u064b\u05b8\u200d"
LINES = (
    "1. a", "1) a", "- a", "+ a", "# a", "> a", "=== ", "---", "| a | b |", "[a]: b", "[a](b)", "![a](b)", "<b>a</b>",
    "<!-- a -->", "&amp;", "&#65;", "&copy;", "http://a.b", "<http://a.b>", "*a*", "__a__", "`a`", "```", "~~~", "    a",
    "a  ", "a\\", "{: #x}", "{ #x }", "[TOC]", "[^1]", "[^1]: a", "*[a]: b", ": a", "a@b.c", "!", "]:", "1986. Great",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "</div>", "<!-- text -->",
    "{{ 7*7 }}", "{% raw %}", "\ufeff", "𝓤𝓷𝓲", "שלום", "مرحبا", "👩🏽‍🚒", "🇺🇦",
)  # fmt: skip

hostile = st.one_of(
    st.text(SIGNS + LETTERS, max_size=25),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=25),
    st.sampled_from(LINES),
)
