"""``net-out``: nets and outs with the name of their unit, weights numbered through, upright derivatives."""

from types import MappingProxyType

from .notation import Notation

NET_OUT = Notation(
    name="net-out",
    source="the numeric example of Mazur 2015 and its many retellings",
    names=MappingProxyType(
        {
            "input": "i_{{place}}",
            "weight": "w_{{number}}",
            "bias": "b_{{number}}",
            "net": "net_{{unit}}",
            "out": "out_{{unit}}",
            "target": "target_{{unit}}",
            "error": "E_{{unit}}",
            "penalty": "R",
            "loss": "E_{total}",
            "learning_rate": "\\eta",
        }
    ),
    hidden=("h_{{place}}", "h_{{layer},{place}}"),
    output="o_{{place}}",
    bias_unit=True,
)
