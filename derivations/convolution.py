"""A filter that slides over an image: its gradient, and that of what it slides over."""

from pathlib import Path

import symbp

derivation = symbp.derive("conv2d")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending))
