"""Scaled dot-product attention: queries, keys and values."""

from pathlib import Path

import symbp

derivation = symbp.derive("attention")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending))
