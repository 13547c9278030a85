"""Hidden and output units with a sigmoid of height A and width B, as sums over the units of a layer."""

from pathlib import Path

import symbp

REMARKS = (
    "A text in this notation loses the minus sign of the inner derivative, so that its update rule goes "
    "uphill, and takes the slope of a hidden unit at the net input of an output unit. Here delta is the "
    "derivative, and the slope stands at its own unit.",
)
derivation = symbp.derive(symbp.mlp(2, 3, 2, activation="scaled_sigmoid"), level="index", style="sums")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending), remarks=REMARKS)
