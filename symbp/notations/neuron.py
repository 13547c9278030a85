"""``neuron``: neurons numbered through the network, weights from p to q."""

from types import MappingProxyType

from .notation import Notation

NEURON = Notation(
    name="neuron",
    source="derivations neuron by neuron",
    names=MappingProxyType(
        {
            "input": "o_{{neuron}}",
            "weight": "w_{{neuron_before},{neuron}}",
            "bias": "b_{{neuron}}",
            "bias_layer": "b^{({layer})}",
            "net": "z_{{neuron}}",
            "out": "o_{{neuron}}",
            "target": "t_{{neuron}}",
            "error": "L_{{neuron}}",
            "penalty": "R",
            "loss": "L",
            "learning_rate": "\\eta",
            "delta": "\\delta_{{neuron}}",
        }
    ),
    upright=False,
    product="\\cdot",
)
