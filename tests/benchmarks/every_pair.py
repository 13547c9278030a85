"""Every activation with every loss: how far the gradients of the three levels are from finite differences.

Run ``python tests/benchmarks/every_pair.py [ACTIVATION ...]``. Prints a line for each pair, with the largest error of
the unit, layer and index level, relative to the largest gradient, and at how many of five edges (net inputs of 0 and
+-800) the loss and the gradients of the scalar and of the array form are finite. Ends with status 1 where an error is
above 1e-8 or an edge is lost.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from test_every_pair import ALL, LOSSES, edges, errors

from symbp.errors import SymbpError

ALLOWED = 1e-8
FAR = 5  # edges


def lost(activation, loss, form):
    """Return at how many edges something is not finite: all, where nothing is given back."""
    try:
        return len(list(edges(activation, loss, form)))
    except SymbpError:
        return FAR


def main():
    """Print a line for each pair."""
    wrong = 0
    for activation in sys.argv[1:] or ALL:
        for loss in LOSSES:
            found = errors(activation, loss)
            finite = [FAR - lost(activation, loss, form) for form in ("scalar", "array")]
            wrong += max(found.values()) > ALLOWED or min(finite) < FAR
            shown = [f"{name} {error:.1e}" for name, error in found.items()]
            print(f"{activation:16} {loss:26}", *shown, "finite at edges", *finite, flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
