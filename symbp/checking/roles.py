"""What a document uses its symbols for, as far as its own formulas tell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ..documents import Chain
from ..formulas import ReadError, Roles
from ..formulas.commands import LETTERS, OPERATOR_WORDS
from ..formulas.functions import ACTIVATIONS, EXTREMES, RECTIFIERS, SPELLINGS
from ..formulas.spellings import SCRIPTS
from ..formulas.tokens import Token, tokens
from .raised import layered

MOST_HEADS = 2000  # chains that are looked at for fonts that make a difference
LONGEST_PRODUCT = 3  # letters of a run that may be a product
_FONTED = ("{", "}", "\\vec", "\\mathbf", "\\boldsymbol")
_READ_ANYWAY = frozenset({*SPELLINGS, *EXTREMES, *RECTIFIERS})  # words that are functions in every document
_OWN = _READ_ANYWAY | OPERATOR_WORDS  # words that no document defines


def infer(chains: Sequence[Chain]) -> Roles:
    """Return the roles: runs such as ``AB`` are products where A and B are names of their own.

    >>> from symbp.documents import chains
    >>> sorted(infer(list(chains("$y = A x + B$, $z = ABx$, $net_1 = y$"))).letters)
    ['ABx']
    """
    single: set[str] = set()
    runs: set[str] = set()
    indexed: set[str] = set()
    for found in _tokens(chains):
        for before, token, following in zip([found[-1], *found], found, found[1:], strict=False):
            if token.kind == "word" and not token.upright:
                raised = len(token.text) > 1 and before.text in ("_", "^")
                text = token.text[1:] if raised else token.text  # of ``x^TAx``, only T is above
                (single if len(text) == 1 else runs).add(text)
                if following.text in ("_", "\\_") or (following.kind == "number" and following.tight):
                    indexed.add(text)
    known = {*SPELLINGS, *EXTREMES}
    joined = {run for run in runs & indexed if len(run) == 2 and run[-1] in indexed}  # as m x_i without a space
    letters = {
        run
        for run in (runs - indexed | joined) - known
        if len(run) <= LONGEST_PRODUCT and set(run) <= single and not run.startswith("d")
    }
    parts = list(_tokens(chains))
    heads = {part[0].text for part in _tokens(chains, most=1) if _is_application(part)}
    functions = {letter for letter in heads if not any(letter in _inside(part, letter) for part in parts)}
    named = {word for part in parts for word in _primed(part)}
    members = [(part, not place) for chain in chains for place, part in enumerate(_tokens([chain]))]
    return Roles(
        functions=Roles().functions | functions | named | set(_defined_words(chains)),
        quantities=frozenset(heads - functions - Roles().functions),
        letters=frozenset(letters),
        labels=frozenset(_labels(chains)),
        layered=layered(members),
        scripts=frozenset(_scripts(chains)),
        bracketed=any(_has_layer(found) for found in _tokens(chains)),
    )


def _has_layer(found: list[Token]) -> bool:
    """Whether an index in brackets follows one below, as in ``a_i[l]``: it says which layer, the other which unit."""
    for place, token in enumerate(found):
        if token.text == "_" and place and found[place - 1].kind in ("word", "command"):
            after = found[_after(found, place + 1) :][:3]
            if [part.text for part in after[::2]] == ["[", "]"] and after[0].tight and after[1].kind == "word":
                return len(after[1].text) == 1
    return False


def _scripts(chains: Sequence[Chain]) -> set[str]:
    """Return the letters that some line defines in a script font and another line in an upright or slanted one."""
    heads = [part for chain in chains[:MOST_HEADS] for part in _tokens([chain], most=1)]
    script = {_letter(part[2:]) for part in heads if part[0].text in SCRIPTS and part[1].text == "{"}
    return (script & {_letter(part) for part in heads}) - {""}


def _letter(found: list[Token]) -> str:
    """Return the capital that a member consists of, but for its arguments."""
    rest = [token.text for token in found[1:] if token.text != "}"]
    whole = rest[:1] == [""] or (rest[:1] == ["("] and rest[-2:-1] == [")"])
    return found[0].text if whole and len(found[0].text) == 1 and found[0].text.isupper() else ""


def _primed(found: list[Token]) -> Iterator[str]:
    """Yield the words that are functions: what has a prime before a bracket, as ``act'(z)``, and named activations."""
    for place, token in enumerate(found):
        if token.kind == "word" and len(token.text) > 2 and token.text not in _READ_ANYWAY:
            end = _after(found, place + 2) if found[place + 1].text == "^" else place + 2
            primes = {part.text for part in found[place + 1 : end]} & {"'", "\\prime"}
            named = token.text.lower() in ACTIVATIONS and found[place + 1].text == "("
            if named or (primes and end < len(found) and found[end].text == "("):
                yield token.text


