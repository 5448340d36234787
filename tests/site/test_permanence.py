"""What was published stays where it was."""

from __future__ import annotations

import pytest

from tests.html import body_of
from tests.site.building import REPOSITORY, Built

LISTED = (REPOSITORY / "sources" / "addresses.txt").read_text(encoding="utf-8").split()


def test_the_list_holds_pages_and_annotations_once_each() -> None:
    assert len(LISTED) > 100
    assert sorted(set(LISTED)) == LISTED


@pytest.mark.parametrize("page", sorted({address.partition("#")[0] for address in LISTED}))
def test_every_address_ever_published_leads_somewhere(real_site: Built, page: str) -> None:
    body = body_of((real_site.site / page / "index.html").read_text(encoding="utf-8"))
    for address in LISTED:
        before, _hash, fragment = address.partition("#")
        if before == page and fragment:
            assert body.css_first(f'[id="{fragment}"]') is not None, address
