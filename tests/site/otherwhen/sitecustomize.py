"""Another day for a program and all that it asks for the time: what comes out may not depend on it."""

from __future__ import annotations

import os

import time_machine

time_machine.travel(os.environ["NEWSGLOSS_TESTS_DAY"]).start()
