"""From the text of a passage to chains: cut at the outermost relation signs, rows, commas and notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..formulas.phrases import OF
from .asides import with_asides
from .delimiters import SIZES
from .macros import closing
from .ranges import without_ranges
from .systems import opened

_MATRIX = r"\{[a-zA-Z]{0,9}matrix\*?\}|\{(?:array|cases|[dr]cases|tabular)\}"
_TEXT = r"\\(?:text|mbox|textrm|mathrm|textit|textnormal)"
_WHERES = "where|with|[Ll]et|and|so|then|thus|hence|therefore|or|其中|则|所以|因此|即|donde|où|wobei|onde|где|và"
_SIGN = re.compile(
    r"(?=[\\:+\-=<>≤≥≠∈∝≈≐≔←⇒→\n,;，；&({\[)}\]waifo其则所因即当若如])(?:(?P<relation>:=|:\s=|(?<!\^)\+=|(?<!\^)-=|(?<![<>!=])=(?:=(?!=))?(?!>)|≈|≐|≔|:\\?(?:equal|colon)?="
    r"|\\(?:approx|simeq|thickapprox|doteq|equiv|coloneqq|triangleq|leftarrow|gets)(?![A-Za-z])|←"
    r"|\\(?:overset|stackrel)\s{0,9}\{[^{}]{0,80}(?:\{[^{}]{0,80}\})?[^{}]{0,80}\}\s{0,9}\{\s{0,9}=\s{0,9}\}"
    r"|\\x(?:long)?equal(?:\[[^\]]{0,80}\])?\{[^{}]{0,80}\})"
    r"|(?P<arrow>\\(?:[Rr]ightarrow|[Ll]ong[Rr]ightarrow|implies|iff|Leftrightarrow|mapsto|to)(?![A-Za-z])|⇒|→|=>|-{1,2}>"
    r"|\\x(?:long)?(?:[lL]eft|[rR]ight)+arrow(?:\[[^\]]{0,80}\])?\{(?:[^{}]|\{[^{}]{0,80}\}){0,80}\})"
    r"|(?P<unequal>[<>≤≥≠∈∝]=?|\\(?:leq?|geq?|leqslant|geqslant|lt|gt|ll|gg|neq?|in|notin|ni|subset(?:eq)?|sim|propto|cong|perp"
    r"|lesssim|gtrsim|preceq?|succeq?)(?![A-Za-z]))"
    r"|(?P<row>\\\\(?:\[[^\]\n]{0,20}\])?|\\(?:newline|cr)(?![A-Za-z])|\n[ \t]*\n)"
    r"|(?P<comma>[,;，；]|\\q?quad(?![A-Za-z])|\\hspace\*?\{[^{}]{0,40}\})"
    rf"|(?P<where>{_TEXT}\{{\s*(?:{_WHERES})[\s,:：]*\}}|(?<![A-Za-z\\{{_^])(?:where|and)(?![A-Za-z_^({{])|其中|所以|因此)"
    r"|(?P<note>\\forall(?![A-Za-z])|\\(?:text|mbox|textrm|mathrm|textit|textnormal)(?=\{\s*(?:for|if|when|since|because|otherwise|para|si|wenn|falls|nếu|если"
    r"|If|When|Otherwise|Else|else|当|若|如果)(?![A-Za-z]))"
    r"|\{\s{0,3}\\(?:rm|text|mathrm)\s{1,3}(?:[Ii]f|[Ww]hen|[Oo]therwise|[Ee]lse)(?![A-Za-z])"
    r"|(?<![A-Za-z\\{_^])(?:if|for|when|otherwise)(?![A-Za-z_^({=])|当|若|如果)"
    r"|(?P<amp>&)"
    rf"|(?P<open>\\left\s{{0,9}}\\?[(\[{{|.<]|\\left(?![a-z])|[({{\[]|\\\{{|\\(?:lbrace|langle)(?![a-z])|\\begin(?:{_MATRIX}))"
    rf"|(?P<close>\\right\s{{0,9}}\\?[)\]}}|.>]|\\right(?![a-z])|[)}}\]]|\\\}}|\\(?:rbrace|rangle)(?![a-z])|\\end(?:{_MATRIX}))"
    r"|\\[A-Za-z]+|\\.)"
)
_LEFT_OUT = re.compile(
    r"(?=[\\&%])(?:"
    rf"{SIZES}|"
    r"\\(?:tag|label|eqref|hskip|vspace|intertext|shortintertext)\*?\{[^{}]{0,400}\}|\\(?:nonumber|notag|hfill)(?![A-Za-z])"
    r"|\\(?:begin|end)\{(?:align(?:ed|at|edat)?|split|gather(?:ed)?|equation|eqnarray|multline|flalign|IEEEeqnarray|subequations)\*?\}"
    r"(?:\{[^{}]{0,40}\})?(?:\[[a-z]\])?"
    r"|(?:&\s{0,20}&|\\q?quad)\s{0,20}\\text\{[^{}]{0,400}\}(?=\s{0,20}(?:\\\\|$|\\end))"
    r"|\\q?quad[\s&]{0,20}[\[(]\s?\w{1,3}\s?(?:\\times|×)\s?\w{1,3}\s?[\])](?=\s{0,20}(?:\\\\|$|\\end))"
    r"|\\q?quad\s{0,9}\(\d{1,4}[a-z']?(?:[.-]\d{1,4})?\)(?=\s{0,20}(?:\\\\|\Z|\\end))"
    r"|\\q?quad\s{0,9}\(\s{0,3}\\text\{\s?(?:since|because|as|if|when|for|assuming|given)\s[^()]{0,80}\)(?=\s{0,20}(?:\\\\|\Z|\\end))"
    r"|\\q?quad\s{0,9}\(\s{0,3}(?:[-+\d.]{1,20}\s{0,3}\\%)?\s{0,3}\\text\{\s?[A-Za-z][A-Za-z ]{0,60}\}[-+\s\d.]{0,40}\)"
    r"(?=[\s.]{0,20}(?:\\\\|\Z|\\end|\\q?quad))"
    r"|\\q?quad\s{0,9}\(\s{0,3}\\text\{[A-Za-z]+ [A-Za-z ]{1,60}\}\s{0,3}\\?[A-Za-z]\w{0,20}(?:_\{\w{1,20}\})?\s{0,3}\)"
    r"(?=[\s.]{0,20}(?:\\\\|\Z|\\end|\\q?quad))"
    r"|\\eqno\s{0,9}\([^()]{0,20}\)"
    r"|&\s{0,9}:\s{0,9}[\[(][^\\\n=]{0,80}[\])](?=[\s.,;]{0,20}(?:\\\\|\Z|\\end))"
    r"|(?:&|\\[,;:! ]|\\q?quad)\s{0,9}\(\s{0,3}[a-z]\s{0,3}=\s{0,3}[a-z]\s{0,3}\)"
    r"(?=[\s.,;]{0,20}(?:\\\\|\Z|\\end|\\q?quad))"
    r"|(?<!\\)%[^\n]*$)",
    re.MULTILINE,
)
_EDGE = " \t\n\r.,;:，。；：&\u200b~"
_SPACING = re.compile(f"[{re.escape(_EDGE)}]+")
_JOINS = (
    f"{_WHERES}|we|let|given|since|because|as|now|here|next|finally|also|but|if|for|when|this|similarly|likewise|again"
    "|使得|可得|得到|故|于是|同理|故有|由此"
)
_SAID = re.compile(
    rf"\s*{_TEXT}\{{(?=\s*(?:{_JOINS})[\s,:：])(?![^{{}}]*\s(?:{OF}|new|old|updated)\s*\}})"
    r"(?:\s+[^{}]{2,60}\s+|\s*[^\W\d_]{2,20},?\s+[^{}]{2,60})\}(?=\s*[^\s=_^(])",
    re.IGNORECASE,
)
_STYLED = re.compile(r"(?:\A|[\s;,])(?P<open>\{)\s{0,9}\\(?:display|text)style(?![A-Za-z])")
_DRESSED = re.compile(  # what only dresses an equation
    r"(?<![_^{A-Za-z])\\(?:(?:textcolor|colorbox|bbox|color)\s{0,9}(?:\[[^\[\]]{0,40}\])?\s{0,9}\{[^{}]{0,40}\}"
    r"|fcolorbox\s{0,9}(?:\{[^{}]{0,40}\}\s{0,9}){2}|boxed|fbox|bbox|mathbf|boldsymbol|bm|underline)\s{0,9}(?P<open>\{)"
)
_INNERMOST = re.compile(r"\{[^{}]*\}|\([^()]*\)|\[[^\[\]]*\]")
_RELATED = re.compile(r"(?<![<>!])=|\\approx(?![A-Za-z])|≈")
_THEN = re.compile(r"(?<![(\[{])(?:\\(?:therefore|because)(?![A-Za-z])|[∴∵])")
_LOST_QUAD = re.compile(r"(?P<comma>[,;]\s{0,9})?(?<![\\A-Za-z_^{])q?quad(?![A-Za-z_^}])")
_LOST_ROW = re.compile(r"(?<!\\)\\\n")
_GRID = re.compile(r"\\begin\{[bpvB]?matrix\}[^{}$]{1,400}\\end\{[bpvB]?matrix\}")
_LOST_CELL = re.compile(r"(?<!\\)\\ (?!\s*\\[,;:! ])")
_LEADING = re.compile(
    r"(?:[\s.,;:，。；：&\u200b~]|\\\\(?:\[[^\]\n]{0,20}\])?|"
    r"\\(?:therefore|because|implies|iff|[Rr]ightarrow|Longrightarrow|q?quad|hspace\*?\{[^{}]{0,40}\})(?![A-Za-z])"
    r"|\\[,;:! ])+"
)
_TRAILING = re.compile(
    r"(?:\\(?:q?quad|blacksquare|qed|checkmark|therefore|because|newline)|\\hspace\*?\{[^{}]{0,40}\}|\\\\\[[^\]\n]{0,20}\])\Z"
)
_CONTINUED_ROW = re.compile(r"(?:[\s&]|\\q?quad|\\[,;! ])*(?:[+*/]|-\s|\\cdot|\\times|\\odot|\\left)")
_NAMED = re.compile(
    r"\s*\d{1,2}[a-z]?[:：]\s{1,9}(?=\\?[A-Za-z])"
    r"|\s*(?:[^\W\d_][^\s:=+*/(){}]{0,20}|\\[A-Za-z]+|[A-Za-z]\w*(?:_\{[^{}]{0,40}\}|\^\{[^{}]{0,40}\}){1,3}){1,2}\s{0,3}[:：]\s{1,9}(?=[^\s=])"
)
_TITLED = re.compile(r"\s*\([A-Za-z][A-Za-z -]{2,30}\)(?:\s|\\(?:space|q?quad)(?![A-Za-z])|\\[,;:! ])+(?=\\?[A-Za-z])")
_RANGE = re.compile(
    r"(?:[^()\[\]{}]*,[\s\\,;!]*|\d+[\s\\,;!]*)(?:\\[lc]?dots[cb]?|\.{3}|…)|\s*\d{1,3}(?:[\s\\,;!]*,[\s\\,;!]*\d{1,3}){2,}[\s.]*\Z"
)
_CASE = re.compile(r"\\(?:text|mbox|textrm|mathrm)\{\s*(?:if|for|when|forall)(?![A-Za-z])|\\forall(?![A-Za-z])")
_WHERE = re.compile(rf"(?:{_TEXT}\{{\s*(?:{_WHERES})[\s,:：]*\}}|(?:where|and|其中|所以|因此)(?![A-Za-z]))")
_HEADED = re.compile(
    r"\\(?:text|textbf|textit|textrm|mathrm|mathbf|mbox)\{[^{}]{1,80}[:：]\s*\}(?=\s*\S)"
    r"|\\text\{[^{}=]{1,80}\}\s*\\?[A-Za-z]{1,9}(?:_\{[^{}]{0,40}\}|_\w)?\s{0,3}[:：]\s*(?=\\[dt]?frac)"
)
_BESIDE = re.compile(
    r"(?:\s|\\[,;:! ])*(?:\\text|\\mbox|\\textrm|\\forall|\\in(?![A-Za-z])|\\footnotesize|\\small|\\mathrm\{[a-z]+ )"
    r"|[^=]{0,60}(?:\\(?:in|neq?|leq?|geq?|lt|gt|notin)(?![A-Za-z])|[<>≤≥≠∈])"
)
_EMPTY = re.compile(r"[?？\s]*\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """A member of a chain, with its place in the passage, the sign before it and its row."""

    text: str
    start: int
    relation: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class _Cut:
    kind: str
    start: int
    end: int
    text: str


def blanked(text: str) -> str:
    """Return a text with labels, comments, environments and notes beside it blanked."""
    return _LEFT_OUT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), _with_rows(text))


def _with_rows(text: str) -> str:
    """Return a text with the row breaks that lost one of their two backslashes; places stay."""
    text = _THEN.sub(lambda sign: ",".ljust(len(sign.group())), _unwrapped(with_asides(text)))
    text = _LOST_QUAD.sub(lambda quad: (quad["comma"] or ",").ljust(len(quad.group())), text)
    text = _LOST_ROW.sub(r"\\\\", text)
    return _GRID.sub(lambda grid: _LOST_CELL.sub(r"\\\\", grid.group()), text)


def split(text: str) -> Iterator[tuple[Part, ...]]:
    """Yield the chains of the text of a passage, each with at least two members.

    >>> [[part.text for part in chain] for chain in split("a = b, c = [1, 2] = d")]
    [['a', 'b'], ['c', '[1, 2]', 'd']]
    """
    text = without_ranges(blanked(opened(text)))
    chain: list[Part] = []
    for part in _parts(text):
        if not part.relation and chain:
            yield from _finished(chain)
            chain = []
        chain.append(part)
    yield from _finished(chain)


def _unwrapped(text: str) -> str:
    """Return a text without the braces of ``{\\displaystyle a = b}``, and without a box or colour of equations."""
    for wrap in reversed(list(_STYLED.finditer(text))):
        start = wrap.end("open")
        if (end := closing(text, start, len(text))) is not None:
            text = f"{text[: start - 1]} {text[start : end - 1]} {text[end:]}"
    for wrap in reversed(list(_DRESSED.finditer(text))):
        start = wrap.end()
        end = closing(text, start, len(text))
        if end is not None and _RELATED.search(_without_brackets(text[start : end - 1])):
            text = f"{text[: wrap.start()]}{' ' * len(wrap.group())}{text[start : end - 1]} {text[end:]}"
    return text


def _without_brackets(text: str) -> str:
    """Return what stands in no bracket."""
    while (inner := _INNERMOST.sub("", text)) != text:
        text = inner
    return text


def _finished(chain: list[Part]) -> Iterator[tuple[Part, ...]]:
    placed = [_trimmed(part) for part in chain]
    placed = [part for part in placed if not _EMPTY.match(part.text)]
    if placed:
        placed[0] = replace(_unnamed(placed[0]), relation="")
    if len(placed) > 1 and not _RANGE.match(placed[-1].text) and not _CASE.match(placed[0].text):
        yield tuple(placed)


def _unnamed(part: Part) -> Part:
    """Return a first member without a name and colon, or a word, before it."""
    marks = (_NAMED, _WHERE, _TITLED, _HEADED, _SAID)
    name = next((found for mark in marks if (found := mark.match(part.text))), None)
    return _trimmed(replace(part, text=part.text[name.end() :], start=part.start + name.end())) if name else part


def _trimmed(part: Part) -> Part:
    text = part.text
    leading = _LEADING.match(text)
    start, end = leading.end() if leading else 0, len(text)
    while end > start and (size := _trailing(text, start, end)):
        end -= size
    return replace(part, text=text[start:end], start=part.start + start)


def _trailing(text: str, start: int, end: int) -> int:
    """Return how many characters before an end are spacing or punctuation."""
    last = text[end - 1]
    if text.endswith("\\\\", start, end):
        return 2
    if last in " ,;:!" and text.endswith("\\", start, end - 1) and not text.endswith("\\\\", start, end - 1):
        return 2
    if last in _EDGE:
        return 1
    mark = _TRAILING.search(text[max(start, end - 60) : end]) if last in "]}dek" else None
    return len(mark.group()) if mark else 0


def _outermost(text: str) -> list[_Cut]:
    """Return the signs that stand in no bracket; a bracket that nothing closes counts for none."""
    signs = [match for match in _SIGN.finditer(text) if match.lastgroup]
    pairs = _pairs(signs)
    depth = 0
    cuts: list[_Cut] = []
    for place, match in enumerate(signs):
        kind = match.lastgroup or ""
        if kind in ("open", "close"):
            depth = max(0, depth + (1 if kind == "open" else -1) * (place in pairs))
            continue
        if kind == "row" and place + 1 < len(signs) and _next_relates(text, match.end(), signs[place + 1 : place + 4]):
            depth = 0
        if depth == 0:
            cuts.append(_Cut(kind, *match.span(), match.group()))
    return _without_marks(text, cuts)


def _without_marks(text: str, cuts: list[_Cut]) -> list[_Cut]:
    """Leave out the ``&`` that only align relation signs: what stays begins another column."""
    kept: list[_Cut] = []
    for place, cut in enumerate(cuts):
        before = cuts[place - 1] if place else None
        after = cuts[place + 1] if place + 1 < len(cuts) else None
        leads = after is not None and after.kind in ("relation", "row") and not text[cut.end : after.start].strip(_EDGE)
        trails = not text[before.end if before else 0 : cut.start].strip(_EDGE)
        if cut.kind != "amp" or not (leads or (trails and (before is None or before.kind in ("relation", "row")))):
            kept.append(cut)
    return kept


def _pairs(signs: list[re.Match[str]]) -> set[int]:
    """Return which brackets have a partner."""
    stack: list[int] = []
    pairs: set[int] = set()
    loose: dict[str, int] = {}
    for place, match in enumerate(signs):
        if match.lastgroup == "open":
            stack.append(place)
            loose[_shape(match)] = loose.get(_shape(match), 0) + 1
        elif match.lastgroup == "close" and loose.get(_shape(match), 0):
            strong = _shape(match) != "("
            while strong and _shape(signs[stack[-1]]) != _shape(match):
                loose[_shape(signs[stack.pop()])] -= 1
            if _shape(signs[stack[-1]]) == _shape(match):
                pairs |= {stack.pop(), place}
                loose[_shape(match)] -= 1
    return pairs


def _shape(match: re.Match[str]) -> str:
    """Return what a bracket pairs with: braces and environments strictly, round and square ones with each other."""
    text = match.group()
    if text.startswith(("\\left", "\\right")):
        return "\\"
    if text.startswith("\\"):
        return text.partition("{")[2]
    return "{" if text in "{}" else "("


def _next_relates(text: str, place: int, following: list[re.Match[str]]) -> bool:
    """Whether a relation sign is the first thing after a place."""
    for match in following:
        if text[place : match.start()].strip(_EDGE + "{}").replace("\\therefore", ""):
            return False
        if match.lastgroup == "relation":
            return True
        if match.lastgroup not in ("amp", "comma"):
            return False
        place = match.end()
    return False


def _parts(text: str) -> Iterator[Part]:
    """Cut a text; a part without a relation begins a new chain."""
    cuts = _outermost(text)
    start, relation, row, dropped = 0, "", 0, False
    seen, solid = -1, 0  # where the text after a start has its first character that is no spacing
    for place, cut in enumerate(cuts):
        if start != seen:
            seen, solid = start, _solid(text, start)
        if dropped and cut.kind == "relation" and solid >= cut.start:
            start, relation, dropped = cut.end, _sign(cut.text), False  # the chain goes on after a note
            continue
        action = "relation" if cut.kind == "relation" else _action(text, cuts, place, empty=solid >= cut.start)
        row += cut.kind == "row"
        if dropped and (cut.kind == "row" or action == "break"):
            start, relation, dropped = cut.end, "" if action == "break" else relation, action != "break"
        elif action != "keep" and not dropped:
            yield Part(text[start : cut.start], start, relation, row - (cut.kind == "row"))
            start, relation, dropped = cut.end, _sign(cut.text) if action == "relation" else "", action == "drop"
    if not dropped:
        yield Part(text[start:], start, relation, row)


def _sign(text: str) -> str:
    if text in ("≔", "\\triangleq") or (text.startswith(("\\overset", "\\stackrel")) and "def" in text):
        return ":="
    if text.startswith(("\\overset", "\\stackrel", "\\x")) or text == "==":
        return "="
    return ":=" if text.startswith(":") else text


def _solid(text: str, place: int) -> int:
    """Return where the first character stands, from a place on, that is no spacing or punctuation."""
    spacing = _SPACING.match(text, place)
    return spacing.end() if spacing else place


def _action(text: str, cuts: list[_Cut], place: int, *, empty: bool) -> str:
    """Return what a separator does: ``keep`` the member going, ``break`` for a new chain, ``drop`` what follows.

    ``empty`` where nothing stands before it.
    """
    cut = cuts[place]
    following = cuts[place + 1] if place + 1 < len(cuts) else None
    between = text[cut.end : following.start if following else len(text)]
    relates = following is not None and following.kind == "relation"
    bare = not between.replace("\\therefore", "").strip(_EDGE)
    if empty or (relates and bare):
        return "keep"
    if cut.kind == "note":
        return "drop"
    if (cut.kind == "row" or cut.text.startswith("\\q")) and _CONTINUED_ROW.match(text, cut.end):
        return "keep"
    if bare and cut.kind != "row" and _notes(text, cuts, place):
        return "drop"
    if relates or (bare and _piece_relates(text, cuts, place)):
        return "break"
    if cut.kind in ("comma", "amp") and _compares(text, cuts, place):
        return "drop"
    if cut.kind in ("arrow", "unequal", "where"):
        return "drop"
    return "drop" if cut.kind in ("comma", "amp") and _is_beside(between) else "keep"


def _is_beside(text: str) -> bool:
    """Whether a text stands beside a formula, as a condition does, but not a factor with a comparison within it."""
    found = _BESIDE.match(text)
    if found is None:
        return False
    before = re.sub(r"\A(?:[\s&]|\\q?quad|\\[,;:! ])*[(\[]?", "", found.group())
    return before.count("(") + before.count("[") <= before.count(")") + before.count("]")


def _notes(text: str, cuts: list[_Cut], place: int) -> bool:
    """Whether what a separator leads to, past others with nothing between them, is a note."""
    at = cuts[place].end
    for cut in cuts[place + 1 : place + 6]:
        if cut.kind in ("relation", "row") or text[at : cut.start].strip(_EDGE):
            return False
        if cut.kind == "note":
            return True
        at = cut.end
    return False


def _compares(text: str, cuts: list[_Cut], place: int) -> bool:
    """Whether what a separator leads to is a condition, such as ``i \\neq j``, and not a member."""
    at = cuts[place].end
    for cut in cuts[place + 1 : place + 6]:
        if cut.kind == "unequal":
            return bool(text[at : cut.start].strip(_EDGE))
        if cut.kind == "row" or text[at : cut.start].strip(_EDGE):
            return False
        at = cut.end
    return False


def _piece_relates(text: str, cuts: list[_Cut], place: int) -> bool:
    """Whether a relation stands before the next separator that has something before it."""
    at = cuts[place].end
    for cut in cuts[place + 1 : place + 6]:
        if cut.kind == "relation":
            return bool(text[at : cut.start].strip(_EDGE))
        if text[at : cut.start].strip(_EDGE):
            return False
        at = cut.end
    return False
