"""``matrix``: matrices with the number of their layer; entries are the small letters."""

from types import MappingProxyType

from .notation import Notation

MATRIX = Notation(
    name="matrix",
    source="derivations with one matrix a layer",
    names=MappingProxyType(
        {
            "input": "x_{{place}}",
            "weight": "w^{({layer})}_{{place},{source}}",
            "bias": "b^{({layer})}_{{place}}",
            "bias_layer": "b^{({layer})}",
            "net": "z^{({layer})}_{{place}}",
            "out": "n^{({layer})}_{{place}}",
            "target": "y_{{place}}",
            "error": "L_{{place}}",
            "penalty": "R",
            "loss": "L",
            "learning_rate": "\\eta",
            "delta": "\\delta^{({layer})}_{{place}}",
            "input_layer": "n^{(0)}",
            "weight_layer": "W^{({layer})}",
            "net_layer": "z^{({layer})}",
            "out_layer": "n^{({layer})}",
            "target_layer": "y",
            "delta_layer": "\\delta^{({layer})}",
        }
    ),
    last="K",
    upright=False,
    product="*",
)
