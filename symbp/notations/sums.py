"""``sums``: weighted sums S, outputs y, desired outputs d, weights from i to j."""

from types import MappingProxyType

from .notation import Notation

SUMS = Notation(
    name="sums",
    source="derivations with sums over the units of a layer",
    names=MappingProxyType(
        {
            "input": "x_{{place}}",
            "weight": "w^{({layer})}_{{source},{place}}",
            "bias": "b^{({layer})}_{{place}}",
            "bias_layer": "b^{({layer})}",
            "net": "S^{({layer})}_{{place}}",
            "out": "y^{({layer})}_{{place}}",
            "target": "d_{{place}}",
            "error": "E_{{place}}",
            "penalty": "R",
            "loss": "E",
            "learning_rate": "\\eta",
            "delta": "\\delta^{({layer})}_{{place}}",
            "input_layer": "x",
            "weight_layer": "W^{({layer})}",
            "net_layer": "S^{({layer})}",
            "out_layer": "y^{({layer})}",
            "target_layer": "d",
            "delta_layer": "\\delta^{({layer})}",
        }
    ),
    upright=False,
    product="\\cdot",
)
