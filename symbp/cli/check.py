"""``symbp check``: judge every equation of some documents."""

import argparse
import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..checking.many import Examination
    from ..checking.report import Outcome


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("documents", nargs="+", metavar="DOCUMENT", help="Markdown, TeX, a notebook, HTML, text; or a folder of such")
    add("--network", metavar="NETWORK", help="a preset or TOML file that completes the documents' definitions")
    add("--side", metavar="FILE", help="what you say of the symbols (default: DOCUMENT's .symbp.toml, if it is there)")
    add("--explain", action="store_true", help="print what was inferred; -o X.symbp.toml writes it to be corrected")
    add(
        "--format",
        metavar="FORMAT",
        help="text, json, sarif, junit or annotated (default: by the ending of -o)",
    )
    add("--lang", default="en", help="en or zh: the language of the report (default: en)")
    add("-o", dest="output", metavar="FILE", help="write this file; its ending sets the format")
    add("--jobs", type=int, metavar="N", help="documents judged at the same time (default: one a processor)")
    add("--timeout", type=float, default=120.0, metavar="S", help="seconds that a document may take (default: 120)")
    add("--memory", type=int, default=2048, metavar="MB", help="memory that a document may take (default: 2048)")
    add("--same", action="store_true", help="two documents: whether they derive the same gradients, in whatever names")
    add("--no-cache", action="store_true", help="judge anew what was judged before")


def run(args: argparse.Namespace) -> int:
    """Report on each document; 1 if a link is refuted, 2 if a document cannot be read."""
    from ..atomic import write_file
    from ..checking.formats import format_for
    from ..checking.reaching import found_in, keep_apart
    from ..checking.terminal import table

    if args.explain:
        return _explain(args)
    if args.same:
        return _same(args)
    form = format_for(args.format, args.output)
    documents = list(found_in(args.documents))
    keep_apart(args.output, documents, annotated=form.name == "annotated")
    outcomes = []
    for outcome in _examination(args).outcomes(documents):
        outcomes.append(outcome)
        _said(outcome, shown=form.name == "text" and not args.output, lang=args.lang)
    if args.output:
        write_file(args.output, form.write(outcomes, args.lang))
    elif form.name != "text":
        sys.stdout.write(form.write(outcomes, args.lang))
    elif len(outcomes) > 1:
        from ..checking.terminal import show

        show(table(outcomes, args.lang), sys.stdout)
    return max(outcome.status for outcome in outcomes)


def _explain(args: argparse.Namespace) -> int:
    from ..atomic import write_file
    from ..checking.reaching import found_in, keep_apart
    from ..checking.telling import telling_for
    from ..errors import InputError

    documents = list(found_in(args.documents))
    if len(documents) != 1:
        raise InputError("one document at a time is explained")
    tell = telling_for(args.format, args.output)
    keep_apart(args.output, documents)
    text = tell(_examination(args).explanation(documents[0].path))
    if args.output:
        write_file(args.output, text)
    else:
        sys.stdout.write(text)
    return 0


def _same(args: argparse.Namespace) -> int:
    from ..checking.same import same
    from ..errors import InputError

    if len(args.documents) != 2:
        raise InputError("two documents are compared")
    found = same(*args.documents)
    for one in found.gradients:
        print(f"{one.here} (line {one.lines[0]}) and {one.there} (line {one.lines[1]}): {one.verdict}: {one.reason}")
    for line in found.wrong:
        print(line)
    return int(not found.equal)


def _examination(args: argparse.Namespace) -> "Examination":
    from ..checking.cache import user_cache
    from ..checking.languages import check_language
    from ..checking.limited import Limits, Options
    from ..checking.many import Examination

    if args.network:
        from ..networks import load

        load(args.network)
    options = Options(args.network or "", "", args.side or "", check_language(args.lang), args.explain)
    cache = None if args.no_cache else user_cache()
    jobs = args.jobs if args.jobs is not None else os.cpu_count() or 1
    return Examination(options, Limits(args.timeout, args.memory), cache, jobs)


def _said(outcome: "Outcome", *, shown: bool, lang: str) -> None:
    """Print a report where it is to be shown, and on standard error why there is none."""
    from ..checking.lines import visible
    from ..checking.terminal import WIDEST, show, styled

    if outcome.report is None:
        print(f"symbp: {visible(outcome.error)}", file=sys.stderr)
    elif shown:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDEST
        show(styled(outcome.report, width=width, lang=lang), sys.stdout)
