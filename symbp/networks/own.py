"""A user's own activation or loss, as text, Python function or sympy Lambda: read as an expression, never run."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import sympy
from sympy import Expr

from ..errors import InputError, nearest
from .activations import Activation, step, x
from .losses import Loss, o, t

Own = str | Callable[..., Any]  # a sympy Lambda can be called too
LONGEST, MOST_PARTS, LARGEST_POWER = 2000, 200, 64
_FUNCTIONS: Mapping[str, Callable[..., Expr]] = MappingProxyType(
    {
        **{name: getattr(sympy, name) for name in ("exp", "log", "tanh", "sqrt", "sin", "cos", "sinh", "cosh", "erf")},
        **dict.fromkeys(("max", "maximum", "Max"), sympy.Max),
        **dict.fromkeys(("min", "minimum", "Min"), sympy.Min),
        **dict.fromkeys(("abs", "absolute", "fabs", "Abs"), sympy.Abs),
        "sigmoid": lambda a: 1 / (1 + sympy.exp(-a)),
        "square": lambda a: a**2,
    }
)
_CONSTANTS: Mapping[str, Expr] = MappingProxyType({"pi": sympy.pi, "e": sympy.E, "E": sympy.E})
_OPERATORS: Mapping[type, Callable[[Expr, Expr], Expr]] = MappingProxyType(
    {
        ast.Add: lambda a, b: a + b,
        ast.Sub: lambda a, b: a - b,
        ast.Mult: lambda a, b: a * b,
        ast.Div: lambda a, b: a / b,
    }
)
_RELATIONS: Mapping[type, Callable[[Expr, Expr], Any]] = MappingProxyType(
    {ast.Gt: sympy.Gt, ast.GtE: sympy.Ge, ast.Lt: sympy.Lt, ast.LtE: sympy.Le}
)


def is_own(name: str, argument: str) -> bool:
    """Whether a name is an expression instead: its argument stands in it.

    >>> is_own("x / (1 + abs(x))", "x"), is_own("relu", "x")
    (True, False)
    """
    return re.search(rf"\b{argument}\b", name) is not None


def own_activation(text: str) -> Activation:
    """Return the record of an expression in x.

    >>> own_activation("x * sigmoid(x)").derivative.subs(x, 0)
    1/2

    Raises:
        InputError: it is no such expression.
    """
    formula = _read(text, {"x": x})
    return Activation(text, formula, _slope(formula, x), formula, "the user's own")


def own_loss(text: str) -> Loss:
    """Return the record of an expression in the target t and the output o, added up over the units.

    >>> own_loss("(t - o)**4").derivative
    -4*(-o + t)**3

    Raises:
        InputError: it is no such expression.
    """
    formula = _read(text, {"t": t, "o": o})
    if o not in formula.free_symbols:
        raise InputError(f"{text!r}: a loss depends on the output o")
    return Loss(text, formula, _slope(formula, o), "sum", "the user's own")


def _slope(formula: Expr, by: sympy.Symbol) -> Expr:
    """Return a derivative; that of a kink is 0 or 1 on each side."""
    slope = sympy.diff(formula, by).replace(sympy.sign, lambda a: step(a > 0) - step(a < 0))
    return slope.replace(sympy.Heaviside, lambda a, *_: step(a > 0))


def named(own: Own, arguments: tuple[str, ...]) -> str:
    """Return a record as text: its name, or an expression in arguments of these names.

    >>> named(sympy.Lambda(sympy.Symbol("z"), sympy.Symbol("z") ** 3), ("x",))
    'x**3'

    Raises:
        InputError: it is no single expression, or something in it is not known.
    """
    if isinstance(own, str):
        return own
    symbols = {"x": x, "t": t, "o": o}
    values = [symbols[name] for name in arguments]
    if isinstance(own, sympy.Lambda):
        if len(own.signature) != len(arguments):
            raise InputError(f"{own}: {len(arguments)} arguments are meant, {', '.join(arguments)}")
        return str(own.expr.xreplace(dict(zip(own.signature, values, strict=True))))
    if not callable(own):
        raise InputError(f"a {type(own).__name__} is no function: give a name, a Python function or a sympy Lambda")
    parameters, statements = _source(own)
    if len(parameters) != len(arguments):
        raise InputError(f"{own.__name__} has {len(parameters)} arguments: {', '.join(arguments)} are meant")
    return str(_Reading(own.__name__, dict(zip(parameters, values, strict=True))).body(statements))


def _source(function: Callable[..., Any]) -> tuple[list[str], list[ast.stmt]]:
    """Return the parameters of a function and what it does, from its source."""
    name = getattr(function, "__name__", "the function")
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        raise InputError(f"{name}: its source cannot be read: give an expression as text instead") from None
    kinds = ast.Lambda if name == "<lambda>" else ast.FunctionDef
    found = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    if len(found) != 1:
        raise InputError(f"{name}: several functions stand on its line: give one a name of its own")
    parameters = [argument.arg for argument in found[0].args.args]
    body = found[0].body
    return parameters, body if isinstance(body, list) else [ast.Return(body)]


def _read(text: str, known: Mapping[str, Expr]) -> Expr:
    if len(text) > LONGEST:
        raise InputError(f"an expression of {len(text)} characters: at most {LONGEST} are read")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InputError(f"{text!r} is no expression in {' and '.join(known)}") from None
    return _Reading(repr(text), dict(known)).value(tree.body)


class _Reading:
    """One function being read: what its names stand for."""

    def __init__(self, where: str, known: dict[str, Expr]) -> None:
        self.where, self.known, self.parts = where, known, 0

    def body(self, statements: list[ast.stmt]) -> Expr:
        """Return what a function returns: names are given values, then one expression is returned."""
        for statement in statements:
            if isinstance(statement, ast.Return) and statement.value is not None:
                return self.value(statement.value)
            if isinstance(statement, ast.Assign) and isinstance(target := statement.targets[0], ast.Name):
                self.known[target.id] = self.value(statement.value)
            elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
                raise self._wrong(f"a {type(statement).__name__.lower()} statement is no part of an expression")
        raise self._wrong("it returns nothing")

    def value(self, node: ast.expr) -> Expr:
        """Return the meaning of an expression."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise self._wrong(f"more than {MOST_PARTS} parts")
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return sympy.Rational(str(node.value))
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            return -self.value(node.operand) if isinstance(node.op, ast.USub) else self.value(node.operand)
        if isinstance(node, ast.BinOp):
            return self._operation(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.IfExp):
            return sympy.Piecewise((self.value(node.body), self._condition(node.test)), (self.value(node.orelse), True))
        raise self._wrong(f"a {type(node).__name__.lower()} is no part of an expression")

    def _name(self, name: str) -> Expr:
        if name in self.known:
            return self.known[name]
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        raise self._wrong(f"{name!r} is not known{nearest(name, list(self.known))}")

    def _operation(self, node: ast.BinOp) -> Expr:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Pow):
            if right.is_number and abs(right) > LARGEST_POWER:
                raise self._wrong(f"a power above {LARGEST_POWER}")
            return left**right
        if type(node.op) not in _OPERATORS or (isinstance(node.op, ast.Div) and right == 0):
            raise self._wrong("a division by 0" if type(node.op) in _OPERATORS else "an operator that is not known")
        return _OPERATORS[type(node.op)](left, right)

    def _call(self, node: ast.Call) -> Expr:
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name == "Piecewise":
            return sympy.Piecewise(*(self._case(case) for case in node.args))
        if name not in _FUNCTIONS or node.keywords:
            raise self._wrong(f"the function {name!r} is not known{nearest(name, list(_FUNCTIONS))}")
        try:
            return _FUNCTIONS[name](*map(self.value, node.args))
        except TypeError:
            raise self._wrong(f"{name} of {len(node.args)} arguments") from None

    def _case(self, node: ast.expr) -> tuple[Expr, Any]:
        if not isinstance(node, ast.Tuple) or len(node.elts) != 2:
            raise self._wrong("a case is a value and a condition")
        value, condition = node.elts
        always = isinstance(condition, ast.Constant) and condition.value is True
        return self.value(value), True if always else self._condition(condition)

    def _condition(self, node: ast.expr) -> Any:
        if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in _RELATIONS:
            raise self._wrong("a condition is one comparison by <, <=, > or >=")
        return _RELATIONS[type(node.ops[0])](self.value(node.left), self.value(node.comparators[0]))

    def _wrong(self, what: str) -> InputError:
        return InputError(f"{self.where}: {what}")
