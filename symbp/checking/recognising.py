"""Finds the network of a document by walking its definitions from the loss to the inputs, whatever their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import sympy
from sympy import Expr, Symbol

from ..formulas import key
from .expressing import Expressions, expressions
from .fitting import activation, arguments, fits, joint_activation, target, terms, without_second_names
from .knowledge import Knowledge
from .recognised import Recognised, Sharing, Unit, share

MOST_LAYERS = 20
MOST_JOINED = 12  # units of a layer that one activation joins
TRAINED = frozenset({"w", "W", "v", "V", "u", "U", "\\theta", "\\Theta", "\\omega"})  # where nothing else tells


@dataclass(frozen=True, slots=True)
class _Form:
    """How one unit is computed: its activation, the symbol of its net, and the products and single terms of that."""

    activation: str | None
    net: Symbol | None
    products: tuple[tuple[Symbol, Symbol], ...]
    singles: tuple[Symbol, ...]


@dataclass(frozen=True, slots=True)
class _Loss:
    """The loss: its symbol, its record with what that is multiplied by, and the outputs with their targets."""

    symbol: Symbol
    name: str
    factor: Fraction
    outputs: tuple[Symbol, ...]
    targets: tuple[Symbol | None, ...]


@dataclass(frozen=True, slots=True)
class _Layer:
    """The units of one layer: by symbol the weights and inputs, and the bias."""

    activation: str | None
    pairs: Mapping[Symbol, tuple[tuple[Symbol, Symbol], ...]]
    biases: Mapping[Symbol, Symbol | None]

    @property
    def inputs(self) -> set[Symbol]:
        return {source for pairs in self.pairs.values() for _, source in pairs}

    def bias_kind(self, units: int) -> Sharing | None:
        """Return how the units share their biases; nothing where there is only one unit to tell from."""
        found = list(self.biases.values())
        if not any(found):
            return "none"
        if len(found) < units:
            return "unknown"
        if len(found) == 1:
            return None
        distinct = len(set(found))
        return "shared" if distinct == 1 else "unit" if distinct == len(found) and all(found) else "mixed"


def recognise(knowledge: Knowledge, *, trained: Iterable[str] = (), rate: Decimal | None = None) -> Recognised | None:
    """Return the network that a document describes; nothing where its definitions make no layered network.

    Args:
        knowledge: what the document defines.
        trained: names that are updated, so weights and biases.
        rate: the learning rate.
    """
    return _Walk(expressions(knowledge), knowledge, frozenset(trained)).recognised(rate)


class _Walk:
    def __init__(self, found: Expressions, knowledge: Knowledge, trained: frozenset[str]) -> None:
        self.names, self.values = found.names, found.values
        self.nodes = found.nodes
        self.definitions = without_second_names(found.definitions)
        differentiated = {by for pairs in knowledge.differentiated.values() for by in pairs}
        self.trained = {symbol for symbol, name in self.names.items() if name.partition("[")[0] in trained}
        self.slopes = {symbol for symbol, name in self.names.items() if name.partition("[")[0] in differentiated}
        self.objectives = {name: sum(by.values()) for name, by in knowledge.differentiated.items()}
        self._forms: dict[Symbol, _Form | None] = {}

    def recognised(self, rate: Decimal | None) -> Recognised | None:
        loss = self._loss()
        outputs = loss.outputs if loss else self._last()
        levels = self._layers(outputs)
        if levels is None or (loss is None and {layer.activation for _, layer in levels if layer} == {"identity"}):
            return None
        layers = [(current, layer) for current, layer in levels if layer is not None]
        return Recognised(
            tuple(self._units(*level) for level in reversed(levels)),
            tuple(layer.activation for _, layer in reversed(layers)),
            loss.name if loss else None,
            self.names[loss.symbol] if loss else None,
            tuple(self.names[t] if t is not None else None for t in loss.targets) if loss else (),
            loss.factor if loss else Fraction(1),
            _bias({layer.bias_kind(len(current)) for current, layer in layers}),
            rate,
            {self.names[symbol]: number for symbol, number in self.values.items()},
        )

    def _order(self, symbols: Iterable[Symbol]) -> list[Symbol]:
        return sorted(symbols, key=lambda symbol: _natural(self.names[symbol]))

    def form(self, symbol: Symbol) -> _Form | None:
        """Return how a unit is computed; nothing for what is no unit."""
        if symbol not in self._forms:
            expression = self.definitions.get(symbol)
            self._forms[symbol] = None if expression is None else self._form(expression, symbol)
        return self._forms[symbol]

    def _form(self, expression: Expr, symbol: Symbol) -> _Form | None:
        sums = terms(expression)
        if sums is not None:
            return _Form("identity", symbol, *sums)
        for argument in arguments(expression):
            name = activation(expression, argument)
            inner = self.definitions.get(argument) if argument.is_Symbol else argument
            sums = None if inner is None else terms(inner)
            if name is not None and (sums is not None or argument.is_Symbol):
                net = argument if argument.is_Symbol else None
                return _Form(None if name == "unknown" else name, net, *(sums or ((), ())))
        return self._joint(expression)

    def _joint(self, expression: Expr) -> _Form | None:
        """Return a unit whose activation joins all net inputs of its layer, as a softmax does."""
        nets = self._order(expression.free_symbols)
        found = joint_activation(expression, nets) if 1 < len(nets) <= MOST_JOINED else None
        if found is None:
            return None
        name, net = found
        sums = terms(self.definitions[net]) if net in self.definitions else None
        return _Form(name, net, *(sums or ((), ())))

    def _loss(self) -> _Loss | None:
        """Return the loss: what is differentiated most of all that join outputs with targets."""
        found = [
            loss
            for symbol in self.definitions
            if self.form(symbol) is None and (loss := self._as_loss(symbol)) is not None
        ]
        return max(found, key=self._prominence, default=None)

    def _prominence(self, loss: _Loss) -> tuple[int, int]:
        return len(loss.outputs), self.objectives.get(self.names[loss.symbol].partition("[")[0], 0)

    def _as_loss(self, symbol: Symbol) -> _Loss | None:
        expression = self.definitions[symbol]
        for _ in range(MOST_LAYERS):
            inner = [s for s in expression.free_symbols if s in self.definitions and self.form(s) is None]
            if not inner:
                break
            expression = expression.xreplace({s: self.definitions[s] for s in inner})
        outputs = self._order(s for s in expression.free_symbols if self.form(s) is not None)
        targets = [target(expression, output) for output in outputs]
        if not outputs or any(target is None or target in self.definitions for target in targets):
            return None
        rest = self._others(expression, outputs, [target for target in targets if target is not None])
        found = [fits(expression, one, aim) for one, aim in zip(outputs, targets, strict=True) if aim is not None]
        common = {name: factor for name, factor in found[0].items() if all(fit.get(name) == factor for fit in found)}
        if rest is None or not common:
            return None
        count = len(outputs) + len(rest)
        name = next((n for n, factor in common.items() if factor == share(n, count)), next(iter(common)))
        others = [self._sibling(outputs[0], error) or error for error in rest]
        unknown = [self._sibling(targets[0], error) for error in rest]
        return _Loss(symbol, name, common[name], (*outputs, *others), (*targets, *unknown))

    def _sibling(self, known: Symbol | None, error: Symbol) -> Symbol | None:
        """Return what has the name of a known output or target with the index of another error."""
        if known is None or error not in self.nodes or known not in self.nodes:
            return None
        name = key(replace(self.nodes[known], sub=self.nodes[error].sub))
        return next((symbol for symbol, other in self.names.items() if other == name), None)

    def _others(self, expression: Expr, outputs: list[Symbol], targets: list[Symbol]) -> list[Symbol] | None:
        """Return the symbols of further errors whose formula the document leaves to its reader."""
        rest = expression.free_symbols - {*outputs, *targets}
        joined = sympy.Add(*rest)
        beside = expression.xreplace({symbol: sympy.Integer(0) for symbol in rest})
        return self._order(rest) if sympy.expand(expression - beside - joined) == 0 else None

    def _last(self) -> tuple[Symbol, ...]:
        """Return the outputs where there is no loss: the units of one kind that feed no other."""
        units = {symbol: form for symbol in self.definitions if (form := self.form(symbol)) is not None}
        used = {part for symbol in units for part in self.definitions[symbol].free_symbols}
        used |= {part for form in units.values() if form.net for part in (form.net,)}
        last = [s for s, form in units.items() if s not in used and form.activation != "identity" and form.products]
        kinds = {self._kind(symbol) for symbol in last}
        return tuple(self._order(last)) if len(kinds) == 1 else ()

    def _kind(self, symbol: Symbol) -> str:
        """Return the name of a quantity without its indices."""
        node = self.nodes.get(symbol)
        return self.names[symbol] if node is None else replace(node, sub=()).spelt

    def _layers(self, outputs: tuple[Symbol, ...]) -> list[tuple[list[Symbol], _Layer | None]] | None:
        """Return the units of each layer with what is known of them, outputs first; the inputs have nothing."""
        found: list[tuple[list[Symbol], _Layer | None]] = []
        seen: set[Symbol] = set()
        current = list(outputs)
        while current and len(found) < MOST_LAYERS and seen.isdisjoint(current):
            seen |= set(current)
            forms = {symbol: form for symbol in current if (form := self.form(symbol)) is not None}
            if not forms:
                kinds, inner = {self._base(s) for s in current}, {self._base(s) for s in seen - set(current)}
                found.append((current, None))
                return found if len(found) > 1 and (len(kinds) == 1 or kinds.isdisjoint(inner)) else None
            layer = self._layer(forms)
            strangers = {self._kind(s) for s in current if s not in forms} - {self._kind(s) for s in forms}
            if layer is None or (strangers and found) or not self._has_sizes(layer):
                return None
            found.append((current, layer))
            current = self._order(layer.inputs)
        return None

    def _has_sizes(self, layer: _Layer) -> bool:
        """Whether its units are numbers: a lone product may be of arrays, unless a factor of it is a number."""
        if len(layer.pairs) > 1:
            return True
        plain = (pairs for pairs in layer.pairs.values() if len(pairs) == 1)
        return all(self.values.keys() & {*pairs[0]} or self.definitions.keys() & {*pairs[0]} for pairs in plain)

    def _layer(self, forms: Mapping[Symbol, _Form]) -> _Layer | None:
        activations = {form.activation for form in forms.values()}
        known = {symbol: form for symbol, form in forms.items() if form.products}
        if len(activations) > 1 or any(len(form.singles) > 1 for form in known.values()):
            return None
        shared = self._shared(known.values())
        pairs: dict[Symbol, tuple[tuple[Symbol, Symbol], ...]] = {}
        for symbol, form in known.items():
            split = [self._split(one, other, shared) for one, other in form.products]
            pairs[symbol] = tuple(pair for pair in split if pair is not None)
            sources = [pair[1] for pair in pairs[symbol]]
            if None in split or len(set(sources)) < len(sources):
                return None
        biases = {symbol: next(iter(form.singles), None) for symbol, form in known.items()}
        return _Layer(activations.pop(), pairs, biases)

    def _shared(self, forms: Iterable[_Form]) -> set[Symbol]:
        """Return the symbols that stand in more than one weighted sum."""
        each = [{symbol for pair in form.products for symbol in pair} for form in forms]
        return {symbol for place, one in enumerate(each) for symbol in one if any(symbol in o for o in each[:place])}

    def _split(self, one: Symbol, other: Symbol, shared: set[Symbol]) -> tuple[Symbol, Symbol] | None:
        """Return which factor is the weight and which the input; nothing where that cannot be told."""
        difference = self._likeness(one, shared) - self._likeness(other, shared)
        return None if difference == 0 else (other, one) if difference > 0 else (one, other)

    def _likeness(self, symbol: Symbol, shared: set[Symbol]) -> int:
        """Return how much a factor is like an input rather than like a weight."""
        if symbol in self.definitions:
            return 8
        kinds = {self._kind(other) for other in self.trained | self.slopes if other not in self.definitions}
        likeness = 4 if symbol in shared else 0
        likeness -= 8 if symbol in self.trained or symbol in self.slopes else 0
        likeness -= 2 if self._kind(symbol) in kinds else 0
        return likeness - (self._base(symbol) in TRAINED)

    def _base(self, symbol: Symbol) -> str:
        node = self.nodes.get(symbol)
        return "" if node is None else node.base

    def _units(self, current: list[Symbol], layer: _Layer | None) -> tuple[Unit, ...]:
        if layer is None:
            return tuple(Unit(self.names[symbol]) for symbol in current)
        found = []
        for symbol in current:
            form, bias = self.form(symbol), layer.biases.get(symbol)
            pairs = {source: weight for weight, source in layer.pairs.get(symbol, ())}
            weights = tuple((self.names[source], self.names[pairs[source]]) for source in self._order(pairs))
            net = self.names[form.net] if form is not None and form.net is not None else None
            found.append(Unit(self.names[symbol], net, weights, self.names[bias] if bias is not None else None))
        return tuple(found)


def _bias(kinds: set[Sharing | None]) -> Sharing:
    known = [kind for kind in kinds if kind is not None] or ["unit"]
    return known[0] if len(known) == 1 else "unknown" if "unknown" in known else "mixed"


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]
