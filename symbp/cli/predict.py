"""``symbp predict``: the outputs of a trained network, as CSV."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("fit", metavar="FIT.npz", help="what symbp train -o wrote")
    parser.add_argument("data", metavar="DATA", help=".csv with inputs (targets behind are left out), or .npz with X")
    parser.add_argument("-o", "--output", metavar="FILE.csv", help="write there instead of standard output")


def run(args: argparse.Namespace) -> int:
    """Print one row of outputs a sample."""
    from ..atomic import write_file
    from ..training import load_fit, read_inputs

    fit = load_fit(args.fit)
    rows = fit.predict(read_inputs(args.data, fit.network)).tolist()
    text = "".join(f"{','.join(map(repr, row))}\n" for row in rows)
    if args.output:
        write_file(args.output, text)
    else:
        print(text, end="")
    return 0
