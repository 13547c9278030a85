"""How many slips in right derivations the checker refutes, names and repairs, and how often it raises a false alarm.

usage: python tests/benchmarks/mutants.py [COUNT] [SEED] [--show | --unmutated] [DOCUMENT ...]

Derivations of random networks are written in every notation and level; each slip of the table is made in a random
member. A mutant counts where it differs from the right line by more than four times what its printed digits allow.
A definition with a slip with which all that is said elsewhere is still right, at random points and sizes, is another
network and no mutant. Prints for every slip: mutants; refuted, anywhere in the document and at their place; named, also
by a slip that makes the same text; repaired, so that with what should stand there nothing in the document is refuted.
Then the refuted links of the documents as they were. ``--show`` prints each mutant that is missed or not named;
``--unmutated`` judges COUNT links as they were, and makes no mutants. With documents, Markdown or plain text, COUNT
slips are made in each of these instead, in links that pass; what is refuted as they are does not count.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from symbp.checking import SLIPS, Report, check
from symbp.checking.arrays import Grid, Mismatch, Spread
from symbp.checking.fields import Balls, last_place
from symbp.checking.indexed import NumberedJudge
from symbp.checking.judging import POINTS, Judge
from symbp.checking.knowledge import is_closed, links, lone_number
from symbp.checking.known import Context, has_decimals
from symbp.checking.limits import Undecided
from symbp.checking.places import places, same, spliced
from symbp.checking.reads import understood
from symbp.checking.report import PASSING
from symbp.checking.roles import infer
from symbp.checking.shapes import declared
from symbp.checking.slips import Slip
from symbp.checking.source import Source
from symbp.checking.stages import Stage
from symbp.documents import chains, derive
from symbp.errors import SymbpError
from symbp.formulas import Node, Number, ReadError, read
from symbp.graphs import unit_graph
from symbp.networks import ACTIVATIONS, LOSSES, Network, mlp, worked_values
from symbp.notations import NOTATIONS

LEVELS = ("unit", "layer", "index")
DIGITS = (None, 4, 6, 10)
WIDE = 4  # times what the printed digits allow, by which a mutant differs at least
TRIES = 30  # members that are tried for one slip


@dataclass(frozen=True)
class Document:
    """A right derivation.

    Attributes:
        text: of the document.
        kind: notation and level, or the name of a document that somebody wrote.
        written: somebody wrote it, so that only links that pass are known to be right.
    """

    text: str
    kind: str
    written: bool = False

    @cached_property
    def report(self) -> Report:
        """What is found of it."""
        return check(text=self.text)

    @cached_property
    def stage(self) -> Stage:
        """What it defines."""
        return stage(self.text)

    @cached_property
    def given(self) -> frozenset[tuple[int, int]]:
        """The links that claim nothing: the chain of each, and its place there."""
        return self._with(("given",))

    @cached_property
    def passing(self) -> frozenset[tuple[int, int]]:
        """The links that are found to be right."""
        return self._with(PASSING)

    def _with(self, verdicts: Collection[str]) -> frozenset[tuple[int, int]]:
        equations = enumerate(self.report.equations)
        links = ((number, place, link) for number, one in equations for place, link in enumerate(one.links))
        return frozenset((number, place) for number, place, link in links if link.verdict in verdicts)

    @cached_property
    def context(self) -> Context:
        """What a slip may draw on."""
        return Context(self.stage.knowledge, self.stage.repairer.known)


@dataclass(frozen=True)
class Mutant:
    """A document with one slip."""

    slip: Slip
    right: Node
    wrong: Node
    start: int
    text: str
    old: str
    new: str


def stage(text: str) -> Stage:
    """Return what a document says."""
    found = list(chains(text))
    read = understood(found, infer(found), text)
    return Source(read, declared(text)).stages(read).at(0)


def network(draw: random.Random) -> Network:
    """Return a small random network, mostly with values."""
    sizes = [draw.randint(1, 3) for _ in range(draw.choice((3, 3, 4)))]
    names = [draw.choice(["sigmoid", "sigmoid", *ACTIVATIONS]) for _ in sizes[1:]]
    loss = draw.choice(["half_squared_error", "half_squared_error", *LOSSES])
    names[-1] = "sigmoid" if loss == "binary_cross_entropy" else names[-1]
    bias = draw.choice(["none", "unit", "shared"])
    places_ = draw.choice([1, 2, 3])

    def number(low: float = -1) -> float:
        return round(draw.uniform(low, 1), places_) or 0.5

    pairs = list(zip(sizes, sizes[1:], strict=False))
    weights = [[[number() for _ in range(a)] for _ in range(b)] for a, b in pairs]
    biases = [[number() for _ in range(1 if bias == "shared" else b)] for _, b in pairs] if bias != "none" else []
    inputs, targets = [number() for _ in range(sizes[0])], [number(0) for _ in range(sizes[-1])]
    values = worked_values(weights, biases, inputs, targets, draw.choice([0.5, 0.1, 0.01]))
    return mlp(*sizes, activation=names, loss=loss, bias=bias, values=values if draw.random() < 0.8 else None)


def document(draw: random.Random) -> Document | None:
    """Return a random derivation; nothing where the draw cannot be derived or written."""
    style, level = draw.choice(list(NOTATIONS)), draw.choice(LEVELS)
    try:
        net = network(draw)
        parameters = unit_graph(net).role("weight", "bias")
        wanted = draw.sample(parameters, min(3, len(parameters))) if level == "unit" else None
        text = derive(net, wrt=wanted, level=level).to_markdown(style, digits=draw.choice(DIGITS))
    except SymbpError:
        return None
    return Document(text, f"{style} {level}")


def mutant(of: Document, slip: Slip, draw: random.Random) -> Mutant | None:
    """Return the document with a slip in one member."""
    members = [
        (number, chain, place)
        for number, chain in enumerate(of.stage.chains)
        for place, member in enumerate(chain.members)
        if place and not isinstance(member, ReadError) and (not of.written or (number, place - 1) in of.passing)
    ]
    for number, chain, place in draw.sample(members, min(TRIES, len(members))):
        right, member = chain.members[place], chain.chain.members[place]
        assert not isinstance(right, ReadError)
        made = [(part, rebuild(new), new) for part, rebuild in places(right) for new, _ in slip.make(part, of.context)]
        for part, wrong, new in draw.sample(made, min(3, len(made))):
            text = spliced(member.text, part, new, tex=chain.chain.kind != "plain")
            if not of.text.startswith(member.text, member.start):
                break  # the document has it in other words
            if _reads_as(text, wrong) and _differs(of, right, wrong):
                whole = of.text[: member.start] + text + of.text[member.start + len(member.text) :]
                if (number, place - 1) in of.given and is_consistent(whole, of.given):
                    continue  # another network, of which all that is said is right
                return Mutant(slip, right, wrong, member.start, whole, member.text, text)
    return None


def _reads_as(text: str, wrong: Node) -> bool:
    try:
        return same(read(text), wrong)
    except ReadError:
        return False


def _differs(of: Document, right: Node, wrong: Node) -> bool:
    """Whether a mutant differs by more than the printed digits allow."""
    judge, knowledge = of.stage.judge, of.stage.knowledge
    if not (is_closed(right) or is_closed(wrong) or has_decimals(right)):
        return differ(of.stage, right, wrong) is True
    numbers = Balls(knowledge, instance=True)
    try:
        one, other = judge.value(right, numbers), judge.value(wrong, numbers)
        wide = judge.value(right, Balls(knowledge, instance=True, rounded=True))
        if any(isinstance(value, Grid | Spread) for value in (one, other, wide)):
            return False
    except (Undecided, Mismatch):
        return False
    slack = WIDE * (float(wide.rad()) + max(_unit(right), _unit(wrong), _final_unit(of, right)))
    return abs(float((one - other).mid())) > slack + 1e-12 * abs(float(one.mid()))


def differ(by: Stage, one: Node, other: Node) -> bool | None:
    """Return whether two formulas without numbers put in differ somewhere; nothing where they have no values."""
    indexed, found = by.indexed, set()
    if not indexed.is_lettered(one, other):
        return _differ_at(by.judge, one, other)
    for values in (*indexed._choices(one, other).different, *indexed._choices(one, other).same):
        with suppress(Undecided):
            sides = (indexed.indexing.expand(side, values) for side in (one, other))
            found.add(_differ_at(indexed.numbered, *sides))
    return True if True in found else False if found == {False} else None


def _differ_at(judge: Judge | NumberedJudge, one: Node, other: Node) -> bool | None:
    found = set()
    for point in range(POINTS):
        try:
            found.add(not judge.met(one, other, Balls(judge.knowledge, point))[2])
        except Mismatch:
            return True
        except Undecided:
            continue
    return True in found if found else None


def is_consistent(text: str, given: Collection[tuple[int, int]]) -> bool:
    """Whether both sides of all links of a document that claim something have the same values at random points."""
    by = stage(text)
    claims = ((left, right) for place, left, right in links(by.chains) if place not in given)
    return all(differ(by, left, right) is False for left, right in claims)


def _unit(member: Node) -> float:
    lone = lone_number(member)
    return float(f"1e{last_place(lone.text)}") if lone is not None and "." in lone.text else 0.0


def _final_unit(of: Document, right: Node) -> float:
    """Return the unit of the number in which the chain of a member ends."""
    for chain in of.stage.chains:
        if any(member is right for member in chain.members):
            last = chain.members[-1]
            number = None if isinstance(last, ReadError) else lone_number(last)
            return float(f"1e{last_place(number.text)}") if isinstance(number, Number) and "." in number.text else 0.0
    return 0.0


def outcome(of: Document, one: Mutant) -> Iterator[str]:
    """Yield what is found of a mutant."""
    report = check(text=one.text)
    yield "mutants"
    before = {(link.lhs, link.rhs) for link in of.report.refuted}
    refuted = [link for link in report.refuted if (link.lhs, link.rhs) not in before]
    if refuted:
        yield "refuted"
    line = one.text[: one.start].count("\n") + 1
    column = one.start - one.text.rfind("\n", 0, one.start)
    here = [link for link in refuted if any(region[:2] == (line, column) for region in link.regions)]
    if here:
        yield "at its place"
    slips = {slip.name: slip for slip in SLIPS}
    if any(link.slip and _makes(of, slips[link.slip], one) for link in here if link.slip in slips):
        yield "named"
    if any(link.region[:2] == (line, column) and _is_whole(one, link.expected, len(before)) for link in here):
        yield "repaired"


def _makes(of: Document, slip: Slip, one: Mutant) -> bool:
    """Whether a slip makes of the right formula what stands there."""
    if slip is one.slip:
        return True
    parts = places(one.right)
    return any(same(rebuild(new), one.wrong) for part, rebuild in parts for new, _ in slip.make(part, of.context))


def _is_whole(one: Mutant, expected: str | None, most: int) -> bool:
    """Whether no more than so many links of a document are refuted with what should stand there."""
    text = one.text[: one.start] + (expected or "") + one.text[one.start + len(one.new) :]
    return bool(expected) and len(check(text=text).refuted) <= most


def unmutated(count: int, seed: int) -> None:
    """Print how many links of right derivations are refuted, of a number of links."""
    draw, links, alarms = random.Random(seed), 0, []
    while links < count:
        of = document(draw)
        if of is not None:
            links += sum(of.report.summary.values())
            alarms += list(false_alarms(of))
    print(f"false alarms: {len(alarms)} of {links} links of unmutated derivations")
    print("\n".join(alarms))


def written(paths: Iterable[str]) -> Iterator[Document]:
    """Yield the documents that somebody wrote; says of which nothing can be checked."""
    for path in paths:
        of = Document(Path(path).read_text("utf-8"), path, written=True)
        try:
            links = of.report.links
        except SymbpError as error:
            print(f"{path}: {error}", file=sys.stderr)
            continue
        if links:
            yield of


def false_alarms(of: Document) -> Iterator[str]:
    """Yield the refuted links of a right derivation."""
    yield from (f"{of.kind}: {link.lhs} = {link.rhs}: {link.reason}" for link in of.report.refuted)


def run(
    count: int, seed: int, *, show: bool, texts: Sequence[Document] = ()
) -> tuple[Counter[tuple[str, str]], int, list[str]]:
    """Return the tally of a number of mutants, the links of the documents as they were, and their false alarms."""
    draw = random.Random(seed)
    tally: Counter[tuple[str, str]] = Counter()
    links, alarms, done = 0, [], 0
    for of in texts or (document(draw) for _ in itertools.count()):
        if of is None:
            continue
        links += sum(of.report.summary.values())
        alarms += [] if of.written else list(false_alarms(of))
        wanted = sorted(SLIPS, key=lambda slip: (tally[slip.name, "mutants"] + tally[slip.name, "none"], draw.random()))
        made = 0
        for slip in wanted if of.written else wanted[:10]:
            one = mutant(of, slip, draw) if made < count else None
            if one is None:
                tally[slip.name, "none"] += made < count
                continue
            found = set(outcome(of, one))
            tally.update((slip.name, what) for what in found)
            made += 1
            if show and not {"named", "repaired"} <= found:
                print(f"{slip.name} ({of.kind}): {' '.join(sorted(found))}\n  {one.old}\n  {one.new}")
                lines = (
                    f"    {k.line} {k.lhs} = {k.rhs} | {k.reason} | {k.expected}" for k in check(text=one.text).refuted
                )
                print("\n".join(line[:900] for line in list(lines)[:4]), flush=True)
        done += made
        if done >= count and not texts:
            break
    return tally, links, alarms


COLUMNS = ("mutants", "refuted", "at its place", "named", "repaired")


def table(tally: Counter[tuple[str, str]]) -> Iterator[str]:
    """Yield the lines of the result."""
    yield f"{'slip':34}" + "".join(f"{column:>14}" for column in COLUMNS)
    for slip in SLIPS:
        yield f"{slip.name:34}" + "".join(f"{tally[slip.name, column]:14}" for column in COLUMNS)
    total = {column: sum(tally[slip.name, column] for slip in SLIPS) for column in COLUMNS}
    yield f"{'all':34}" + "".join(f"{total[column] / max(total['mutants'], 1):14.1%}" for column in COLUMNS)


def main() -> None:
    """Run the mutants and print the rates."""
    if "--help" in sys.argv:
        print(__doc__)
        return
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    numbers = [int(word) for word in words if word.isdigit()]
    count, seed = [*numbers, *(300, 1)[len(numbers) :]]
    if "--unmutated" in sys.argv:
        unmutated(count, seed)
        return
    paths = [word for word in words if not word.isdigit()]
    texts = list(written(paths))
    if paths and not texts:
        sys.exit("no document with equations")
    tally, links, alarms = run(count, seed, show="--show" in sys.argv, texts=texts)
    print("\n".join(table(tally)))
    print(f"false alarms: {len(alarms)} of {links} links of unmutated derivations")
    print("\n".join(alarms))


if __name__ == "__main__":
    main()
