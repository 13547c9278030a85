"""What a user asks of training, checked once."""

import math
from dataclasses import dataclass
from typing import Any

from ..errors import InputError
from ..programs import Rule
from .optimisers import optimiser
from .schedules import Schedule, schedule


@dataclass(frozen=True, slots=True)
class Settings:
    """How a network is trained; see `symbp.train` for the words.

    Raises:
        InputError: a number is out of its range, or a name is unknown.
    """

    epochs: int = 1000
    batch: int | None = None
    lr: float | None = None
    lr_biases: float | None = None
    optimizer: str | Rule = "sgd"
    schedule: str = "constant"
    shuffle: bool = False
    seed: int = 0
    l1: float = 0.0
    l2: float = 0.0
    init: str | None = None
    scale: str | None = None
    scale_targets: str | None = None
    validation: float = 0.0
    patience: int | None = None
    stop_below: float | None = None
    time_limit: float | None = None
    fixed_biases: bool = False
    form: str | None = None
    dtype: str = "float64"

    def __post_init__(self) -> None:
        least = (("epochs", 0), ("batch", 1), ("seed", 0), ("patience", 1))
        for name, lowest in least:
            value = getattr(self, name)
            if value is None and name in ("batch", "patience"):
                continue
            if isinstance(value, bool) or not isinstance(value, int) or value < lowest:
                raise InputError(f"{name} = {value!r}: give a whole number of at least {lowest}")
        for name in ("lr", "stop_below", "time_limit"):
            _check_above_0(name, getattr(self, name))
        if self.lr_biases is not None and not (_is_number(self.lr_biases) and self.lr_biases >= 0):
            raise InputError(f"lr_biases = {self.lr_biases!r}: give a finite number of at least 0")
        if not (_is_number(self.validation) and 0 <= self.validation < 1):
            raise InputError(f"validation = {self.validation!r}: give the part of the samples, from 0 to below 1")
        if self.patience is not None and not self.validation:
            raise InputError("patience needs samples to validate on: give validation too, such as 0.2")
        optimiser(self.optimizer, l1=self.l1, l2=self.l2)
        schedule(self.schedule)

    @property
    def rule(self) -> Rule:
        """The update rule."""
        return optimiser(self.optimizer, l1=self.l1, l2=self.l2)

    @property
    def rates(self) -> Schedule:
        """The schedule."""
        return schedule(self.schedule)

    def lasting(self) -> dict[str, Any]:
        """Return what a resumed training must have in common with the one before it: all but the limits."""
        free = {"epochs", "patience", "stop_below", "time_limit", "form"}
        rule = self.rule
        constants = {str(symbol): number for symbol, number in rule.constants.items()}
        found = {name: getattr(self, name) for name in self.__slots__ if name not in free}
        total = self.epochs if self.schedule.startswith("cosine") else None
        return found | {"optimizer": [rule.name, constants], "schedule_length": total}


def _check_above_0(name: str, value: Any) -> None:
    if value is not None and not (_is_number(value) and value > 0):
        raise InputError(f"{name} = {value!r}: give a finite number above 0")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
