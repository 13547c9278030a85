"""The best-known hand calculation: a 2-2-2 net, from given numbers to updated weights."""

from pathlib import Path

import symbp

REMARKS = (
    "A retelling of this calculation loses the brackets in the exponent of the second hidden output, repeats "
    "the net input of a hidden unit at the first output unit, and steps $w_8$ with a learning rate that is "
    "the weight itself. Its results are those of the right lines.",
)
derivation = symbp.derive("mazur", style="net-out")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending), remarks=REMARKS)
