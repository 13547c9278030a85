"""Formulas in the addresses of pictures."""

import re
from html import unescape
from urllib.parse import unquote, unquote_plus

_WORDPRESS = re.compile(r"latex\.php\?(?:[^#]{0,200}&)?latex=([^&]*)", re.IGNORECASE)
_CODECOGS = re.compile(r"(?:codecogs\.com|/(?:math|latex|tex|cgi-bin/mathtex\.cgi))[^?]{0,100}\?(.*)", re.DOTALL)
_FORMULA_URL = re.compile(r"(?:latex|tex|math)\S{0,100}\?|/equation\?tex=", re.IGNORECASE)
_EQUATION = re.compile(r"/equation\?tex=([^&]*)", re.IGNORECASE)


def formula_of(address: str) -> str:
    """Return the TeX in the address of a picture of a formula, on one line; empty when it is none.

    >>> formula_of("https://latex.codecogs.com/svg.latex?a%20=%20b&plus;c"), formula_of("latex.php?latex=a+%3D+b&s=0")
    ('a = b+c', 'a = b')
    """
    if not _FORMULA_URL.search(address):
        return ""
    address = unescape(address)
    wordpress = _WORDPRESS.search(address)
    if not wordpress:
        wordpress = _EQUATION.search(address)
    codecogs = None if wordpress else _CODECOGS.search(address)
    if wordpress:
        found = unquote_plus(wordpress[1])
    elif codecogs:
        found = unquote(codecogs[1].replace("&plus;", "+").replace("&space;", " "))
    else:
        return ""
    found = re.sub(r"^(?:tex=|latex=|math=)", "", re.sub(r"\\(?:dpi|bg|fg|inline)\s?(?:\{[^{}]*\}|_\w+)?", "", found))
    return " ".join(found.replace("\\(", "(").replace("\\)", ")").split())
