"""Different spellings of one sign: what the page shows alike is one token."""

import unicodedata

_SAME = {
    "\\dots": "\\cdots \\ldots \\dotsc \\dotsb \\dotsm \\dotso \\vdots \\ddots \\iddots \\adots \\hdots … ⋯ ⋮ ⋱",
    "|": "\\vert \\lvert \\rvert",
    "\\|": "\\lVert \\rVert \\Vert ‖ ∥",
    "\\{": "\\lbrace",
    "\\}": "\\rbrace",
    "[": "\\lbrack ［",
    "]": "\\rbrack ］",
    "(": "\\lparen （",
    ")": "\\rparen ）",
    "\\le": "\\leq \\leqslant ≤",
    "\\ge": "\\geq \\geqslant ≥",
    "<": "\\lt",
    ">": "\\gt",
    "\\neq": "\\ne \\not= ≠",
    "\\in": "∈",
    "\\to": "→ \\rightarrow \\longrightarrow",
    "\\Delta": "\\triangle \\vartriangle \\bigtriangleup ∆",
    "\\nabla": "∇ \\triangledown \\bigtriangledown",
    "\\partial": "∂",
    "\\sum": "∑",
    "\\prod": "∏",
    "\\sqrt": "√",
    "\\infty": "∞",
    "\\odot": "⊙",
    "\\circ": "∘",
    "\\otimes": "⊗",
    "*": "× · ⋅ ∗ ∙ • \\bullet \\centerdot ＊",
    "-": "− – － ‐ ‑",
    "+": "＋",
    "/": "÷ ／ ⁄ ∕ \\div",
    "=": "＝",
    ",": "，",
    ";": "；",
    ":": "： \\colon",
    "'": "′ ’ ‘ ´",
    "\\langle": "⟨",
    "\\rangle": "⟩",
}
ALIKE = {other: sign for sign, others in _SAME.items() for other in others.split()}

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
)
_GREEK_LETTERS = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ"
GREEK = {letter: f"\\{name}" for letter, name in zip(_GREEK_LETTERS, _GREEK_NAMES.split(), strict=True)}
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵀᵗʲᵏˡᵐ"
LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ᵢⱼₖₗₘₙₒₚₜₓₕₐₑᵣ"
FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"  # of one character
BOLD_ONES = "𝟏𝟙𝟭"  # arrays of ones, indicators
COMBINING = {"\u0302": "\\hat", "\u0303": "\\tilde", "\u0304": "\\bar", "\u0305": "\\bar", "\u20d7": "\\vec"}


def simple(text: str) -> str:
    """Return a text with mathematical letters, raised and lowered characters as the plain ones they are.

    >>> simple("𝑤₁")
    'w1'
    """
    return unicodedata.normalize("NFKC", text).replace("−", "-")


def fraction(text: str) -> str:
    """Return a fraction of one character, perhaps with a whole number before it, as TeX.

    >>> fraction("¾"), fraction("2½")
    ('\\\\frac{3}{4}', '2+\\\\frac{1}{2}')
    """
    above, _, below = unicodedata.normalize("NFKC", text[-1]).partition("\N{FRACTION SLASH}")
    whole = f"{text[:-1]}+" if text[:-1] else ""
    return rf"{whole}\frac{{{above}}}{{{below}}}"


def unaccented(letter: str) -> tuple[str, str]:
    """Return a letter and the accent on it: ``ŷ`` is y with a hat.

    >>> unaccented("ŷ"), unaccented("y")
    (('y', '\\\\hat'), ('y', ''))
    """
    parts = unicodedata.normalize("NFD", letter)
    return (parts[0], COMBINING[parts[1]]) if len(parts) == 2 and parts[1] in COMBINING else (letter, "")


SCRIPTS = ("\\mathcal", "\\mathscr")  # fonts that may make another name of a letter
