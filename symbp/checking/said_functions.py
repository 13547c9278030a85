"""Which activation a text says in words that a letter is: ``where $f$ is the sigmoid function``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ..documents import Chain
from ..formulas import ReadError, key, read
from .identified import CANDIDATES
from .knowledge import Defined

_WORDS = {
    "sigmoid": r"(?i:\b(?:log-?)?sigm[oó]id\w*|\blogisti(?:c|que)\b(?! (?:regression|loss))|\blogistische\w* Funktion"
    r"|сигмоид\w*|логистическ\w+ функци\w+|シグモイド|시그모이드|\bsigmoïde\w*)",
    "tanh": r"(?i:\btanh\b|\bhyperbolic tangent|\btangens hyperbolicus"
    r"|\btangente? (?:hyperbolique|hiperb[oó]lica|iperbolica)|双曲正切|雙曲正切|双曲線正接"
    r"|гиперболическ\w+ тангенс\w*)",
    "relu": r"(?i:\brelu\b|\brectified linear|\brectifier\b|整流线性|整流線形)",
}
_APPLIED = r"(?:\s*\(\s*(?:\\cdot|[a-z])\s*\))?"
_ONE = rf"(?:\$\s*\\?[A-Za-z]\w*{_APPLIED}\s*\$|\\\(\s*\\?[A-Za-z]\w*{_APPLIED}\s*\\\))"
_GAP = r"[^$\\.;:!?。；：\n]"
_NOUN = r"\s*(?i:(?:activation|non-?linearity|\w*funktion|\w*aktivierung|fun[cç](?:tion|ión|ão)|fonction|функция"
_NOUN += r"|函数|函數|関数|함수)\s*){0,2}[,(:]?\s*"
_USE = r"(?<![A-Za-z\\]){}(?![A-Za-z])(\s*(?:'|\^\{{?\\prime\}}?)?\s*(?:\\left)?\s*\()?"
_MAYBE = re.compile(
    r"(?i)\b(?:not|never|no|non|may|might|could|can|kann|peut|puede|pode|nicht|kein\w*|pas|não|не|or|oder|ou|o|или"
    r"|if|wenn|si|se|e\.g|such as|like|for example|for instance|say|often|usually|typically|z\. ?B|zum Beispiel"
    r"|por ejemplo|par exemple|por exemplo|например|any)\b"
    r"|不|或|例如|比如|譬如|可以|通常|一般|たとえば|例えば|または|예를 들어"
)


def said_functions(text: str) -> Mapping[str, Defined]:
    """Return the letters that a document says to be an activation, each with what that is of its argument.

    >>> from symbp.formulas import latex
    >>> said = said_functions("Here $f$ is the sigmoid function; $g$ may be tanh.")
    >>> {name: latex(one.body) for name, one in said.items()}
    {'f': '\\\\mathrm{sigmoid}(x)'}
    """
    found: dict[str, set[str]] = {}
    for sentence in re.split(r"(?<!e\.g\.)(?<!i\.e\.)(?<=[.;!?])\s|[。；！？]|\n\s*\n", text):
        for letter, kind in _said(sentence):
            found.setdefault(letter, set()).add(kind)
    return {letter: Defined(("x",), CANDIDATES[kinds.pop()]) for letter, kinds in found.items() if len(kinds) == 1}


def always_applied(letters: Iterable[str], chains: Iterable[Chain]) -> frozenset[str]:
    """Return the letters that stand before brackets wherever they stand: each is a function there, and no factor."""
    texts = [member.text for chain in chains for member in chain.members]
    found = {
        letter: [use[1] for text in texts for use in re.finditer(_USE.format(re.escape(letter)), text)]
        for letter in letters
    }
    return frozenset(letter for letter, uses in found.items() if uses and all(uses))


def _said(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield the letters that a sentence says to be an activation, where it names but one of these."""
    kinds = [kind for kind, word in _WORDS.items() if re.search(word, sentence)]
    for kind in kinds if len(kinds) == 1 else ():
        word = _WORDS[kind]
        for pattern in (rf"({_ONE}){_GAP}{{0,30}}?\$?\\?{word}", rf"{word}{_NOUN}({_ONE})"):
            for match in re.finditer(pattern, sentence):
                if not _MAYBE.search(re.sub(r"\$[^$]*\$", "$", sentence[: match.end()])):
                    yield _letter(match[1]), kind


def _letter(text: str) -> str:
    """Return the function that is printed, with or without an argument."""
    bare = re.split(r"\\?\(\s*(?:\\cdot|[a-z])\s*\\?\)", text.strip("$ ").removeprefix("\\(").removesuffix("\\)"))[0]
    try:
        return key(read(bare.strip()))
    except ReadError:
        return ""
