"""Training side by side with other tools: the same arithmetic, the same threads, interleaved; medians and ratios.

    pip install '.[benchmarks]' && python tests/benchmarks/training.py [--case NAME] [--rounds 5] [--compiled]

Before anything is timed, all peers must give the same parameters. Times are of the processor, so that a busy machine
changes the ratios little.
"""
# ruff: noqa: E402 - the number of threads is read when a library is loaded

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(name, "1")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_ENABLE_X64", "1")

import numpy as np

from symbp.networks import mlp
from symbp.programs import Epochs, compile_network
from symbp.training.initial import initial_parameters

RATE = 0.05


@dataclass(frozen=True)
class Case:
    """A network of sigmoids with half squared error, and how it is trained."""

    layers: tuple[int, ...]
    batch: int
    batches: int
    epochs: int
    dtype: str = "float64"
    slow: int = 1  # peers of one call a step do so many times fewer epochs

    @property
    def name(self):
        return f"{'-'.join(map(str, self.layers))} b{self.batch} {self.dtype}"

    def data(self):
        random = np.random.default_rng(1)
        count = self.batch * self.batches
        X, Y = random.normal(size=(count, self.layers[0])), random.uniform(size=(count, self.layers[-1]))
        return X.astype(self.dtype), Y.astype(self.dtype)

    def start(self):
        P = initial_parameters(mlp(*self.layers), seed=2)
        return [w.astype(self.dtype) for w in P.weights], [b.astype(self.dtype) for b in P.biases]


CASES = (
    Case((2, 2, 2), 1, 1, 10_000, slow=50),
    Case((2, 4, 1), 1, 4, 2_500, slow=50),
    Case((4, 16, 3), 32, 4, 500, slow=5),
    Case((784, 128, 10), 64, 4, 10),
    Case((784, 128, 10), 64, 4, 10, "float32"),
    Case((784, 512, 256, 10), 256, 2, 2),
    Case((784, 512, 256, 10), 256, 2, 3, "float32"),
    Case((1024, 1024, 1024, 1024, 1024), 512, 1, 1),
    Case((1024, 1024, 1024, 1024, 1024), 512, 1, 1, "float32"),
)


def symbp_in(form):
    def prepare(case):
        X, Y = case.data()
        program = compile_network(mlp(*case.layers), form=form, dtype=case.dtype)
        X, Y = program.samples(X, Y)
        weights, biases = case.start()
        flat = np.concatenate([a.ravel() for a in (*weights, *biases)])

        def run(epochs):
            state = program.start_flat(flat)
            program.run(state, Epochs(np.full((epochs, 2), RATE), case.batch), X=X, Y=Y, history=False)
            return state.flat

        return run

    return prepare


def plain_numpy(case):
    X, Y = case.data()
    start = case.start()

    def run(epochs):
        weights, biases = [w.copy() for w in start[0]], [b.copy() for b in start[1]]
        for _ in range(epochs):
            for k in range(0, len(X), case.batch):
                outs = [X[k : k + case.batch]]
                for w, b in zip(weights, biases, strict=True):
                    outs.append(1 / (1 + np.exp(-(outs[-1] @ w.T + b))))
                delta = (outs[-1] - Y[k : k + case.batch]) * outs[-1] * (1 - outs[-1]) / case.batch
                for j in reversed(range(len(weights))):
                    slope, by_unit = delta.T @ outs[j], delta.sum(axis=0)
                    if j:
                        delta = (delta @ weights[j]) * outs[j] * (1 - outs[j])
                    weights[j] -= RATE * slope
                    biases[j] -= RATE * by_unit
        return np.concatenate([a.ravel() for a in (*weights, *biases)])

    return run


def products_only(case):
    """The bare matrix products of a step, into arrays made before: the limit."""
    X, _ = case.data()
    weights, _ = case.start()
    outs = [X, *(np.ones((case.batch, n), case.dtype) for n in case.layers[1:])]
    nets, slopes = [np.empty_like(o) for o in outs[1:]], [np.empty_like(w) for w in weights]

    def run(epochs):
        for k in range(epochs * case.batches):
            outs[0] = X[k % case.batches * case.batch :][: case.batch]
            for j, w in enumerate(weights):
                np.matmul(outs[j], w.T, out=nets[j])
            for j in reversed(range(len(weights))):
                np.matmul(outs[j + 1].T, outs[j], out=slopes[j])
                if j:
                    np.matmul(outs[j + 1], weights[j], out=nets[j - 1])

    return run


def torch_eager(case):
    import torch

    torch.set_num_threads(1)
    X, Y = (torch.from_numpy(a) for a in case.data())
    start = [torch.from_numpy(a) for part in case.start() for a in part]
    depth = len(case.layers) - 1

    def loss_of(parameters, x, y):
        for w, b in zip(parameters[:depth], parameters[depth:], strict=True):
            x = torch.sigmoid(torch.nn.functional.linear(x, w, b))
        return ((y - x) ** 2).sum() / (2 * len(x))

    def run(epochs):
        parameters = [p.clone().requires_grad_() for p in start]
        optimizer = torch.optim.SGD(parameters, lr=RATE)

        for _ in range(epochs):
            for k in range(0, len(X), case.batch):
                optimizer.zero_grad()
                loss_of(parameters, X[k : k + case.batch], Y[k : k + case.batch]).backward()
                optimizer.step()
        return torch.cat([p.detach().reshape(-1) for p in parameters]).numpy()

    return run


