"""``symbp train``: gradient descent on a network, with data or on its worked instance."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..training import Fit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("network", metavar="NETWORK", help="a preset, or a .toml file")
    add("data", metavar="DATA", nargs="?", help=".csv (last columns: targets) or .npz (X, Y); default: own values")
    add("--epochs", type=int, default=1000, metavar="N", help="how often all samples are gone through (default 1000)")
    add("--batch", type=int, metavar="N", help="samples an update, in their order (default: all)")
    add("--lr", type=float, metavar="RATE", help="learning rate (default: the network's own, else 0.1)")
    add("--seed", type=int, default=0, metavar="N", help="of random weights, if the network has no values (default 0)")
    add("--fixed-biases", action="store_true", help="leave the biases as they are")
    add("--quiet", action="store_true", help="no progress bar")
    add("-o", "--output", metavar="FILE.npz", help="store the trained network instead of printing its parameters")


def run(args: argparse.Namespace) -> int:
    """Train, print the losses, and store or print the parameters."""
    from ..networks import load
    from ..training import DivergenceError, check_name, read_samples, train

    net = load(args.network)
    if args.output:
        check_name(args.output)
    X, Y = read_samples(args.data, net) if args.data else (None, None)
    options = {name: getattr(args, name) for name in ("epochs", "batch", "lr", "seed", "fixed_biases")}
    try:
        _finish(train(net, X, Y, progress=not args.quiet, **options), args.output)
    except DivergenceError as error:
        _finish(error.fit, args.output)
        raise
    return 0


def _finish(fit: "Fit", output: str | None) -> None:
    from ..training import save_fit

    print(fit.network.description)
    print(fit.report())
    if output:
        save_fit(fit, output)
    else:
        print(fit.parameters)