def _is_application(found: list[Token]) -> bool:
    """Whether a letter with one name or number in brackets is all that there is, but for what is above and below."""
    bare = _without_scripts(found)
    if len(bare) < 4 or bare[1].text != "(" or bare[-1].text != ")":
        return False
    inner = [token for token in bare[2:-1] if token.text not in _FONTED]
    letter = (bare[0].kind == "word" and len(bare[0].text) == 1) or bare[0].text in LETTERS
    return letter and len(inner) == 1 and inner[0].kind in ("word", "number", "command")


def _defined_words(chains: Iterable[Chain]) -> Iterator[str]:
    r"""Yield the upright words that a formula with their argument defines, as ``\mathrm{FFN}(x) = W x + b``."""
    for chain in chains:
        for head, body in pairwise(list(_tokens([chain]))[:2]):
            word, opens, argument, *rest = [token for token in head if token.text not in _FONTED] + [head[-1]] * 3
            applied = word.upright and opens.text == "(" and [token.text for token in rest[:2]] == [")", ""]
            if applied and argument.text in {token.text for token in body} and word.text not in _OWN:
                yield word.text


def _without_scripts(found: list[Token]) -> list[Token]:
    kept, place = [], 0
    while place < len(found):
        if found[place].text in ("_", "^"):
            place = _after(found, place + 1)
            continue
        if found[place].kind != "end":
            kept.append(found[place])
        place += 1
    return kept


def _inside(found: list[Token], letter: str) -> Iterator[str]:
    """Yield what stands in the brackets behind a letter; the letter itself for one with an index before a sum."""
    bare = _without_scripts(found)
    for place, (token, opening) in enumerate(pairwise(bare)):
        if token.text == letter and opening.text == "(":
            depth = 0
            for inner in bare[place + 1 :]:
                depth += (inner.text == "(") - (inner.text == ")")
                if depth == 0:
                    break
                yield letter if inner.text in ("+", "-") and token.end != opening.start else inner.text


def _labels(chains: Sequence[Chain]) -> set[str]:
    """Return the letters in superscripts that are counted, as in ``h_j^{n-1}``, and capitals in their place."""
    supers = [found for part in _tokens(chains) for found in _superscripts(part)]
    heads = {found[:2] for chain in chains for part in _tokens([chain], most=1) for found in _superscripts(part[:5])}
    steps = {
        (base, letter) for base, letter, counted, below in supers if counted and (below or (base, letter) in heads)
    }
    bases = {base for base, letter in steps}
    summed = {letter for part in _tokens(chains) for letter in _summed(part)}
    carried = {letter: {base for base, other, _, _ in supers if other == letter} for letter in summed}
    letters = {letter for _, letter in steps} | {letter for letter, found in carried.items() if len(found) > 1}
    named = {(base, letter) for base, letter, counted, below in supers if below and not counted} & heads
    several = Counter(base for base, _ in named)  # the h and o of a^h_j and a^o_k
    letters |= {letter for base, letter in named if several[base] > 1}
    shared = {base for base, letter, _, _ in supers if letter in letters}
    ends = {letter for base, letter, _, _ in supers if base in shared | bases and letter.isupper() and letter != "T"}
    return letters | ends if letters else set()


def _summed(found: list[Token]) -> Iterator[str]:
    """Yield each letter that a sum runs over."""
    for sign, low, opening, letter in zip(found, found[1:], found[2:], found[3:], strict=False):
        if sign.text == "\\sum" and low.text == "_" and opening.text == "{" and len(letter.text) == 1:
            yield letter.text


def _superscripts(found: list[Token]) -> Iterator[tuple[str, str, bool, bool]]:
    """Yield each letter in a superscript with its base, whether it is counted, and whether the base has an index."""
    base, below = "", False
    place = 0
    while place < len(found):
        token = found[place]
        if token.text == "_" and base:
            below, place = True, _after(found, place + 1)
            continue
        if token.text == "^" and base:
            end = _after(found, place + 1)
            inner = [part for part in found[place + 1 : end] if part.text not in ("{", "}")]
            under = below or (end < len(found) and found[end].text == "_")
            if inner and len(inner[0].text) == 1 and inner[0].kind == "word" and (under or base != "e"):
                counted = len(inner) == 3 and inner[1].text in ("+", "-") and inner[2].text.isdigit()
                if counted or len(inner) == 1:
                    yield base, inner[0].text, counted, under
            place = end
            continue
        base, below = (token.text, False) if token.kind in ("word", "command") else ("", False)
        place += 1


def _after(found: list[Token], place: int) -> int:
    """Return the place after what stands in braces, or after one token."""
    depth = 0
    while place < len(found):
        depth += (found[place].text == "{") - (found[place].text == "}")
        place += 1
        if depth == 0:
            break
    return place


def _tokens(chains: Iterable[Chain], *, most: int | None = None) -> Iterable[list[Token]]:
    for chain in chains:
        for member in chain.members[:most]:
            try:
                yield tokens(member.text)
            except ReadError:
                continue
