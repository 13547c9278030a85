"""``symbp predict``: the answers of a trained network, as CSV."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("fit", metavar="FIT.npz", help="what symbp train -o or --checkpoint wrote")
    add("data", metavar="DATA", help=".csv, .parquet, .npy or .npz with the inputs; other columns are left out")
    add("--outputs", action="store_true", help="print the outputs, also where the network was trained on classes")
    add("--score", action="store_true", help="print how good the answers are instead: the data has the targets too")
    add("-o", "--output", metavar="FILE.csv", help="write there instead of standard output")


def run(args: argparse.Namespace) -> int:
    """Print one row a sample: its class, or the outputs."""
    from ..atomic import write_file
    from ..training import load_fit, read_again, read_inputs

    fit = load_fit(args.fit)
    if args.score:
        found = read_again(args.data, fit.network, fit.codec)
        rows = [[name, number] for name, number in fit.metrics(found.X, found.Y).items()]
    elif fit.codec.classes and not args.outputs:
        rows = [[label] for label in fit.classify(read_inputs(args.data, fit.network, fit.codec))]
    else:
        rows = fit.predict(read_inputs(args.data, fit.network, fit.codec)).tolist()
    text = "".join(f"{','.join(str(cell) for cell in row)}\n" for row in rows)
    if args.output:
        write_file(args.output, text)
    else:
        print(text, end="")
    return 0
