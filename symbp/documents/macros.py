"""Macros that a document defines for itself, and their expansion."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .places import SAME, Places, Weaver

LONGEST = 4000  # characters of the body of a macro, and of one expansion
DEEPEST = 20  # levels of macros within macros
MOST_UNCLOSED = 1000  # definitions without an end, after which no more are read
BUDGET = 4_000_000  # characters of all expansions of a document
_GAP = r"\s{0,20}"
_DEFINITION = re.compile(
    rf"\\(?P<how>newcommand|renewcommand|providecommand|DeclareMathOperator)\*?{_GAP}"
    rf"(?:\{{{_GAP}(?P<braced>\\[A-Za-z]+){_GAP}\}}|(?P<bare>\\[A-Za-z]+))"
    rf"{_GAP}(?:\[(?P<count>\d)\])?{_GAP}(?:\[(?P<default>[^\]\n]{{0,200}})\])?{_GAP}\{{"
    rf"|\\def{_GAP}(?P<defined>\\[A-Za-z]+){_GAP}(?P<parameters>(?:#\d)*){_GAP}\{{"
)
_COMMAND = re.compile(r"\\[A-Za-z]+")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_ARGUMENT = re.compile(r"\s*(?:(\{)|(\\[A-Za-z]+|\\.|[^\s{}]))", re.DOTALL)
_PARAMETER = re.compile(r"#(\d)")


@dataclass(frozen=True, slots=True)
class Macro:
    """What a command stands for: ``#1`` in the body is its first argument, which may have a default.

    ``braced`` where it is only taken for this macro when its first argument stands in braces.
    """

    body: str
    count: int = 0
    default: str | None = None
    braced: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A macro and where it is defined."""

    name: str
    macro: Macro
    start: int
    end: int
    weak: bool = False


def definitions(text: str) -> Iterator[Definition]:
    """Yield the macros that a text defines.

    >>> [(found.name, found.macro.body) for found in definitions(r"$\\newcommand{\\half}[1]{\\frac{#1}{2}}$")]
    [('\\\\half', '\\\\frac{#1}{2}')]
    """
    unclosed = 0
    for match in _DEFINITION.finditer(text):
        end = closing(text, match.end())
        unclosed += end is None
        if unclosed > MOST_UNCLOSED:
            return
        line = text[max(0, match.start() - 200) : match.start()].rpartition("\n")[2]
        if end is None or re.search(r"(?<!\\)%", line):
            continue
        body = text[match.end() : end - 1]
        if match["how"] == "DeclareMathOperator":
            body = rf"\operatorname{{{body}}}"
        count = int(match["count"] or 0) or (match["parameters"] or "").count("#")
        name = match["braced"] or match["bare"] or match["defined"]
        yield Definition(
            name, Macro(body, count, match["default"]), match.start(), end, match["how"] == "providecommand"
        )


def table(found: Iterator[Definition] | list[Definition]) -> dict[str, Macro]:
    """Return macros by name; a later definition replaces an earlier one."""
    macros: dict[str, Macro] = {}
    for definition in found:
        if not (definition.weak and definition.name in macros):
            macros[definition.name] = definition.macro
    return macros


def closing(text: str, place: int, reach: int = LONGEST) -> int | None:
    """Return the place after the brace that closes a group begun before a place; None where it is too far."""
    depth = 1
    for match in _BRACE.finditer(text, place, place + reach):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if depth == 0:
            return match.end()
    return None


class Expander:
    """Expands the macros of one document, within a budget."""

    def __init__(self, macros: Mapping[str, Macro]) -> None:
        self._macros = macros
        self._left = BUDGET

    def expanded(self, text: str) -> tuple[str, Places]:
        """Return a text with its macros expanded and their definitions left out, and its places in the text.

        >>> Expander({"\\\\pair": Macro("(#1, #2)", 2)}).expanded(r"x = \\pair{a}b")[0]
        'x = (a, b)'
        """
        if not self._macros:
            return text, SAME
        weaver = Weaver(text)
        at = 0
        defined = {found.start: found.end for found in definitions(text)}
        for match in _COMMAND.finditer(text):
            if match.start() < at:
                continue
            if match.start() in defined:
                at = defined[match.start()]
                weaver.put("{}", match.start(), end=at)  # so that dollars around it stay a pair
            elif match.group() in self._macros and (call := self._call(text, match)) is not None:
                body = self._deep(call[0], text[call[1] : call[1] + 1].isalpha())
                if body is not None:  # else it never ends, and stays as it is
                    at = call[1]
                    weaver.put(body, match.start(), end=at)
        return weaver.woven()

    def _deep(self, text: str, guarded: bool) -> str | None:
        for _ in range(DEEPEST):
            flat = self._flat(text)
            if flat is None:
                return None
            if flat == text:
                break
            text = flat
        else:
            return None
        # a body that ends in a command must not run into a letter after it
        return f"{text} " if guarded and _COMMAND.search(text[-40:]) and text[-1:].isalpha() else text

    def _flat(self, text: str) -> str | None:
        parts: list[str] = []
        at = 0
        for match in _COMMAND.finditer(text):
            if match.start() >= at and match.group() in self._macros and (call := self._call(text, match)):
                parts += [text[at : match.start()], call[0]]
                at = call[1]
        flat = "".join(parts) + text[at:]
        self._left -= len(flat)
        return flat if len(flat) <= LONGEST and self._left > 0 else None

    def _call(self, text: str, match: re.Match[str]) -> tuple[str, int] | None:
        """Return the body of a macro with its arguments put in, and where the call ends; None if it cannot be."""
        macro = self._macros[match.group()]
        given: list[str] = []
        at = match.end()
        if self._left <= 0 or (macro.braced and text[at : at + 1] != "{"):
            return None
        if macro.default is not None:
            option = re.compile(r"\s{0,20}\[([^\]\n]{0,200})\]").match(text, at)
            given.append(option[1] if option else macro.default)
            at = option.end() if option else at
        while len(given) < macro.count:
            argument = _ARGUMENT.match(text, at)
            end = closing(text, argument.end()) if argument and argument[1] else argument and argument.end()
            if argument is None or not end:
                self._left -= LONGEST  # looking for its end is work too
                return None
            given.append(text[argument.end() : end - 1] if argument[1] else argument[2])
            at = end
        body = _PARAMETER.sub(lambda found: given[int(found[1]) - 1] if int(found[1]) <= len(given) else "", macro.body)
        self._left -= len(body)
        return (body, at) if len(body) <= LONGEST else None
