"""A neuron of the output layer, then a hidden one, with the weight from p to q."""

from pathlib import Path

import symbp

REMARKS = (
    "The notes in this notation define the delta of an output neuron as the derivative by its net input and "
    "then leave out the minus sign; the rule for its weights puts the sign back. Here a delta is the "
    "derivative, at every neuron.",
    "They also drop the slope of the activation from the middle of a chain and have it again at the end. Here"
    " every member keeps it.",
)
derivation = symbp.derive(symbp.mlp(2, 2, 1), style="neuron")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending), remarks=REMARKS)
