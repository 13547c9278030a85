"""Three layers with a matrix each, from delta to delta."""

from pathlib import Path

import symbp

REMARKS = (
    "A text in this notation feeds the net inputs of a layer to the next one, where its outputs are meant, "
    "and multiplies by the slope of the activation with a sign that it also uses for matrix products. Here "
    "the product entry by entry has a sign of its own.",
)
derivation = symbp.derive(symbp.mlp(2, 3, 2, 1), level="layer", style="matrix")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending), remarks=REMARKS)
