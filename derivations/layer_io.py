"""One hidden layer of sigmoids and a linear output, in inputs and outputs of whole layers."""

from pathlib import Path

import symbp

REMARKS = (
    "The handwritten derivation in this notation prints the derivative of the sigmoid as the sigmoid itself: "
    "its prime is lost. Here the function and its derivative are two lines.",
    "It also loses the transpose of the weights in the gradient of the hidden bias; a product of the shapes "
    "that it prints does not exist.",
)
derivation = symbp.derive(symbp.mlp(1, 10, 1, activation=["sigmoid", "identity"]), level="layer", style="layer-io")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending), remarks=REMARKS)
