"""A recurrent layer: the same weights at every step, summed over time."""

from pathlib import Path

import symbp

derivation = symbp.derive("bptt")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending))
