"""Every activation with every loss: how far the gradients of the three levels are from finite differences.

Run ``python tests/benchmarks/every_pair.py [ACTIVATION ...]``. Prints a line for each pair, with the largest error of
the unit, layer and index level, relative to the largest gradient; ends with status 1 where one is above 1e-8.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from test_every_pair import ALL, LOSSES, errors

ALLOWED = 1e-8


def main():
    """Print a line for each pair."""
    wrong = 0
    for activation in sys.argv[1:] or ALL:
        for loss in LOSSES:
            found = errors(activation, loss)
            wrong += max(found.values()) > ALLOWED
            print(f"{activation:16} {loss:26}", *(f"{name} {error:.1e}" for name, error in found.items()), flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
