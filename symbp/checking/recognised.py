"""The record of a network that a document describes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ..errors import InputError
from ..networks import ACTIVATIONS, LOSSES, VECTOR_ACTIVATIONS, Network, Values
from ..networks.network import Bias

Sharing = Literal["none", "unit", "shared", "mixed", "unknown"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a layer: its name, and what is known of it.

    Attributes:
        name: the document's name of its output; of an input, of the input.
        net: the name of its weighted sum, where that has one.
        weights: the names of its weights, by the names of the units that they come from.
        bias: the name of its bias.
    """

    name: str
    net: str | None = None
    weights: tuple[tuple[str, str], ...] = ()
    bias: str | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """The network that the definitions of a document describe.

    Attributes:
        layers: the units of each layer, inputs first.
        activations: one a layer behind the input; nothing where it is not known.
        loss: the name of the loss; nothing where it is not known.
        error: the document's name of the loss.
        targets: the names of the targets, in the order of the outputs.
        factor: what the loss multiplies the squared or other error of a unit by, relative to the catalogue's formula.
        bias: whether units share their biases.
        rate: the learning rate.
        values: the given numbers, by name.
    """

    layers: tuple[tuple[Unit, ...], ...]
    activations: tuple[str | None, ...]
    loss: str | None
    error: str | None
    targets: tuple[str | None, ...]
    factor: Fraction
    bias: Sharing
    rate: Decimal | None
    values: Mapping[str, Decimal]

    @property
    def description(self) -> str:
        """One line for reports.

        The words are those of `Network.description`, with what is not known said.
        """
        sizes = "-".join(str(len(layer)) for layer in self.layers)
        names = [name or "an activation that is not known" for name in self.activations]
        loss = self.loss or "a loss that is not known"
        if self.loss is not None and not self._is_catalogued:
            loss = f"{self.factor} times {self.loss}"
        biases = {"none": "no biases", "unknown": "biases", "mixed": "unit and shared biases"}
        shown = ", ".join(names if len(set(names)) > 1 else names[:1])
        return f"{sizes} {shown}, {loss}, {biases.get(self.bias, f'{self.bias} biases')}"

    @property
    def _is_catalogued(self) -> bool:
        return self.loss is not None and self.factor == share(self.loss, len(self.layers[-1]))

    @property
    def names(self) -> frozenset[str]:
        """The names of the inputs, targets, weights and biases."""
        units = [unit for layer in self.layers[1:] for unit in layer]
        found = {weight for unit in units for _, weight in unit.weights} | {unit.bias for unit in units}
        inputs = {unit.name for unit in self.layers[0]}
        return frozenset(name for name in {*found, *inputs, *self.targets} if name is not None)

    @property
    def network(self) -> Network | None:
        """The network as users describe it, with its numbers where all are given; nothing where a part is unknown."""
        bias: Bias | None = next((bias for bias in ("none", "unit", "shared") if bias == self.bias), None)
        activations = tuple(name for name in self.activations if name in {*ACTIVATIONS, *VECTOR_ACTIVATIONS})
        if self.loss is None or not self._is_catalogued or bias is None or len(activations) < len(self.activations):
            return None
        try:
            sizes = tuple(map(len, self.layers))
            return Network(sizes, tuple(map(str, activations)), self.loss, bias, self._instance(bias))
        except InputError:
            return None

    def _instance(self, bias: Bias) -> Values | None:
        try:
            weights = tuple(
                tuple(tuple(self.values[dict(unit.weights)[source.name]] for source in below) for unit in layer)
                for below, layer in zip(self.layers, self.layers[1:], strict=False)
            )
            biases = tuple(
                tuple(self.values[unit.bias or ""] for unit in (layer if bias == "unit" else layer[:1]))
                for layer in (self.layers[1:] if bias != "none" else ())
            )
            inputs = tuple(self.values[unit.name] for unit in self.layers[0])
            targets = tuple(self.values[target or ""] for target in self.targets)
        except KeyError:
            return None
        return None if self.rate is None else Values(weights, biases, inputs, targets, self.rate)

    def lines(self) -> Iterator[str]:
        """Yield the network for a person: layer by layer, every name with its number where one is given."""
        yield f"network: {self.description}"
        yield f"inputs: {', '.join(self._shown(unit.name) for unit in self.layers[0])}"
        for number, (layer, activation) in enumerate(zip(self.layers[1:], self.activations, strict=True), 1):
            yield f"layer {number}: {', '.join(unit.name for unit in layer)}; activation {activation or 'not known'}"
            for unit in layer:
                weights = ", ".join(f"{self._shown(weight)} from {source}" for source, weight in unit.weights)
                bias = f", bias {self._shown(unit.bias)}" if unit.bias else ""
                yield f"  {unit.name}: {weights or 'nothing is said of its weights'}{bias}"
        if self.error is not None:
            targets = ", ".join(self._shown(target) if target else "not known" for target in self.targets)
            yield f"loss: {self.error}, {self.loss or 'not known'}; targets {targets}"
        if self.rate is not None:
            yield f"learning rate: {self.rate}"

    def _shown(self, name: str) -> str:
        return f"{name} = {self.values[name]}" if name in self.values else name


def share(loss: str, outputs: int) -> Fraction:
    """Return what the catalogue multiplies the error of one output unit by."""
    return Fraction(1, outputs) if LOSSES[loss].over_units == "mean" else Fraction(1)
