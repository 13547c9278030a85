"""Commands of common packages, for documents that do not define them themselves."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from .macros import Macro


def _all(names: str, body: str, count: int = 0) -> dict[str, Macro]:
    return {f"\\{name}": Macro(body, count, braced=count > 0) for name in names.split()}


USUAL: Mapping[str, Macro] = MappingProxyType(
    {
        **_all("pd pdv pder pderiv partialderiv pfrac diffp pdiff partialfrac", r"\frac{\partial #1}{\partial #2}", 2),
        **_all("od odv dv deriv tderiv ddfrac", r"\frac{d #1}{d #2}", 2),
        **_all("norm Norm", r"\left\| #1 \right\|", 1),
        **_all("abs Abs", r"\left| #1 \right|", 1),
        **_all("pa del paren pqty prn", r"\left( #1 \right)", 1),
        **_all("sbr bqty", r"\left[ #1 \right]", 1),
        **_all("vect mat matr vecr vectorbold", r"\mathbf{#1}", 1),
        **_all("transpose trans transp tran", "{#1}^T", 1),
        **_all("R Reals reals RR", r"\mathbb{R}"),
        **_all("E EE Expect expect", r"\mathbb{E}"),
        **_all("softmax", r"\operatorname{softmax}"),
        **_all("relu ReLU", r"\operatorname{relu}"),
        **_all("half", r"\frac{1}{2}"),
        **_all("dd dif diff", r"\mathrm{d}"),
        **_all("given", r"\mid"),
        **_all("defeq eqdef coloneq", ":="),
        **_all("grad", r"\nabla"),
        **_all("ones onevec", r"\mathbf{1}"),
        **_all("qty", ""),
    }
)
_NAMES = re.compile(r"\\(?:" + "|".join(sorted((name[1:] for name in USUAL), key=len, reverse=True)) + r")(?![A-Za-z])")


def usual(text: str) -> dict[str, Macro]:
    """Return the commands of common packages that stand in a text.

    >>> sorted(usual(r"$\\pd{E}{w} = 2\\half$"))
    ['\\\\half', '\\\\pd']
    """
    return {name: USUAL[name] for name in {*_NAMES.findall(text)}}
