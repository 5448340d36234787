"""All rules, for the editing guide and for the test that each is documented and tried."""

from __future__ import annotations

from build_scripts import annotate, built, checks, references, resolve
from build_scripts.anchoring import explain
from build_scripts.originals import leaks
from build_scripts.problems import Rule
from build_scripts.reading import files, load, prose, records, values

ALL_RULES: tuple[Rule, ...] = (
    *files.RULES,
    *load.RULES,
    *values.RULES,
    *records.RULES,
    *prose.RULES,
    *explain.RULES,
    *annotate.RULES,
    *references.RULES,
    *resolve.RULES,
    *checks.RULES,
    *leaks.RULES,
    *built.RULES,
)
