"""``symbp derive``: the gradients of a network, step by step."""

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..documents import DerivationDocument

_NAMES = re.compile(r"(?:[^,{]|\{[^}]*\})+")  # commas within braces are part of a name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("network", metavar="NETWORK", nargs="?", help="a preset (see symbp presets) or a TOML file")
    parser.add_argument(
        "--wrt", metavar="NAME", action="append", help="a parameter to differentiate by (default: all); may be repeated"
    )
    parser.add_argument(
        "--like", metavar="DOCUMENT", help="what this document derives, in its names and order, its errors corrected"
    )
    parser.add_argument(
        "--level",
        help="unit (one scalar a neuron, the default of networks), layer or index (that of recurrent and others)",
    )
    parser.add_argument("--batch", action="store_true", help="m samples at once (level layer)")
    parser.add_argument("--rows", action="store_true", help="a sample is a row, not a column (level layer)")
    parser.add_argument(
        "--hessian", metavar="NAMES", help="second derivatives by these parameters, a comma between two"
    )
    parser.add_argument("--hessian-vector", metavar="NAMES", help="the matrix of those times a vector v")
    parser.add_argument("--notation", metavar="NAME", help="the notation to write in (default: the network's own)")
    parser.add_argument(
        "--d", metavar="KIND", help="derivatives with a curly d: partial, or with an upright one: upright"
    )
    parser.add_argument("--product", metavar="SIGN", help="the sign of a product: cdot, times, star or none")
    parser.add_argument("--rate", metavar="NAME", help="the name of the learning rate")
    parser.add_argument("--minus-delta", action="store_true", help="a delta is minus the derivative")
    parser.add_argument("--digits", type=int, metavar="N", help="significant digits of printed numbers, 3 to 28")
    parser.add_argument("--lang", default="en", help="en or zh (default: en)")
    parser.add_argument(
        "--format", default=None, help="latex, markdown or text (default: by the file's ending, else text)"
    )
    parser.add_argument(
        "-o", dest="output", metavar="FILE", help="write this file; its ending sets the format (.tex, .md, .txt)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the derivation, after it has passed its own check."""
    from ..atomic import write_file
    from ..checking import verified
    from ..documents import derive, format_named, format_of
    from ..notations import notation, variant

    output = Path(args.output) if args.output else None
    form = format_named(args.format) if args.format else format_of(output.suffix) if output else format_named("text")
    if args.like or args.network is None:
        return _like(args, form.name, output)
    derivation = _second(args) or derive(
        args.network, args.wrt, level=args.level, style=args.notation, batch=args.batch, rows=args.rows
    )
    record = notation(derivation.style)
    style = variant(record, d=args.d, product=args.product, rate=args.rate, minus=args.minus_delta)
    text = derivation.write(form.name, style, digits=args.digits, lang=args.lang)
    text = verified(text)
    if output is None:
        sys.stdout.write(text)
    else:
        write_file(output, text)
    return 0


def _second(args: argparse.Namespace) -> "DerivationDocument | None":
    from ..documents import derive_second
    from ..errors import InputError

    names = args.hessian if args.hessian is not None else args.hessian_vector
    if names is None:
        return None
    if args.wrt or args.level not in (None, "unit") or (args.hessian is not None and args.hessian_vector is not None):
        raise InputError(
            "--hessian and --hessian-vector name their parameters: leave out --wrt, --level and each other"
        )
    found = _NAMES.findall(names)
    if not found:
        raise InputError("--hessian and --hessian-vector need the name of at least one parameter")
    return derive_second(args.network, found, vector=args.hessian is None, style=args.notation)


def _like(args: argparse.Namespace, form: str, output: Path | None) -> int:
    from ..atomic import write_file
    from ..checking.like import like
    from ..errors import InputError

    if args.like is None or args.network is not None:
        raise InputError("derive takes either a NETWORK or --like DOCUMENT")
    text = like(args.like, form, lang=args.lang)
    if output is None:
        sys.stdout.write(text)
    else:
        write_file(output, text)
    return 0
