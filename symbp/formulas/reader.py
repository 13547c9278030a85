"""The reader: a precedence climber over the construct table. What it does not understand it refuses, with the place."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from .constructs import AT, BARS, INFIX, OPERAND, STOPS, TIGHT, Construct
from .enclosing import CONDITIONS
from .functions import FUNCTION_LETTERS
from .lost import restored
from .ones import without_lone_ones
from .patterns import continued
from .tokens import LOOSEST, ReadError, Token, tokens
from .tree import Node, Opaque, depth

_T = TypeVar("_T")
DEEPEST = 120  # brackets, fractions, exponents and indices within one another


@dataclass(frozen=True, slots=True)
class Roles:
    """What a document uses its symbols for.

    Attributes:
        functions: bases of names that are functions, such as ``f`` in ``f(z)``.
        quantities: letters that are defined with their argument, as ``y(x) = ...``, and stand before factors too.
        letters: letter runs that are products of one-letter names.
        labels: letters that are no exponents but say which layer or step, such as ``n`` in ``h_j^{n-1}``.
        layered: bases of names on which a digit above says which layer, as in ``z^2 = W^2 a^1``.
        scripts: letters that in a script font are other names than without.
        plain: the text is plain, not TeX: ``net_h1`` is one name.
        bracketed: one index in brackets behind a name says which layer or step, as in ``a_i[l]``, and not which entry.
    """

    functions: frozenset[str] = FUNCTION_LETTERS
    quantities: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    layered: frozenset[str] = frozenset()
    scripts: frozenset[str] = frozenset()
    plain: bool = False
    bracketed: bool = False


class Reader:
    """One formula being read: the tokens, and how far they are understood."""

    def __init__(self, text: str, roles: Roles) -> None:
        self.text = text
        self.roles = roles
        self.tokens = restored(tokens(text))
        self.place = 0
        self.depth = 0
        self.bars = 0  # bars that are open: the next one closes
        self.cases = 0  # environments of cases that are open: the word "if" ends a value

    @property
    def here(self) -> Token:
        """The next token."""
        return self.tokens[self.place]

    @property
    def end(self) -> int:
        """Where the last token ends that was read."""
        return self.tokens[self.place - 1].end if self.place else 0

    def ahead(self, steps: int = 1) -> Token:
        """Return a later token without reading it."""
        return self.tokens[min(self.place + steps, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Read the next token."""
        token = self.here
        if token.kind != "end":
            self.place += 1
        return token

    def skip(self, *texts: str) -> Token | None:
        """Read the next token if it is one of these."""
        return self.take() if self.here.text in texts and self.here.kind != "end" else None

    def expect(self, text: str, why: str) -> Token:
        """Read a token that must come now."""
        if self.here.text != text:
            raise self.refuse(f"{text} expected {why}")
        return self.take()

    def refuse(self, message: str, token: Token | None = None) -> ReadError:
        """Return the error that says what is not understood, and where."""
        token = token or self.here
        found = f"{token.text[:40]!r}" if token.kind != "end" else "the end of the formula"
        return ReadError(f"{message}, found {found}", (token.start, token.end))

    def deeper(self) -> None:
        """Count one more level of nesting; whoever calls it takes it off ``depth`` again."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refuse("nested too deeply")

    def expression(self, power: int = LOOSEST) -> Node:
        """Read the longest formula whose operators all bind tighter than ``power``."""
        self.deeper()
        start = self.here.start
        left = self.extended(self._operand(), start, power)
        self.depth -= 1
        return left

    def extended(self, left: Node, start: int, power: int) -> Node:
        """Read what continues an operand, as far as its operators bind tighter than ``power``."""
        while (row := self._continuation()) is not None and row.power > power:
            assert row.extend is not None
            left = self._placed(row.extend(self, left), start)
        return left

    def attempt(self, reading: Callable[[], _T]) -> _T | None:
        """Read something if it can be understood; else go back to where it began, and return nothing."""
        state = self.place, self.depth, self.bars, self.cases
        try:
            return reading()
        except ReadError:
            self.place, self.depth, self.bars, self.cases = state
            return None

    def starts_operand(self) -> bool:
        """Whether what comes next can begin an operand that is not added or subtracted."""
        token = self.here
        known = token.text in OPERAND or f"<{token.kind}>" in OPERAND
        closes = token.text in STOPS or (token.text in BARS and self.bars > 0)
        return known and not closes and token.text not in ("+", "-") and token.text not in INFIX

    def argument(self) -> Node:
        """Read what a TeX command takes: a group in braces, or one character; in plain text a whole number."""
        if self.skip("{"):
            body = self.expression()
            self.expect("}", "to close the brace")
            return body
        if self.here.kind == "number" and len(self.here.text) > 1 and not self.roles.plain:
            first, rest = self.here.text[0], self.here.text[1:]
            self.tokens[self.place] = replace(self.here, text=rest, start=self.here.start + 1)
            self.tokens.insert(self.place, replace(self.here, text=first, end=self.here.start))
        self.deeper()
        operand = self._operand()
        self.depth -= 1
        return operand

    def _operand(self) -> Node:
        token = self.here
        row = OPERAND.get(token.text) if token.kind != "end" and not token.upright else None
        row = row or OPERAND.get(f"<{token.kind}>")
        if row is None or row.start is None:
            raise self.refuse("an operand expected")
        return self._placed(row.start(self), token.start)

    def _continuation(self) -> Construct | None:
        token = self.here
        if token.text in STOPS or (token.text in BARS and self.bars):
            return None
        if self.cases and token.kind == "word" and token.text in CONDITIONS:
            return None
        if token.text == "|" and self.ahead().text in ("_", "^"):
            return INFIX[AT]
        row = INFIX.get(token.text)
        if row is None and (token.text in OPERAND or f"<{token.kind}>" in OPERAND):
            return INFIX[TIGHT]
        return row

    def _placed(self, node: Node, start: int) -> Node:
        end = self.end if self.place else start
        if isinstance(node, Opaque) and not node.text:
            return replace(node, text=self.text[start:end], span=(start, end))
        return replace(node, span=(start, end))


def read(text: str, roles: Roles | None = None) -> Node:
    """Return the formula that a text shows.

    Example:
        >>> read(r"\\frac{1}{2}(t - o)^2").signs
        ('',)

    Raises:
        ReadError: a part is not understood; its ``span`` and text say which. Nothing is half-read.
    """
    reader = Reader(text, roles or Roles())
    try:
        node = reader.expression()
    except ReadError as error:
        last = reader.tokens[-2:-1]
        if reader.here.kind == "end" and last and last[0].text in ("*", "\\cdot", "\\times") and last[0].start:
            with suppress(ReadError):
                error.understood = read(text[: last[0].start], roles)
        raise
    if reader.here.kind != "end":
        raise reader.refuse("an operator or the end expected")
    if depth(node) > DEEPEST:
        raise ReadError("nested too deeply", (0, len(text)))
    return without_lone_ones(continued(node))
