"""``symbp check``: judge every equation of a document."""

import argparse
import sys

LANGUAGES = ("en", "zh")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("documents", nargs="+", metavar="DOCUMENT", help="a Markdown, TeX or plain-text file")
    parser.add_argument(
        "--network", metavar="NETWORK", help="a preset or TOML file that completes the document's definitions"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="what is printed (default: text)")


def run(args: argparse.Namespace) -> int:
    """Print the report of each document; 1 if a link is refuted, 2 if a document cannot be read."""
    from ..checking import check, terminal
    from ..errors import SymbpError
    from ..networks import load

    network = load(args.network) if args.network else None
    status = 0
    for document in args.documents:
        try:
            report = check(document, network=network)
        except SymbpError as error:
            print(f"symbp: {error}", file=sys.stderr)
            status = 2
            continue
        print(
            report.to_json() if args.format == "json" else terminal(report), end="\n" if args.format == "json" else ""
        )
        status = max(status, 1 if report.refuted else 0)
    return status