def torch_compiled(case):
    import torch

    torch.set_num_threads(1)
    X, Y = (torch.from_numpy(a) for a in case.data())
    start = [torch.from_numpy(a) for part in case.start() for a in part]
    depth = len(case.layers) - 1

    @torch.compile
    def slopes_of(parameters, x, y):
        outs = [x]
        for w, b in zip(parameters[:depth], parameters[depth:], strict=True):
            outs.append(torch.sigmoid(torch.nn.functional.linear(outs[-1], w, b)))
        delta = (outs[-1] - y) * outs[-1] * (1 - outs[-1]) / len(x)
        new = list(parameters)
        for j in reversed(range(depth)):
            new[j] = parameters[j] - RATE * (delta.T @ outs[j])
            new[depth + j] = parameters[depth + j] - RATE * delta.sum(0)
            delta = (delta @ parameters[j]) * outs[j] * (1 - outs[j]) if j else delta
        return new

    def run(epochs):
        parameters = [p.clone() for p in start]
        for _ in range(epochs):
            for k in range(0, len(X), case.batch):
                parameters = slopes_of(parameters, X[k : k + case.batch], Y[k : k + case.batch])
        return torch.cat([p.reshape(-1) for p in parameters]).numpy()

    return run


def jax_loop(case):
    import jax
    from jax import numpy as jnp

    X, Y = (jnp.asarray(a.reshape(case.batches, case.batch, -1)) for a in case.data())
    start = [jnp.asarray(a) for part in case.start() for a in part]
    depth = len(case.layers) - 1

    def loss_of(parameters, x, y):
        for w, b in zip(parameters[:depth], parameters[depth:], strict=True):
            x = jax.nn.sigmoid(x @ w.T + b)
        return ((y - x) ** 2).sum() / (2 * len(x))

    def step(parameters, sample):
        slopes = jax.grad(loss_of)(parameters, *sample)
        return [p - RATE * s for p, s in zip(parameters, slopes, strict=True)], None

    @jax.jit
    def loop(parameters, epochs):
        return jax.lax.fori_loop(0, epochs, lambda _, p: jax.lax.scan(step, p, (X, Y))[0], parameters)

    def run(epochs):
        return np.concatenate([np.asarray(p).ravel() for p in loop(start, epochs)])

    return run


def scikit_learn(case):
    from sklearn.neural_network import MLPRegressor

    X, Y = case.data()
    hidden = case.layers[1:-1]
    options = {"activation": "logistic", "solver": "sgd", "momentum": 0.0, "alpha": 0.0, "shuffle": False}

    def run(epochs):
        model = MLPRegressor(
            hidden_layer_sizes=hidden, batch_size=case.batch, learning_rate_init=RATE, random_state=0, **options
        )
        for _ in range(epochs):
            model.partial_fit(X, Y if Y.shape[1] > 1 else Y.ravel())

    return run


PEERS: dict[str, Callable] = {
    "symbp scalar": symbp_in("scalar"),
    "symbp jit": symbp_in("jit"),
    "symbp array": symbp_in("array"),
    "NumPy": plain_numpy,
    "torch eager": torch_eager,
    "torch compiled": torch_compiled,
    "JAX scan": jax_loop,
    "scikit-learn": scikit_learn,
    "bare products": products_only,
}
UNCHECKED = {"scikit-learn": "identity outputs", "bare products": "no training"}
NEEDS = {
    "symbp jit": "numba",
    "torch eager": "torch",
    "torch compiled": "torch",
    "JAX scan": "jax",
    "scikit-learn": "sklearn",
}


def able(name, case, words):
    size = sum((a + 1) * b for a, b in zip(case.layers, case.layers[1:], strict=False))
    if name in NEEDS and not find_spec(NEEDS[name]):
        return False
    if name in ("symbp scalar", "symbp jit"):
        return size < 500 and case.dtype == "float64"
    return name != "torch compiled" or words.compiled


def epochs_of(name, case):
    return (
        max(1, case.epochs // case.slow) if name in ("torch eager", "torch compiled", "scikit-learn") else case.epochs
    )


def measure(case, words):
    runs = {name: prepare(case) for name, prepare in PEERS.items() if able(name, case, words)}
    expected = runs["NumPy"](2)
    for name, run in runs.items():
        if name not in UNCHECKED:
            tolerance = 1e-9 if case.dtype == "float64" else 2e-3
            np.testing.assert_allclose(run(2), expected, rtol=tolerance, atol=tolerance / 100, err_msg=name)
        run(epochs_of(name, case))  # compiled for this length too
    times = {name: [] for name in runs}
    for _ in range(words.rounds):
        for name, run in runs.items():
            epochs = epochs_of(name, case)
            started = time.process_time()
            run(epochs)
            times[name].append((time.process_time() - started) / (epochs * case.batches))
    return {name: statistics.median(found) for name, found in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", action="append", metavar="TEXT", help="only cases with this in their name")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--compiled", action="store_true", help="torch.compile too: it compiles for some ten seconds")
    words = parser.parse_args()
    for case in CASES:
        if words.case and not any(text in case.name for text in words.case):
            continue
        found = measure(case, words)
        best = min((name for name in found if name.startswith("symbp")), key=found.get)
        print(f"\n{case.name}: {best} {found[best] * 1e6:.3g} us a step")
        for name, seconds in sorted(found.items(), key=lambda item: item[1]):
            remark = f"  ({UNCHECKED[name]})" if name in UNCHECKED else ""
            print(f"  {name:<15}{seconds * 1e6:>12.3f} us  {seconds / found[best]:>10.2f} x{remark}", flush=True)


if __name__ == "__main__":
    main()
