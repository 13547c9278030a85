"""The records by name, perhaps with their parameters set."""

from collections.abc import Mapping
from dataclasses import replace

from sympy import Rational

from ..errors import InputError, nearest
from .activations import ACTIVATIONS, Activation
from .losses import LOSSES, Loss
from .own import is_own, own_activation, own_loss
from .penalties import PENALTIES, Penalty
from .settings import settings, with_settings
from .softmax import VECTOR_ACTIVATIONS, VectorActivation


def activation(name: str) -> Activation | VectorActivation:
    """Return the record of an activation: by name, or of an expression in x.

    >>> activation("leaky_relu(alpha=0.2)").parameters
    {'alpha': 1/5}

    Raises:
        InputError: no activation has this name, or it has no such parameter.
    """
    if is_own(name, "x"):
        return own_activation(name)
    base, given = settings(name)
    if base in VECTOR_ACTIVATIONS:
        with_settings(base, known={}, given=given)
        return VECTOR_ACTIVATIONS[base]
    _known("activation", base, {**ACTIVATIONS, **VECTOR_ACTIVATIONS})
    record = ACTIVATIONS[base]
    with_settings(base, known=record.parameters, given=given)
    return replace(record, parameters={**record.parameters, **given}) if given else record


def loss(name: str) -> Loss:
    """Return the record of a loss: by name, or of an expression in the target t and the output o.

    >>> loss("huber(delta=2)").parameters
    {'delta': 2}

    Raises:
        InputError: no loss has this name, or it has no such parameter.
    """
    if is_own(name, "o"):
        return own_loss(name)
    base, given = settings(name)
    _known("loss", base, LOSSES)
    record = LOSSES[base]
    with_settings(base, known=record.parameters, given=given)
    return replace(record, parameters={**record.parameters, **given}) if given else record


def penalty(name: str) -> tuple[Penalty, Rational]:
    """Return the record of a penalty and its factor.

    >>> penalty("l2(factor=0.01)")[1]
    1/100

    Raises:
        InputError: no penalty has this name, or it has no such parameter.
    """
    base, given = settings(name)
    _known("penalty", base, PENALTIES)
    with_settings(base, known={"factor": Rational(1)}, given=given)
    return PENALTIES[base], given.get("factor", Rational(1))


def _known(what: str, name: str, records: Mapping[str, object]) -> None:
    if name not in records:
        raise InputError(f"{what} {name!r} is unknown{nearest(name, list(records))} (known: {', '.join(records)})")
