"""How long the scan of a built site for copied words takes: a site of generated articles, held against a lock.

    python -m benchmarks.leaks [ARTICLES]

prints seconds of processor time, how many words a second, and what twice as many articles take.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections.abc import Iterator

from build_scripts.originals.copies import Protected
from build_scripts.originals.leaks import Finder
from build_scripts.originals.shingles import word_blocks

WORDS = 650
_FRAME = "\n".join(
    f'<a href="../../section-{at}/" class="md-nav__link">Section {at} of the frame</a>' for at in range(250)
)


def site(articles: int, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """The files of a site, one after another: a page, its frame, its record of the search and its text for each article."""
    chance = random.Random(seed)  # noqa: S311 -- words, no secrets
    letters = "abcdefghijklmnoprstuvwz"
    known = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _at in range(30_000)]
    for number in range(articles):
        words = chance.choices(known, k=WORDS)
        marked = " ".join(
            f'<a href="../../entities/{word}/"><span id="m-{word}-{at}" class="mention" data-a="m-{word}-{at}">{word}</span></a>'
            if at % 12 == 0
            else f"{word}.</p>\n<p>"
            if at % 60 == 1
            else word
            for at, word in enumerate(words)
        )
        text = " ".join(words)
        data = json.dumps(
            {"@type": "NewsArticle", "headline": " ".join(words[:9]), "description": " ".join(words[9:30])}
        )
        head = f'<title>{number}</title><script type="application/ld+json">{data}</script>'
        yield (
            f"articles/{number}/index.html",
            f"{head}\n{_FRAME}\n<article><p>{marked}</p></article>\n{_FRAME}".encode(),
        )
        yield f"articles/{number}/text.txt", text.encode()
        yield f"pagefind/{number}.pf_fragment", gzip.compress(b"pagefind_dcd" + json.dumps({"content": text}).encode())


def seconds(articles: int) -> float:
    """Processor time of the scan alone."""
    blocks = word_blocks([[f"original{at}" for at in range(8 * 85)]])
    finder = Finder(Protected(blocks=dict.fromkeys(blocks, "locked")))
    spent = 0.0
    for name, content in site(articles):
        start = time.process_time()
        assert not list(finder.problems(name, content))  # noqa: S101 -- nothing of it is copied
        spent += time.process_time() - start
    return spent


def main(articles: int) -> None:
    """Print the figures."""
    once, twice = seconds(articles), seconds(2 * articles)
    sys.stdout.write(f"{articles} articles of {WORDS} words, {3 * articles} files: {once:.1f} s of processor time\n")
    sys.stdout.write(f"{articles * WORDS / once:,.0f} words of text a second, each of which stands in three files\n")
    sys.stdout.write(f"twice as many articles: {twice / once:.1f} times as long\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
