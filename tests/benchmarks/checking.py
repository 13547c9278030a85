"""How long the checker takes: a link, a document of 200 equations, long documents by their size, and bad ones.

usage: python tests/benchmarks/checking.py [--most MB] [--lines N] [DOCUMENT ...]

Prints processor seconds. A derivation of a preset is checked whole: the median and the slowest of its links are those
of the time between one link and the next. Documents are checked each in a process of its own. Then texts of 1, 2, 4 …
MB up to MB, with the seconds a MB; so many lines of code that look like equations; a million braces; and deep nesting.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from symbp.checking import check, checker
from symbp.documents import derive
from symbp.errors import SymbpError
from symbp.networks import load

PARAGRAPH = "Words about training that claim nothing, with $y = 2$ in between.\n\n" * 8
EQUATION = "$$y = w x + b = 0.5 \\cdot 2 + 1 = 2$$\n\n"


def spent(text: str) -> float:
    """Return the processor seconds that checking a text takes."""
    start = time.process_time()
    try:
        check(text=text)
    except SymbpError as error:
        print(f"  ({error})"[:100])
    return time.process_time() - start


def links(text: str) -> list[float]:
    """Return the seconds of every link of a text."""
    found: list[float] = []
    judged = checker.Checker.link

    def timed(*arguments: object) -> object:
        start = time.process_time()
        report = judged(*arguments)  # type: ignore[arg-type]
        found.append(time.process_time() - start)
        return report

    checker.Checker.link = timed  # type: ignore[assignment, method-assign]
    check(text=text)
    checker.Checker.link = judged  # type: ignore[method-assign]
    return found


def bad(lines: int) -> Iterator[tuple[str, str]]:
    """Yield texts that are no derivations, with what they are."""
    yield f"{lines} lines of code", "".join(f"x_{i} = foo(a[{i}], b={i})\n" for i in range(lines))
    yield "a million braces", "$$a = " + "{" * 500_000 + "x" + "}" * 500_000 + "$$\n$$x = 1$$"
    yield "a million unclosed braces", "$$a = " + "{" * 1_000_000 + "$$\n$$x = 1$$"
    yield "50,000 nested fractions", "$$a = " + "\\frac{1}{1+" * 50_000 + "x" + "}" * 50_000 + "$$"


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--most", type=int, default=8)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("documents", nargs="*")
    chosen = parser.parse_args()
    text = derive(load("mazur")).to_markdown("net-out")
    check(text="$$y = 2 = 2$$")
    seconds = links(text)
    middle, slowest = statistics.median(seconds), max(seconds)
    print(f"{len(seconds)} links: median {1000 * middle:.1f} ms, slowest {1000 * slowest:.0f} ms")
    equations = "".join(f"$$z_{{{i}}} = w_{{{i}}} x + b = 0.5 \\cdot 2 + {i} = {i + 1}$$\n\n" for i in range(200))
    print(f"200 equations: {spent(equations):.2f} s")
    for document in chosen.documents:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "symbp", "check", document], capture_output=True, check=False)
        print(f"{document}: {time.perf_counter() - start:.2f} s as a whole process")
    size = 1
    while size <= chosen.most:
        block = PARAGRAPH + EQUATION
        took = spent(block * (size * 1_000_000 // len(block)))
        print(f"{size} MB: {took:.1f} s, {took / size:.1f} s a MB", flush=True)
        size *= 2
    for name, text in bad(chosen.lines):
        print(f"{name}: {spent(text):.1f} s", flush=True)


if __name__ == "__main__":
    main()
