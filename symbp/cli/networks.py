"""The network that a command line names: a preset, a file, or sizes with the options that describe the rest."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..networks import Network

_NAMES = ("activation", "loss", "bias")


def add_network_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of a network of sizes."""
    add = parser.add_argument_group("a network of sizes").add_argument
    add("--activation", metavar="NAMES", help="one for all layers, or one a layer: tanh,sigmoid (default: sigmoid)")
    add("--loss", metavar="NAME", help="(default: half_squared_error)")
    add("--bias", metavar="NAME", help="none, unit or shared (default: unit)")


def chosen_network(args: argparse.Namespace) -> "Network":
    """Return the network; options that a preset or a file answers already are refused."""
    from ..errors import InputError
    from ..networks import load, mlp

    parts = args.network.split("-")
    given = {name: getattr(args, name) for name in _NAMES if getattr(args, name)}
    if len(parts) > 1 and all(part.isdigit() for part in parts):
        names = given.pop("activation", "sigmoid").split(",")
        return mlp(*map(int, parts), activation=names[0] if len(names) == 1 else names, **given)
    if given:
        raise InputError(f"--{next(iter(given))} is for a network of sizes such as 2-4-1: {args.network} has its own")
    return load(args.network)
