"""The estimators keep scikit-learn's contract."""

import pytest

sklearn = pytest.importorskip("sklearn")

from sklearn.datasets import load_digits, load_iris, make_regression  # noqa: E402
from sklearn.model_selection import cross_val_score, train_test_split  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

from symbp.training.estimators import SymbpClassifier, SymbpRegressor  # noqa: E402


@parametrize_with_checks([SymbpClassifier(hidden=(8,), random_state=0), SymbpRegressor(hidden=(8,), random_state=0)])
def test_the_contract(estimator, check):
    check(estimator)


def test_iris_and_digits():
    assert cross_val_score(SymbpClassifier(random_state=0, epochs=100), *load_iris(return_X_y=True)).mean() > 0.93
    X, Z, y, z = train_test_split(*load_digits(return_X_y=True), random_state=0)
    model = SymbpClassifier((64,), activation="relu", epochs=30, lr=0.003, scale="minmax", random_state=0)
    assert model.fit(X, y).score(Z, z) > 0.96


def test_regression():
    X, y = make_regression(100, 5, n_informative=3, random_state=0)
    assert SymbpRegressor(random_state=0).fit(X[:70], y[:70]).score(X[70:], y[70:]) > 0.9
