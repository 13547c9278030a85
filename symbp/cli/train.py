"""``symbp train``: gradient descent on a network, with data or on its worked instance."""

import argparse
import sys
from typing import TYPE_CHECKING

from .networks import add_network_arguments, chosen_network

if TYPE_CHECKING:
    from ..training import Fit, Samples

_SAME = (  # the options that `symbp.train` has by the same name
    *("epochs", "batch", "lr", "lr_biases", "optimizer", "schedule", "shuffle", "seed", "l1", "l2", "init", "scale"),
    *("scale_targets", "validation", "patience", "stop_below", "time_limit", "fixed_biases", "form", "dtype"),
    *("checkpoint", "resume", "check_gradients"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("network", metavar="NETWORK", help="a preset, a .toml file, or sizes such as 2-4-1")
    add(
        "data", metavar="DATA", nargs="?", help=".csv, .parquet, .npy or .npz (X, Y); default: the network's own values"
    )
    add("-o", "--output", metavar="FILE.npz", help="store the trained network instead of printing its parameters")
    add("--quiet", action="store_true", help="no progress bar")
    add_network_arguments(parser)
    _data_arguments(parser.add_argument_group("data"))
    _descent_arguments(parser.add_argument_group("descent"))
    _ending_arguments(parser.add_argument_group("when to end, and what to keep"))


def _data_arguments(group: "argparse._ArgumentGroup") -> None:
    add = group.add_argument
    add("--features", metavar="NAMES", help="columns of the inputs, by name or number (default: all but the targets)")
    add("--target", metavar="NAMES", help="columns of the targets, or one of class labels (default: the last ones)")
    add("--missing", default="refuse", metavar="HOW", help="refuse rows with missing values, or drop them")
    add("--scale", metavar="NAME", help="scale the inputs: standard or minmax")
    add("--scale-targets", metavar="NAME", help="scale the targets: standard or minmax")
    add("--validation", type=float, default=0.0, metavar="PART", help="hold back this part of the samples, such as 0.2")


def _descent_arguments(group: "argparse._ArgumentGroup") -> None:
    add = group.add_argument
    add("--batch", type=int, metavar="N", help="samples an update, in their order (default: all)")
    add("--shuffle", action="store_true", help="take the samples in a new order each epoch")
    add("--lr", type=float, metavar="RATE", help="learning rate (default: the network's own, else the optimizer's)")
    add("--lr-biases", type=float, metavar="RATE", help="learning rate of the biases (default: the same)")
    add("--optimizer", default="sgd", metavar="NAME", help="sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw")
    add("--schedule", default="constant", metavar="NAME", help="constant, step, exponential, inverse, cosine")
    add("--l1", type=float, default=0.0, metavar="X", help="penalty on |w|")
    add("--l2", type=float, default=0.0, metavar="X", help="penalty on w^2 / 2")
    add("--init", metavar="NAME", help="zeros, uniform, xavier or he (default: the network's own values, else xavier)")
    add("--seed", type=int, default=0, metavar="N", help="of all that is drawn at random (default 0)")
    add("--fixed-biases", action="store_true", help="leave the biases as they are")
    add("--form", metavar="NAME", help="of the generated code: scalar, jit, array or jax (default: by size)")
    add("--check-gradients", action="store_true", help="compare them with differences of the loss before training")
    add("--dtype", default="float64", metavar="NAME", help="float64 or float32")


def _ending_arguments(group: "argparse._ArgumentGroup") -> None:
    add = group.add_argument
    add("--epochs", type=int, default=1000, metavar="N", help="how often all samples are gone through (default 1000)")
    add("--patience", type=int, metavar="N", help="stop when the loss on held samples is not less for N epochs")
    add("--stop-below", type=float, metavar="LOSS", help="stop when the loss is below this")
    add("--time-limit", type=float, metavar="SECONDS", help="stop after this time")
    add("--checkpoint", metavar="FILE.npz", help="rewrite this file every ten seconds, at the end, when interrupted")
    add("--resume", action="store_true", help="go on from the checkpoint")
    add("--plot", metavar="FILE", help="draw the loss: .svg, .png or .pdf")


def run(args: argparse.Namespace) -> int:
    """Train, print the losses, and store or print the parameters."""
    from ..training import Columns, DivergenceError, InterruptedTraining, check_name, check_plot, read_samples, train

    net = chosen_network(args)
    if args.output:
        check_name(args.output)
    if args.plot:
        check_plot(args.plot)
    columns = Columns(_names(args.features), _names(args.target), args.missing)
    found = read_samples(args.data, net, columns) if args.data else None
    X, Y, codec = (found.X, found.Y, found.codec) if found else (None, None, None)
    if found and args.batch and args.batch > len(found.X):
        print(f"symbp: a batch of {args.batch} is more than the {len(found.X)} samples: all are taken", file=sys.stderr)
    options = {name: getattr(args, name) for name in _SAME}
    try:
        fit = train(net, X, Y, progress=not args.quiet, codec=codec, **options)
    except (DivergenceError, InterruptedTraining) as error:
        if error.fit.epochs:
            _finish(error.fit, args, found)
        raise
    _finish(fit, args, found)
    if fit.history[-1] > fit.history[0]:
        print("symbp: the loss is larger than before training: use a smaller --lr", file=sys.stderr)
    return 0


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",")) if text else ()


def _finish(fit: "Fit", args: argparse.Namespace, found: "Samples | None") -> None:
    from ..training import save_fit, save_plot

    print(fit.network.description)
    if found and found.dropped:
        print(f"{found.dropped} row{'s' * (found.dropped > 1)} with missing values left out")
    print(fit.report())
    if args.plot:
        save_plot(fit, args.plot)
    if args.output:
        save_fit(fit, args.output)
    else:
        print(fit.parameters)
