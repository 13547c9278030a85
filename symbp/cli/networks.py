"""The network that a command line names: a preset, a file, or sizes with the options that describe the rest."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..networks import Network
    from ..training import Fit

_NAMES = ("activation", "loss", "bias")


def add_network_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of a network of sizes."""
    add = parser.add_argument_group("a network of sizes").add_argument
    add("--activation", metavar="NAMES", help="one for all layers, or one a layer: tanh,sigmoid (default: sigmoid)")
    add("--loss", metavar="NAME", help="(default: half_squared_error)")
    add("--bias", metavar="NAME", help="none, unit or shared (default: unit)")


def trained_network(args: argparse.Namespace) -> "Fit | None":
    """Return what ``symbp train -o`` wrote, where that is named; options that it answers already are refused."""
    if not args.network.endswith(".npz"):
        return None
    from ..training import load_fit

    _refuse(args, [name for name in _NAMES if getattr(args, name)])
    return load_fit(args.network)


def chosen_network(args: argparse.Namespace) -> "Network":
    """Return the network; options that a preset or a file answers already are refused."""
    from ..errors import InputError
    from ..networks import load, mlp

    parts = args.network.split("-")
    given = {name: getattr(args, name) for name in _NAMES if getattr(args, name)}
    if len(parts) > 1 and all(part.isdigit() for part in parts):
        names = given.pop("activation", "sigmoid").split(",")
        return mlp(*map(int, parts), activation=names[0] if len(names) == 1 else names, **given)
    _refuse(args, list(given))
    if any(parts) and not any(part.strip("0123456789") for part in parts):
        raise InputError(f"{args.network}: sizes are two whole numbers or more, such as 2-4-1")
    return load(args.network)


def _refuse(args: argparse.Namespace, given: list[str]) -> None:
    from ..errors import InputError

    if given:
        raise InputError(f"--{given[0]} is for a network of sizes such as 2-4-1: {args.network} has its own")
