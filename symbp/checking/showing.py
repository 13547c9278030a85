"""How the values of formulas are shown to a person."""

from __future__ import annotations

from typing import Any

from flint import arb

from .arrays import Grid, Spread
from .jacobians import Jacobian


def shown(value: Any, digits: int = 15) -> str:
    """Return a value for a person: so many significant digits, none of them zeros that say nothing."""
    value = value.matrix if isinstance(value, Jacobian) else value
    value = value.grid if isinstance(value, Spread) else value
    if isinstance(value, Grid):
        return "[" + ", ".join("[" + ", ".join(shown(entry, 8) for entry in row) + "]" for row in value.rows) + "]"
    text = str(arb(value.mid()).str(digits, radius=False))
    whole, sign, exponent = text.partition("e")
    return (whole.rstrip("0").rstrip(".") if "." in whole else whole) + sign + exponent
