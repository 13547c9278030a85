"""A softmax layer with cross-entropy: the derivative collapses to output less target."""

from pathlib import Path

import symbp

derivation = symbp.derive("softmax")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending))
