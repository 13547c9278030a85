"""The same links given to symbp, to sympy's two LaTeX parsers with ``equals``, and to Math-Verify, side by side.

usage: python tests/benchmarks/peers.py [--seconds S] [--mutants N] [--links K] [TRUTH.json DOCUMENT ...]

Without truth tables the links are those of derivations of the presets, with N of them made wrong in one place. A truth
table says of links of a document whether they hold: ``rows`` with ``lhs``, ``rhs`` and ``verdict`` (``holds`` or
``wrong``). Of the right links so many are drawn that there are K in all. symbp reads the whole document; the peers get
both sides of a link, and the values that the document gives, put in where their parser gives the names back. Each link
has S seconds in a process of its own, which is stopped then.

Prints for each: right verdicts, wrong verdicts, no answer (of these: out of time), seconds a link.
Needs the extra: pip install symbp[benchmarks]
"""

import argparse
import json
import multiprocessing
import os
import random
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from symbp.checking import check
from symbp.documents import derive

PRESETS = ("mazur", "two-three-two")
NUMBER = re.compile(r"-?\d*\.?\d+")
PLACES = (re.compile(r"(?<=\d\.)\d|(?<=\d)\d"), re.compile(r"(?<= )[-+](?= )"), re.compile(r"(?<=[a-zA-Z]_)[1-9]"))
RELATION = re.compile(r"\\approx(?![A-Za-z])|\\simeq|≈|=")
LATE = "out of time"


@dataclass(frozen=True)
class Link:
    """One link: both sides, the given values, whether it holds, and what symbp finds of it in its document."""

    lhs: str
    rhs: str
    holds: bool
    values: dict[str, str]
    symbp: bool | None


def told(verdict: str) -> bool | None:
    """Return what a verdict of symbp says: holds, is wrong, or nothing."""
    return {"proved": True, "holds": True, "refuted": False}.get(verdict)


def values_of(report: Any) -> dict[str, str]:
    """Return the numbers that a document gives, by name."""
    found = {}
    for link in report.links:
        if link.verdict == "given" and NUMBER.fullmatch(link.rhs.strip()):
            found.setdefault(link.lhs.strip(), link.rhs.strip())
    return found


def plain(text: str) -> str:
    """Return the text of a member without what is only layout."""
    text = re.sub(r"\\(?:tag|label)\{[^{}]*\}|\\(?:nonumber|quad|qquad|displaystyle)(?![A-Za-z])", "", text)
    return re.sub(r"\\\\(?:\[[^\]]*\])?|\\[,;:! ]|[&$\u200b]", " ", text).strip(" .,;:，。；：\n")


def squeezed(text: str) -> str:
    """Return the text of a member for finding it again."""
    return re.sub(r"\s", "", plain(text))


def of_table(table: Path, document: Path) -> Iterator[Link]:
    """Yield the links of a document with a truth table."""
    report = check(document)
    values = values_of(report)
    found = {(squeezed(link.lhs), squeezed(link.rhs)): link.verdict for link in report.links}
    for row in json.loads(table.read_text())["rows"]:
        if row["verdict"] in ("holds", "wrong") and not RELATION.search(row["rhs"]):
            lhs, rhs = RELATION.split(row["lhs"])[-1], RELATION.split(row["rhs"])[0]
            verdict = found.get((squeezed(lhs), squeezed(rhs)), "")
            yield Link(plain(lhs), plain(rhs), row["verdict"] == "holds", values, told(verdict))


