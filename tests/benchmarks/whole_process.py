"""From the command to the first step, and memory: whole processes side by side, interleaved; medians.

    pip install '.[benchmarks]' && python tests/benchmarks/whole_process.py [--layers 784-128-10] [--batch 64]

All train on the same samples, in one batch a step, one thread, float64. Memory is the most that was resident.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np

THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
DATA = """
import sys, numpy as np
d = np.load(sys.argv[1]); X, Y, epochs = d["X"], d["Y"], int(sys.argv[2])
sizes = [int(n) for n in sys.argv[3].split("-")]
pairs, last, count = list(zip(sizes, sizes[1:])), len(sizes) - 2, len(X)
"""
BY_HAND = """
r = np.random.default_rng(0)
W = [r.normal(size=(n, m)) * 0.05 for m, n in pairs]; b = [np.zeros(n) for n in sizes[1:]]
o = [X, *(np.empty((count, n)) for n in sizes[1:])]; D = [np.empty_like(a) for a in o[1:]]
G = [np.empty_like(w) for w in W]; one = [np.empty_like(a) for a in D]
for _ in range(epochs):
    for k in range(last + 1):
        n = o[k + 1]; np.matmul(o[k], W[k].T, out=n); n += b[k]
        np.negative(n, out=n); np.exp(n, out=n); n += 1; np.reciprocal(n, out=n)
    np.subtract(o[-1], Y, out=D[-1]); D[-1] /= count
    for k in range(last, -1, -1):
        np.subtract(1, o[k + 1], out=one[k]); D[k] *= one[k]; D[k] *= o[k + 1]
        np.matmul(D[k].T, o[k], out=G[k])
        if k: np.matmul(D[k], W[k], out=D[k - 1])
        G[k] *= 0.05; W[k] -= G[k]; b[k] -= 0.05 * D[k].sum(axis=0)
"""
TORCH = """
import torch; torch.set_num_threads(1)
layers = [part for m, n in pairs for part in (torch.nn.Linear(m, n), torch.nn.Sigmoid())]
m = torch.nn.Sequential(*layers).double(); f = {wrap}(m)
X, Y = torch.from_numpy(X), torch.from_numpy(Y); s = torch.optim.SGD(m.parameters(), lr=0.05)
for _ in range(epochs):
    s.zero_grad(); (((Y - f(X)) ** 2).sum() / (2 * count)).backward(); s.step()
"""
JAX = """
import jax; jax.config.update("jax_enable_x64", True); from jax import numpy as jnp
r = np.random.default_rng(0); P = [(r.normal(size=pair) * 0.05, np.zeros(pair[1])) for pair in pairs]
def loss(P):
    x = X
    for w, b in P:
        x = jax.nn.sigmoid(x @ w + b)
    return ((Y - x) ** 2).sum() / (2 * count)
step = jax.jit(lambda P: jax.tree.map(lambda p, g: p - 0.05 * g, P, jax.grad(loss)(P)))
for _ in range(epochs):
    P = step(P)
jax.block_until_ready(P)
"""
SYMBP = (
    "-m",
    "symbp",
    "train",
    "{layers}",
    "{data}",
    "--epochs",
    "{epochs}",
    "--lr",
    "0.05",
    "--quiet",
    "-o",
    "{out}",
)


def script(text):
    return ("-c", DATA + text, "{data}", "{epochs}", "{layers}")


PEERS = {
    "symbp": (SYMBP, None),
    "NumPy by hand": (script(BY_HAND), None),
    "torch eager": (script(TORCH.replace("{wrap}", "")), "torch"),
    "torch compiled": (script(TORCH.replace("{wrap}", "torch.compile")), "torch"),
    "JAX": (script(JAX), "jax"),
}


def measure(words, names):
    """Return the seconds and the largest resident memory in MiB of one process."""
    command = [sys.executable, *(word.format(**names) if word.startswith("{") else word for word in words)]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | THREADS, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)[:80]}: {said.strip()}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layers", default="784-128-10")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    words = parser.parse_args()
    peers = {name: command for name, (command, library) in PEERS.items() if library is None or find_spec(library)}
    found = {(name, epochs): [] for name in peers for epochs in (1, words.steps)}
    sizes = [int(size) for size in words.layers.split("-")]
    with tempfile.TemporaryDirectory() as folder:
        random = np.random.default_rng(1)
        X, Y = random.normal(size=(words.batch, sizes[0])), random.uniform(size=(words.batch, sizes[-1]))
        names = {"data": str(Path(folder) / "data.npz"), "out": str(Path(folder) / "out.npz"), "layers": words.layers}
        np.savez(names["data"], X=X, Y=Y)
        for _ in range(words.rounds):
            for name, epochs in found:
                found[name, epochs].append(measure(peers[name], names | {"epochs": str(epochs)}))
    print(f"{'':16}{'to the end of step 1':>22}{'memory, 1 step':>18}{f'{words.steps} steps':>14}")
    for name in peers:
        (seconds, first), (_, last) = (
            [statistics.median(column) for column in zip(*found[name, epochs], strict=True)]
            for epochs in (1, words.steps)
        )
        print(f"{name:16}{seconds:>20.2f} s{first:>14.1f} MiB{last:>10.1f} MiB", flush=True)


if __name__ == "__main__":
    main()
