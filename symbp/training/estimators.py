"""Estimators for scikit-learn: a classifier and a regressor that train through generated code."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from ..networks import Network, mlp
from ..programs import Array
from .front import train
from .storing import pack, unpack


class _Estimator(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """What classifier and regressor share.

    Args:
        hidden: the sizes of the hidden layers.
        activation: of the hidden layers.
        optimizer, lr, epochs, batch, l2, scale: as in `symbp.train`.
        random_state: of the weights and of the order of the samples.
    """

    def __init__(
        self,
        hidden: Sequence[int] = (16,),
        *,
        activation: str = "tanh",
        optimizer: str = "adam",
        lr: float = 0.01,
        epochs: int = 200,
        batch: int = 32,
        l2: float = 0.0,
        scale: str | None = "standard",
        random_state: Any = None,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.optimizer = optimizer
        self.lr = lr
        self.epochs = epochs
        self.batch = batch
        self.l2 = l2
        self.scale = scale
        self.random_state = random_state

    def _network(self, outputs: int, *, last: str, loss: str) -> Network:
        names = [self.activation] * len(tuple(self.hidden)) + [last]
        return mlp(self.n_features_in_, *self.hidden, outputs, activation=names, loss=loss)

    def _train(self, net: Network, X: Array, Y: Array, *, scale_targets: str | None = None) -> None:
        self.fit_ = train(
            net,
            X,
            Y,
            epochs=self.epochs,
            batch=self.batch,
            lr=self.lr,
            optimizer=self.optimizer,
            l2=self.l2,
            scale=self.scale,
            scale_targets=scale_targets,
            shuffle=True,
            seed=int(check_random_state(self.random_state).randint(2**31 - 1)),
            form="array",
            progress=False,
        )
        self.n_iter_ = self.fit_.epochs
        self.loss_curve_ = list(self.fit_.history)

    def __getstate__(self) -> Any:
        state = dict(super().__getstate__())
        return state | {"fit_": pack(state["fit_"])} if "fit_" in state else state

    def __setstate__(self, state: Any) -> None:
        found = state | {"fit_": unpack(state["fit_"])} if "fit_" in state else state
        super().__setstate__(found)

    def _outputs(self, X: Any) -> Array:
        check_is_fitted(self)
        return self.fit_.predict(validate_data(self, X, dtype=np.float64, reset=False))


class SymbpClassifier(ClassifierMixin, _Estimator):  # type: ignore[misc]  # scikit-learn has no types
    """A network for classes: sigmoid and binary cross-entropy for two, else softmax and cross-entropy.

    Example:
        >>> X, y = [[0.0], [0.1], [0.9], [1.0]], ["no", "no", "yes", "yes"]
        >>> SymbpClassifier(hidden=(3,), random_state=0).fit(X, y).predict([[0.05], [0.95]]).tolist()
        ['no', 'yes']
    """

    def fit(self, X: Any, y: Any) -> Self:
        """Train on samples (n_samples, n_features) and their classes."""
        X, y = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(y)
        self.classes_, places = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"y has one class only ({self.classes_[0]!r}): there is nothing to tell apart")
        if len(self.classes_) == 2:
            net, Y = self._network(1, last="sigmoid", loss="binary_cross_entropy"), places[:, None].astype(np.float64)
        else:
            net = self._network(len(self.classes_), last="softmax", loss="categorical_cross_entropy")
            Y = np.eye(len(self.classes_))[places]
        self._train(net, X, Y)
        return self

    def predict_proba(self, X: Any) -> Array:
        """Return the probability of each class, an array (n_samples, n_classes)."""
        outputs = self._outputs(X)
        return np.hstack([1 - outputs, outputs]) if outputs.shape[1] == 1 else outputs

    def predict(self, X: Any) -> NDArray[Any]:
        """Return the class of each sample."""
        places = self.predict_proba(X).argmax(axis=1)
        found: NDArray[Any] = self.classes_[places]
        return found


class SymbpRegressor(RegressorMixin, _Estimator):  # type: ignore[misc]  # scikit-learn has no types
    """A network for numbers: identity outputs and half squared error; targets are scaled to mean 0 and deviation 1.

    Example:
        >>> X, y = [[0.0], [0.5], [1.0]], [0.0, 1.0, 2.0]
        >>> float(SymbpRegressor(hidden=(3,), random_state=0).fit(X, y).predict([[0.5]])[0].round(1))
        1.0
    """

    def fit(self, X: Any, y: Any) -> Self:
        """Train on samples (n_samples, n_features) and their targets, (n_samples,) or (n_samples, n_outputs)."""
        X, y = validate_data(self, X, y, dtype=np.float64, multi_output=True, y_numeric=True)
        Y = y[:, None] if y.ndim == 1 else y
        net = self._network(Y.shape[1], last="identity", loss="half_squared_error")
        self._train(net, X, Y.astype(np.float64), scale_targets="standard")
        self.flat_ = y.ndim == 1
        return self

    def predict(self, X: Any) -> Array:
        """Return the outputs, in the shape that y had."""
        outputs = self._outputs(X)
        return outputs[:, 0] if self.flat_ else outputs

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags
