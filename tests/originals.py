"""An article that may not be republished, invented for the tests, its digest, and a publication that holds both."""

from __future__ import annotations

from pathlib import Path

ORIGINAL = """\
Harbour Fire Was Put Out By A Cook With A Kettle, Witnesses Say

By Orla Quince

Smoke rises over the old fish hall in Port Ellery on Sunday, March 3, 2024. (Photo: Ida Marlow)
Smoke rises over the old fish hall in Port Ellery on Sunday, March 3, 2024. (Photo: Ida Marlow)
View All (2)

PORT ELLERY (GP) — A blaze that broke out in the old fish hall before dawn was over by the time anyone had found the keys to the engine, according to three people who watched from the quay.

Mayor Mara Quill told reporters that the town would not wait for another warning before it replaced the wiring, which had last been looked at when her own father still sold herring there.

“We were lucky this time, and luck is not something that a town can put into its budget,” Quill said. "I’d rather buy cable than buckets.”

The fire brigade needed 40 minutes (two thirds of an hour) to reach a hall that stands 300 meters from its own gate, because a wedding party had parked across both lanes of the bridge.

A cook at the inn opposite, who would not give a name because the inn has no licence to open so early, carried eleven kettles of water across the square while the guests slept on above.

The insurer described the damage as “a matter of plaster and patience” and said that the hall could open again within weeks, provided that nobody asked it to hold more than a hundred crates.

Quill said she agreed with the insurer about the plaster, though not about the patience.


Gloss writers Tam Okoro and Lise Hahn contributed to this report.
"""

DIGEST = """\
A fire in the old fish hall of Port Ellery was out before the brigade came.
It took the engine 40 minutes to cover 300 metres, since cars stood on the bridge.

Mara Quill, the mayor, wants the wiring replaced at once.
“We were lucky this time, and luck is not something that a town can put into its budget”, Quill said.
“I’d rather buy cable than buckets.”

To the insurer the damage is “a matter of plaster and patience”.
"""

ANNOTATIONS = """\
# yaml-language-server: $schema=../../schemas/annotations.schema.json
quotes:
  - id: quill-luck
    speaker: mara-quill
    cue: said
    kind: direct
    content:
      - We were lucky this time, and luck is not something that a town can put into its budget
      - I’d rather buy cable than buckets.
  - id: quill-wiring
    speaker: mara-quill
    kind: indirect
    content:
      - wants the wiring replaced at once
  - id: insurer-damage
    anonymous: {description: the insurer, reason: null}
    kind: mixed
    content:
      - the damage is “a matter of plaster and patience”
claims:
  - {claim: forty-minutes, exact: It took the engine 40 minutes to cover 300 metres}
"""

ARTICLE = """\
---
headline: Harbour fire was put out by a cook with a kettle, witnesses say
publisher: The Gloss
published: 2024-03-04
url: https://gloss.example/fire
language: en
summary: A fire in a fish hall was out before the brigade came.
rights:
  text: digest
  holder: The Gloss
  licence: CC-BY-4.0
  basis: Short quotations, each with its speaker, for the sake of the check.
  max_share: 20
---

"""

CLAIM = """\
---
claim_reviewed: The fire brigade needed 40 minutes for 300 metres.
rating: accurate
summary: Nobody looked yet.
author: desk
state: draft
selection_reason: It is the point of the story.
---

Nothing yet.
"""

PUBLICATION = """\
# yaml-language-server: $schema=schemas/publication.schema.json
name: The Digest
description: Other people's news in our own words.
language: en
licence: CC-BY-4.0
people:
  - {id: desk, name: Desk}
  - {id: review, name: Review}
"""

SCALE = """\
# yaml-language-server: $schema=schemas/rating-scale.schema.json
ratings:
  - {id: accurate, label: Accurate, value: 5, meaning: It is so., colour: "#1b5e20"}
  - {id: false, label: Wrong, value: 1, meaning: It is not so., colour: "#8e1b1b"}
"""

ENTITY = """\
# yaml-language-server: $schema=../schemas/entity.schema.json
type: person
name: Mara Quill
aliases: [Quill]
description: The mayor of a port.
"""

ID = "fish-hall-fire"
FOLDER = f"sources/articles/{ID}"


def publication(root: Path) -> Path:
    """A root with the digest in it, without a lock; returns the original's file, which lies outside sources/."""
    files = {
        "sources/publication.yml": PUBLICATION,
        "sources/rating-scale.yml": SCALE.replace("id: false", 'id: "false"'),
        "sources/entities/mara-quill.yml": ENTITY,
        "sources/claims/forty-minutes.md": CLAIM,
        f"{FOLDER}/article.md": ARTICLE + DIGEST,
        f"{FOLDER}/annotations.yml": ANNOTATIONS,
        "held.txt": ORIGINAL,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root / "held.txt"
