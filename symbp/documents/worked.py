"""Fences without a language in which formulas stand as a person types them, and no code."""

import re

_MATHS = re.compile(
    r"[∂∇∑∏√⊙∘≈ΣσδηθŷŶẑâᵀ₀-₉ₐ-ₜᵢⱼ²³⁽⁾×·]|(?<![\w.])d[A-Za-z]\w{0,12}/d[A-Za-z]\w{0,12}\s*=|[\w)]\s?\^\s?[(\d-]"
)
_CODE = re.compile(
    r"^[ \t>]*(?:import |from \w+ import|def |class |return\b|print\b|#include|var |let |const |function )"
    r"|^[ \t>]*(?:elif |else:|\$ |>>>|@\w)"
    r"|[;{][ \t]*$|\b(?:np|numpy|torch|tf|plt|self|math)\.\w|[=!]==?=|\+\+|=>|::|\w\[\w*:\w*\]|\brange\(|\blen\(",
    re.MULTILINE,
)


def is_worked(text: str) -> bool:
    r"""Whether the lines of a fence are formulas.

    >>> is_worked("∂L/∂w = ∂L/∂a × ∂a/∂w\n"), is_worked("loss = x + 1\nprint(loss)\n")
    (True, False)
    """
    return _MATHS.search(text) is not None and _CODE.search(text) is None
