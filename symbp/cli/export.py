"""``symbp export``: a network as one file that needs nothing of symbp, or as the formulas of its generated code."""

import argparse
from typing import TYPE_CHECKING

from .networks import add_network_arguments, chosen_network, trained_network

if TYPE_CHECKING:
    from ..networks import Network
    from ..programs import Parameters


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("network", metavar="NETWORK", help="a preset, a .toml file, sizes such as 2-4-1, or what symbp train -o wrote")
    add("--to", required=True, metavar="TARGET", help="numpy, jax, torch, c or latex")
    add("--seed", type=int, default=0, metavar="N", help="of the weights, where the network has none (default 0)")
    add("-o", "--output", metavar="FILE", help="write there instead of standard output")
    add_network_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Print or write the file."""
    from ..atomic import write_file
    from ..programs import export

    net, parameters = _network(args)
    text = export(net, args.to, parameters)
    if args.output:
        write_file(args.output, text)
    else:
        print(text, end="")
    return 0


def _network(args: argparse.Namespace) -> "tuple[Network, Parameters]":
    from ..errors import InputError
    from ..training import initial_parameters
    from ..training.folding import folded

    fit = trained_network(args)
    if fit is None:
        net = chosen_network(args)
        return net, initial_parameters(net, seed=args.seed)
    try:
        return fit.network, folded(fit)
    except InputError as error:
        raise InputError(f"{args.network}: {error}") from None
