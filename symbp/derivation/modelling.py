"""The derivation of a model on either level: for all values of its letters, or quantity by quantity at small sizes."""

from collections.abc import Sequence
from dataclasses import replace

from sympy import Symbol

from ..errors import ImpossibleError, InputError, UnsupportedError, nearest
from ..formulas import Name, Number, ReadError, key, read
from ..graphs.families import place
from .derivation import Derivation
from .engine import derivation
from .families import family_derivation
from .models import Model, target


def model_derivation(of: Model, wrt: Sequence[str] | None = None, *, level: str = "index") -> Derivation:
    """Derive the gradients of a model.

    Example:
        >>> from symbp.derivation.models import model
        >>> derived = model_derivation(model("bptt"), ["b_1"], level="unit")
        >>> sum(1 for equation in derived.equations if equation.topic == "gradient")
        1

    Args:
        of: the model.
        wrt: names to differentiate by; those that its file names by default.
        level: ``index``: for all values of its letters; ``unit``: each quantity by itself, at the sizes of its file.

    Raises:
        InputError: it has no such name.
        UnsupportedError: there is no such level of a model.
        ImpossibleError: its output does not depend on what is named.
    """
    if level == "index":
        return family_derivation(of, None if wrt is None else tuple(target(of, name) for name in wrt))
    if level != "unit":
        raise UnsupportedError(f"level {level!r} is for networks of layers: a model has the levels 'index' and 'unit'")
    graph = of.graph.unit
    names = {symbol: _name(of, symbol) for symbol in graph.order}
    bases = {base for base, _ in of.wrt}
    wanted = [s for s in graph.leaves if place(s)[0] in bases] if wrt is None else [_single(n, names, of) for n in wrt]
    if not wanted:
        raise ImpossibleError(f"{of.name}: its output depends on nothing that it is differentiated by")
    return replace(derivation(graph, wanted), about=of.description, names=names)


def _name(of: Model, symbol: Symbol) -> Name:
    base, indices = place(symbol)
    return of.named(base, tuple(Number(str(index)) for index in indices))


def _single(text: str, names: dict[Symbol, Name], of: Model) -> Symbol:
    try:
        spelt = key(read(text))
    except ReadError as error:
        raise InputError(f"{text!r} is no name: {error}") from None
    known = {key(name): symbol for symbol, name in names.items()}
    if spelt not in known:
        raise InputError(f"{of.name} has no {text!r} at its small sizes{nearest(spelt, list(known))}")
    return known[spelt]
