"""``four-equations``: layers as labels, weights from k to j, the delta of every unit, the input as the first layer."""

from types import MappingProxyType

from .notation import Notation

FOUR_EQUATIONS = Notation(
    name="four-equations",
    source="Nielsen 2015, chapter 2, and its many retellings",
    names=MappingProxyType(
        {
            "input": "a^{({layer})}_{{place}}",
            "weight": "w^{({layer})}_{{place},{source}}",
            "bias": "b^{({layer})}_{{place}}",
            "bias_layer": "b^{({layer})}",
            "net": "z^{({layer})}_{{place}}",
            "out": "a^{({layer})}_{{place}}",
            "target": "y_{{place}}",
            "error": "C_{{place}}",
            "penalty": "R",
            "loss": "C",
            "learning_rate": "\\eta",
            "delta": "\\delta^{({layer})}_{{place}}",
            "input_layer": "a^{(1)}",
            "weight_layer": "W^{({layer})}",
            "net_layer": "z^{({layer})}",
            "out_layer": "a^{({layer})}",
            "target_layer": "y",
            "delta_layer": "\\delta^{({layer})}",
        }
    ),
    first_layer=1,
    function="\\sigma",
    upright=False,
    product="",
)
