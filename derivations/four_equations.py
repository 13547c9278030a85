"""The four equations of backpropagation for a general layer, each proved."""

from pathlib import Path

import symbp

derivation = symbp.derive(symbp.mlp(2, 3, 2, loss="quadratic_cost"), level="index", style="four-equations")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending))
