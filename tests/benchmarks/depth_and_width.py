"""Times of deriving all gradients symbolically, by depth and by width, beside other ways to a symbolic gradient.

usage: python tests/benchmarks/depth_and_width.py [RUNS]     (default: 3; interleaved, medians are printed)

symbp: the layer level, a matrix a layer. jax: the program of the gradient, `jax.make_jaxpr(jax.grad(...))`.
sympy: `sympy.diff` of the loss written out, on nets of one unit a layer, as its matrices do not know activations.
"""

import math
import statistics
import sys
import time

import sympy

import symbp
from symbp.derivation import layer_derivation
from symbp.graphs import unit_graph

DEPTHS, WIDTHS = (2, 4, 8, 16, 32, 64), (4, 16, 64, 256, 1024, 4096)
MOST_WRITTEN_OUT = 8  # layers: the loss written out doubles from layer to layer


def with_symbp(depth, width):
    net = symbp.mlp(*(width,) * (depth + 1))
    return lambda: layer_derivation(net)


def with_jax(depth, width):
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        return None

    def loss(parameters, x, t):
        for weight, bias in parameters:
            x = jax.nn.sigmoid(weight @ x + bias)
        return jnp.sum((x - t) ** 2) / 2

    shape = jax.ShapeDtypeStruct
    parameters = [(shape((width, width), jnp.float32), shape((width,), jnp.float32))] * depth
    vector = shape((width,), jnp.float32)
    return lambda: jax.make_jaxpr(jax.grad(loss))(parameters, vector, vector)


def with_sympy(depth, width):
    if width > 1 or depth > MOST_WRITTEN_OUT:
        return None

    def job():
        graph = unit_graph(symbp.mlp(*(1,) * (depth + 1)))
        known = {}
        for definition in graph.definitions:
            known[definition.symbol] = definition.expression.xreplace(known)
        return [sympy.diff(known[graph.output], parameter) for parameter in graph.role("weight", "bias")]

    return job


MAKERS = {"symbp": with_symbp, "jax": with_jax, "sympy": with_sympy}


def interleaved(jobs, runs):
    """Return the median time of each job; in every round each runs once."""
    found = {name: [] for name in jobs}
    for _ in range(runs):
        for name, job in jobs.items():
            sympy.core.cache.clear_cache()
            start = time.perf_counter()
            job()
            found[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in found.items()}


def table(what, points, runs):
    """Print a line for each size, then by which power of it the times grow between the first and the last."""
    print(f"{what:<8}" + "".join(f"{name:>12}" for name in MAKERS))
    times = {name: {} for name in MAKERS}
    for size, arguments in points:
        jobs = {name: job for name, make in MAKERS.items() if (job := make(*arguments(name))) is not None}
        for name, seconds in interleaved(jobs, runs).items():
            times[name][size] = seconds
        print(f"{size:<8}" + "".join(f"{times[n][size]:>11.4f}s" if size in times[n] else f"{'-':>12}" for n in MAKERS))
    for name, found in times.items():
        if len(found) > 1:
            few, many = min(found), max(found)
            power = math.log(found[many] / found[few]) / math.log(many / few)
            print(f"growth {few} -> {many}: {name} n^{power:.2f}")


if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    table("layers", [(d, lambda name, d=d: (d, 1 if name == "sympy" else 64)) for d in DEPTHS], runs)
    table("units", [(w, lambda name, w=w: (4, w)) for w in WIDTHS], runs)
