"""A memory cell with three gates over T steps."""

from pathlib import Path

import symbp

derivation = symbp.derive("lstm")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending))
