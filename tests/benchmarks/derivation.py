"""Times of deriving every gradient, with and without the document, beside plain `sympy.diff` of the loss written out.

usage: python tests/benchmarks/derivation.py [RUNS]     (default: 5; interleaved, medians are printed)
"""

import math
import statistics
import sys
import time

import sympy

import symbp
from symbp.derivation import derivation
from symbp.documents import DerivationDocument
from symbp.graphs import Graph, backward, unit_graph

SIZES = ((2, 2, 2), (4, 8, 8, 4), (16, 32, 32, 10))
TARGETS = {(2, 2, 2): 0.1, (4, 8, 8, 4): 0.5, (16, 32, 32, 10): 5.0}


def timed(job):
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def interleaved(jobs, runs):
    """Return the median time of each job; in every round each runs once."""
    found = {name: [] for name in jobs}
    for _ in range(runs):
        for name, job in jobs.items():
            sympy.core.cache.clear_cache()
            found[name].append(timed(job))
    return {name: statistics.median(times) for name, times in found.items()}


def written_out(graph: Graph) -> sympy.Expr:
    """Return the output in inputs and parameters only."""
    known = {}
    for definition in graph.definitions:
        known[definition.symbol] = definition.expression.xreplace(known)
    return known[graph.output]


def plain_diff(graph: Graph, parameters):
    loss = written_out(graph)
    return [sympy.diff(loss, parameter) for parameter in parameters]


def table(runs):
    """Print the times of all gradients for every size, and how they grow with the parameters."""
    print(f"{'network':<14}{'parameters':>11}{'walk':>9}{'derive':>9}{'+ text':>9}{'+ LaTeX':>9}   target")
    points = []
    for layers in SIZES:
        net = symbp.mlp(*layers)
        count = len(unit_graph(net).role("weight", "bias"))
        jobs = {
            "walk": lambda net=net: backward(unit_graph(net)),
            "derive": lambda net=net: derivation(net),
            "text": lambda net=net: DerivationDocument(derivation(net)).to_text(),
            "latex": lambda net=net: DerivationDocument(derivation(net)).to_latex(),
        }
        times = interleaved(jobs, runs)
        points.append((count, times))
        met = "met" if times["latex"] < TARGETS[layers] else "MISSED"
        row = "".join(f"{times[name]:>8.3f}s" for name in jobs)
        print(f"{'-'.join(map(str, layers)):<14}{count:>11,}{row}   {TARGETS[layers]} s {met}")
    for (few, before), (many, after) in zip(points, points[1:], strict=False):
        grown = {name: math.log(after[name] / before[name]) / math.log(many / few) for name in after}
        print(f"growth {few} -> {many}: " + ", ".join(f"{name} n^{power:.2f}" for name, power in grown.items()))


def against_plain_diff(runs):
    """Print the same gradients side by side: all of a small network, one of a larger."""
    for layers, most in (((2, 2, 2), None), ((4, 8, 8, 4), 1)):
        net = symbp.mlp(*layers)
        graph = unit_graph(net)
        wanted = graph.role("weight", "bias")[:most]
        jobs = {
            "symbp": lambda net=net, wanted=wanted: backward(unit_graph(net), wanted),
            "sympy.diff": lambda net=net, wanted=wanted: plain_diff(unit_graph(net), wanted),
        }
        times = interleaved(jobs, runs)
        ratio = times["sympy.diff"] / times["symbp"]
        name = f"{'-'.join(map(str, layers))}, {len(wanted)} of {len(graph.role('weight', 'bias'))} gradients"
        print(f"{name}: symbp {times['symbp']:.4f} s, sympy.diff {times['sympy.diff']:.4f} s, ratio {ratio:.1f}")


if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    table(runs)
    against_plain_diff(runs)
