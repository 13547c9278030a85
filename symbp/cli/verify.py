"""``symbp verify``: the gradients of a network found in several ways; or somebody's backward code against them."""

import argparse
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .networks import add_network_arguments, chosen_network, trained_network


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("network", metavar="NETWORK", help="a preset, a .toml file, sizes such as 2-4-1, or what symbp train -o wrote")
    add(
        "--against",
        metavar="FILE.py:FUNCTION",
        help="run this file and compare: FUNCTION(weights, biases, X, Y) returns the gradients of the mean loss",
    )
    add("--seed", type=int, default=0, metavar="N", help="of the parameters and samples (default 0)")
    add_network_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Print a line for each way or gradient; 1 if one is wrong."""
    from ..programs import check_gradients, verify

    fit = trained_network(args)
    net = fit.network if fit else chosen_network(args)
    print(net.description)
    if args.against:
        mismatches = check_gradients(_function(args.against), net, seed=args.seed)
        print("\n".join(mismatch.sentence for mismatch in mismatches) or "every gradient is right")
        return 1 if mismatches else 0
    ways = verify(net, seed=args.seed)
    width = max(len(way.name) for way in ways)
    for way in ways:
        shown = way.remark if way.difference is None else f"{way.difference:.1e}"
        print(f"{way.name:<{width}}  {shown}{'' if way.right else '  WRONG'}")
    largest = max(way.difference for way in ways if way.difference is not None)
    right = all(way.right for way in ways)
    print(f"largest difference {largest:.1e} of the largest gradient: {'all agree' if right else 'they do not agree'}")
    return 0 if right else 1


def _function(place: str) -> Callable[..., Any]:
    from ..errors import InputError, in_one_line

    path, _, name = place.rpartition(":")
    if not path:
        raise InputError(f"--against {place}: write FILE.py:FUNCTION")
    try:
        with open(path, "rb"):
            sys.path.insert(0, str(Path(path).resolve().parent))  # as `python FILE.py` does, for what it imports
        module = runpy.run_path(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except (Exception, SystemExit) as error:
        raise InputError(f"{path}: it fails when it is run ({in_one_line(error)})") from None
    if not callable(module.get(name)):
        raise InputError(f"{path}: there is no function {name!r} in it")
    function: Callable[..., Any] = module[name]
    return function
