"""``layer-io``: input I and output O of a layer named by a letter, weights by the letters of both layers."""

from types import MappingProxyType

from .notation import Notation

LAYER_IO = Notation(
    name="layer-io",
    source="derivations with the input and the output of a layer",
    names=MappingProxyType(
        {
            "input": "O^{({letter})}_{{place}}",
            "weight": "w^{({letter_before}{letter})}_{{place},{source}}",
            "bias": "b^{({letter})}_{{place}}",
            "bias_layer": "b^{({letter})}",
            "net": "I^{({letter})}_{{place}}",
            "out": "O^{({letter})}_{{place}}",
            "target": "y_{{place}}",
            "error": "E_{{place}}",
            "penalty": "R",
            "loss": "E",
            "learning_rate": "\\alpha",
            "input_layer": "O^{({letter})}",
            "weight_layer": "W_{{letter_before}{letter}}",
            "net_layer": "I^{({letter})}",
            "out_layer": "O^{({letter})}",
            "target_layer": "y",
        }
    ),
    upright=False,
    product="\\cdot",
)
