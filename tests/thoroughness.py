"""How much is tried: by default what shows a mistake soon; with ``NEWSGLOSS_THOROUGH=1`` everything, which takes its time.

Every promise is tested either way. What is fewer by default are the samples of what is alike: examples that chance makes up,
pages of one kind that are opened.
"""

from __future__ import annotations

import os

THOROUGH = os.environ.get("NEWSGLOSS_THOROUGH") == "1"


def tries(thorough: int, default: int | None = None) -> int:
    """How often something is tried that deserves ``thorough`` tries; a quarter of them by default."""
    return thorough if THOROUGH else default or -(-thorough // 4)