def carried(mutants: int) -> Iterator[Link]:
    """Yield the links of derivations of the presets, and such as are made wrong in one place."""
    draw = random.Random(1)
    for preset in PRESETS:
        text = derive(preset).to_markdown()
        report = check(text=text)
        values, lines, seen = values_of(report), text.splitlines(), set()
        for link in report.links:
            if link.verdict != "given":
                seen.add((link.lhs, link.rhs))
                yield Link(plain(link.lhs), plain(link.rhs), True, values, told(link.verdict))
        for _ in range(mutants // len(PRESETS)):
            place = draw.choice([number for number, line in enumerate(lines) if "&=" in line])
            wrong = spoiled(lines[place], draw)
            yield from mutated("\n".join([*lines[:place], wrong, *lines[place + 1 :]]), place + 1, seen, values)


def spoiled(line: str, draw: random.Random) -> str:
    """Change a digit of a number, a sign or an index of a line, where it has one."""
    found = list(draw.choice(PLACES).finditer(line))
    if not found:
        return line
    place = draw.choice(found)
    others = {"+": "-", "-": "+"}.get(place[0]) or [digit for digit in "123456789" if digit != place[0]]
    return line[: place.start()] + draw.choice(others) + line[place.end() :]


def mutated(text: str, line: int, seen: set[tuple[str, str]], values: dict[str, str]) -> Iterator[Link]:
    """Yield the link that ends at a changed line."""
    for link in check(text=text).links:
        if link.line == line and link.verdict != "given" and (link.lhs, link.rhs) not in seen:
            yield Link(plain(link.lhs), plain(link.rhs), False, values, told(link.verdict))


def by_sympy(backend: str) -> Callable[[Link], bool | None]:
    """Return the judge made of one of sympy's parsers."""
    from sympy.parsing.latex import parse_latex

    def judge(link: Link) -> bool | None:
        names = {parse_latex(name, backend=backend): value for name, value in link.values.items()}
        return equal(*(parse_latex(side, backend=backend) for side in (link.lhs, link.rhs)), names, link.rhs)

    return judge


def by_math_verify() -> Callable[[Link], bool | None]:
    """Return the judge made of Math-Verify."""
    from math_verify import parse, verify

    def expression(text: str) -> Any:
        return parse(f"${text}$", fallback_mode="no_fallback")[0]

    def judge(link: Link) -> bool | None:
        one, other = expression(link.lhs), expression(link.rhs)
        if verify([one], [other]):
            return True
        names = {expression(name): value for name, value in link.values.items()}
        return equal(one, other, names, link.rhs)

    return judge


def equal(one: Any, other: Any, names: dict[Any, str], printed: str) -> bool | None:
    """Return whether two expressions are equal: as they are, or with the values to the last printed digit."""
    import sympy

    same = one.equals(other)
    numbers = {name: sympy.Rational(value) for name, value in names.items() if isinstance(name, sympy.Symbol)}
    first, second = one.subs(numbers), other.subs(numbers)
    if same is not True and first.is_number and second.is_number:
        places = len(NUMBER.findall(printed)[-1].partition(".")[2]) if NUMBER.search(printed) else 9
        return bool(abs(first.evalf(30) - second.evalf(30)) <= sympy.Rational(1, 10**places))
    return None if same is None else bool(same)


PEERS: dict[str, Callable[[], Callable[[Link], bool | None]]] = {
    "sympy antlr": lambda: by_sympy("antlr"),
    "sympy lark": lambda: by_sympy("lark"),
    "Math-Verify": by_math_verify,
}


def work(peer: str, pipe: Any) -> None:
    """Judge links until there are no more; what cannot be judged has no answer."""
    warnings.simplefilter("ignore")
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - for as long as the process lives
    judge = PEERS[peer]()
    while True:
        try:
            pipe.send(judge(pipe.recv()))
        except EOFError:
            return
        except Exception as error:  # whatever a peer raises is no answer
            pipe.send(type(error).__name__)


@dataclass
class Worker:
    """A process that judges one link at a time and is stopped when that takes too long."""

    peer: str
    seconds: float
    process: Any = None
    pipe: Any = field(default=None, repr=False)

    def judge(self, link: Link) -> bool | str | None:
        """Return the verdict of the peer."""
        if self.process is None:
            context = multiprocessing.get_context("spawn")
            self.pipe, other = context.Pipe()
            self.process = context.Process(target=work, args=(self.peer, other), daemon=True)
            self.process.start()
            other.close()
            self.judge(Link("1", "1", True, {}, None))  # so that loading the peer is not counted
        self.pipe.send(link)
        try:
            if self.pipe.poll(self.seconds if link.values else 60):
                return self.pipe.recv()
        except EOFError:
            pass
        self.process.kill()
        self.process = None
        return LATE


def outcome(link: Link, answer: Any) -> str:
    """Return how a verdict compares with the truth."""
    if answer is not True and answer is not False:
        return LATE if answer == LATE else "no answer"
    return "right" if answer == link.holds else "wrong"


def show(name: str, links: list[Link], answers: list[Any], seconds: float) -> None:
    """Print the rates of one judge."""
    counts = Counter(outcome(link, answer) for link, answer in zip(links, answers, strict=True))
    caught = sum(not link.holds and answer is False for link, answer in zip(links, answers, strict=True))
    false = sum(link.holds and answer is False for link, answer in zip(links, answers, strict=True))
    total, none = len(links), counts["no answer"] + counts[LATE]
    wrongs = sum(not link.holds for link in links)
    print(
        f"{name:12} right {counts['right'] / total:6.1%}  wrong {counts['wrong'] / total:6.1%}  "
        f"no answer {none / total:6.1%} ({counts[LATE]} late)  "
        f"caught {caught}/{wrongs}  false alarms {false}/{total - wrongs}  {1000 * seconds / total:7.1f} ms a link"
    )


def main() -> None:
    """Judge all links by all judges."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--mutants", type=int, default=60)
    parser.add_argument("--links", type=int, default=150)
    parser.add_argument("files", nargs="*", type=Path, metavar="TRUTH.json DOCUMENT")
    args = parser.parse_args()
    start = time.perf_counter()
    pairs = zip(args.files[::2], args.files[1::2], strict=True)
    links = [link for pair in pairs for link in of_table(*pair)] or list(carried(args.mutants))
    total = len(links)
    wrongs, rights = ([link for link in links if link.holds is kind] for kind in (False, True))
    links = wrongs + random.Random(1).sample(rights, min(len(rights), max(0, args.links - len(wrongs))))
    print(f"{len(links)} links, {sum(not link.holds for link in links)} of them wrong")
    spent = (time.perf_counter() - start) * len(links) / total
    show("symbp", links, [link.symbp for link in links], spent)
    for peer in PEERS:
        worker, start = Worker(peer, args.seconds), time.perf_counter()
        answers = [worker.judge(link) for link in links]
        show(peer, links, answers, time.perf_counter() - start)
    print("symbp's time is that of reading and judging whole documents, and in the carried set every mutant's.")


if __name__ == "__main__":
    main()
