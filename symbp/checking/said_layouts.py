"""How a text says in words that gradients are laid out: by the numerator, or as rows."""

from __future__ import annotations

import re

NUMERATOR, ROWS = "numerator", "rows"
_NUMERATOR = (
    r"(?:numerator[ -](?:layout|convention|notation|form)|layout (?:del numeratore|do numerador)"
    r"|分子布局|分子佈局|分子レイアウト|분자 ?레이아웃"
    r"|Zähler-?(?:[Ll]ayout|[Nn]otation|[Kk]onvention)|(?:disposición|convención|notación) (?:de|del|por) numerador"
    r"|(?:disposition|convention|notation) (?:du|par|au) numérateur|(?:раскладк\w+|соглашени\w+) (?:по )?числител\w+)"
)
_DENOMINATOR = r"(?i:denominator|分母|Nenner|denominador|dénominateur|denominatore|знаменател|분모)"
_CHOSEN = (
    r"(?i:\b(?:use[sd]?|using|adopt\w*|follow\w*|choose|employ\w*|stick|work\w*|assum\w+|verwend\w+|benutz\w+|nutz\w+"
    r"|utilis\w+|us(?:a|amos|iamo)|adot\w+|используе\w+)\b|采用|使用|遵循|按照|用|채택|사용)"
)
_DENIED = re.compile(
    r"(?i)\b(?:not|never|no|unlike|instead|rather|would|could|nicht|kein\w*|statt|pas|non|não|не)\b|n't|不|而非|아니|ではな"
)
_SLOPE = r"(?i:gradients?|derivatives?|gradiente?n?s?|ableitung(?:en)?|dérivées?|derivadas?|градиент\w*|производн\w+)"
_ROW = (
    rf"\b{_SLOPE}\b[^.;:\n]{{0,100}}?(?i:\brow[- ]vectors?|\bZeilenvektor(?:en)?|vecteurs? lignes?|vector(?:es)? fila"
    r"|vetor(?:es)?[- ]linha|vettor[ei] riga|вектор\w*-строк\w*)"
    r"|(?:梯度|导数|導數|勾配)[^。；\n]{0,30}?行(?:向量|ベクトル)|(?:기울기|그래디언트)[^.\n]{0,40}?행 ?벡터"
)
_OTHER = re.compile(
    r"(?i)\b(?:is|are|as|ist|sind|est|sont|es|son|é|são)(?: an?| einen?| une?)? (?:column|spaltenv)"
    r"|\btransp|\b(?:of|by|to|for) (?:(?:the|an?|each|every) )?row|是列|为列|為列"
)


def said_layout(text: str) -> str:
    """Return how a document says that the derivatives of a number by a vector lie; nothing where it does not.

    >>> said_layout("We use the numerator layout."), said_layout("The gradient of a scalar is a row vector.")
    ('numerator', 'rows')
    >>> said_layout("We use the denominator layout; in numerator layout all is transposed.")
    ''
    """
    chosen = rf"{_CHOSEN}(?:(?!{_DENOMINATOR})[^.;:。；\n]){{0,60}}?" if re.search(_DENOMINATOR, text) else ""
    if any(_holds(text, found) for found in re.finditer(chosen + f"(?i:{_NUMERATOR})", text)):
        return NUMERATOR
    rows = (found for found in re.finditer(_ROW, text) if not _OTHER.search(found[0]))
    return ROWS if any(_holds(text, found) for found in rows) else ""


def _holds(text: str, found: re.Match[str]) -> bool:
    """Whether nothing in a sentence, as far as it goes, denies what is found in it."""
    sentence = re.split(r"[.;。；\n]", text[: found.end()])[-1]
    return not _DENIED.search(sentence)
