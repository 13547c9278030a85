"""A 2-3-2 net with inputs larger than 1: all numbers, from the inputs to the updated weights."""

from pathlib import Path

import symbp

REMARKS = (
    "A text with these numbers puts the net inputs of the hidden units where their outputs belong and prints "
    "plus signs for minus in the errors; its sums are those of the right lines. It also loses the minus sign "
    "in the gradient for $w_7$.",
)
derivation = symbp.derive("two-three-two", style="net-out")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending), remarks=REMARKS)
