"""Repairs that the form of a link shows, before any slip is tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from ..formulas import Apply, Call, Derivative, Name, Negative, Node, Number, Power, Sum, key, map_children, walk
from .exchanges import signed
from .fields import Balls
from .knowledge import Knowledge, is_closed, lone_number, names_in
from .known import Context
from .laws import broken_law
from .misput import misput
from .parts import replaced
from .paths import right_way
from .places import places, span, spliced
from .repair import Repair, Repairer, Wrong
from .schematic import defined_by_itself, stray_term
from .slips import NAMED, OF_THE_PEN

MOST_TRIED = 12  # exchanges of one index for another throughout
FEWEST_DIGITS = 4  # of a printed result that tells what was worked out


def evident(repairer: Repairer, head: Node, left: Node, wrong: Wrong) -> Repair | None:
    """Return the repair that the form of ``left = wrong`` shows; ``head`` is the first member of its chain."""
    if law := broken_law(left, wrong.node, repairer.indexed):
        part, new, _ = law
        return put_instead(("input for output", part, new), wrong)
    if put := misput(left, wrong.node, repairer.printed):
        start, end = span(wrong.text, put.number)
        text = spliced(wrong.text, put.number, signed(put.belongs), tex=wrong.tex)
        meant, name = wrong.written(signed(put.belongs)), put.belongs.name
        return _named("value of another quantity", wrong.text[start:end].strip(), meant, text, why=name)
    for slip, part, new in (*_stray(left, wrong.node), *_by_itself(left, wrong.node, repairer.knowledge)):
        whole = replaced(wrong.node, lambda node, old=part, other=new: other if node == old else None)  # type: ignore[misc]
        if slip == "wrong index" or repairer.holds(left, whole, None):
            return put_instead((slip, part, new), wrong)
    return _prime(repairer, head, wrong) or _another_way(repairer, left, wrong) or _renamed(repairer, left, wrong)


def put_instead(found: tuple[str, Node, Node], wrong: Wrong) -> Repair:
    """Return the repair of a slip, perhaps one without a name, the part that has it and what belongs in its place."""
    slip, part, new = found
    start, end = span(wrong.text, part)
    text = spliced(wrong.text, part, new, tex=wrong.tex)
    if not slip:
        return Repair(text, "", f"{text} should stand there", f"此处应为 {text}")
    return _named(slip, wrong.text[start:end].strip(), wrong.written(new), text)


def _named(slip: str, old: str, new: str, text: str, *, why: str = "") -> Repair:
    record, words = NAMED[slip], {"old": old, "new": new, "why": why}
    return Repair(text, slip, record.sentence.format(**words), record.sentence_zh.format(**words))


def _stray(left: Node, right: Node) -> Iterator[tuple[str, Node, Node]]:
    """Yield the derivative in a sum that is by another unit than the others and the whole."""
    stray = stray_term(left, right)
    for part in walk(right) if stray else ():
        if isinstance(part, Derivative) and stray and part.by == stray[0]:
            yield "wrong index", part, replace(part, by=stray[1])


def _by_itself(left: Node, right: Node, knowledge: Knowledge) -> Iterator[tuple[str, Node, Node]]:
    """Yield what may belong where a quantity is said to be a function of itself: what stands in its definition."""
    if not isinstance(left, Name) or not defined_by_itself(left, right) or key(left) not in knowledge.definitions:
        return
    for part in walk(right):
        for name in sorted(names_in(knowledge.definitions[key(left)]) & knowledge.names.keys() - {"e", key(left)}):
            if part == left:
                yield "exchanged symbol", part, knowledge.names[name]


def _prime(repairer: Repairer, head: Node, wrong: Wrong) -> Repair | None:
    """Return that a function stands where its derivative is meant, when a member is this."""
    if isinstance(head, Call):
        derivative = Apply(Name(head.function), head.arguments, 1)
    elif isinstance(head, Apply) and not head.primes:
        derivative = replace(head, primes=1)
    else:
        return None
    if len(head.arguments) != 1 or not repairer.holds(derivative, wrong.node, None):
        return None
    return on_the_left(_named("lost prime", wrong.written(head), wrong.written(derivative), wrong.written(derivative)))


def _another_way(repairer: Repairer, left: Node, wrong: Wrong) -> Repair | None:
    """Write the steps of a product of derivatives anew that lead by a wrong way."""
    new = right_way(left, wrong.node, repairer.knowledge, lambda one, other: repairer.holds(one, other, None))
    if new is None:
        return None
    text = wrong.text
    for step in sorted(new, key=lambda step: -step.span[0]):
        text = spliced(text, step, new[step], tex=wrong.tex)
    old, right = (" , ".join(map(wrong.written, steps)) for steps in (new.keys(), new.values()))
    known = Context(repairer.knowledge)
    pairs = [pair for was in new for pair in ((was.of, new[was].of), (was.by, new[was].by)) if pair[0] != pair[1]]
    inputs = all(known.is_input_of(*pair) for pair in pairs)
    return _named("input for output" if inputs else "wrong index", old, right, text)


def _renamed(repairer: Repairer, left: Node, wrong: Wrong) -> Repair | None:
    """Exchange one index for another in all names of a product of derivatives that have it."""
    names = {key(part): part for part in walk(wrong.node) if isinstance(part, Name) and part.sub}
    known = repairer.knowledge.names
    for new in islice(_exchanges(names, known), MOST_TRIED):
        whole = replaced(wrong.node, lambda node, new=new: new.get(node) if isinstance(node, Name) else None)  # type: ignore[misc]
        if repairer.holds(left, whole, None):
            old, other = (" , ".join(map(wrong.written, found)) for found in (new.keys(), new.values()))
            return _named("wrong index", old, other, wrong.written(whole))
    return None


def _exchanges(names: Mapping[str, Name], known: Mapping[str, Name]) -> Iterator[dict[Name, Name]]:
    """Yield what all names of one index become with another, where several have it."""
    for sub in dict.fromkeys(name.sub for name in names.values()):
        own = [name for name in names.values() if name.sub == sub]
        others = dict.fromkeys(n.sub for n in known.values() if n.base == own[0].base and len(n.sub) == len(sub))
        for other in others if len(own) > 1 else ():
            found = {name: replace(name, sub=other) for name in own}
            if other != sub and all(key(name) in known for name in found.values()):
                yield found


def worked_out(repairer: Repairer, wrong: Wrong, result: Node) -> Repair | None:
    """Return what a computation is meant to be by the result that is printed for it, where that is another.

    Where ``(0.1 + 0.9)^2 + (0.8 + 0.2)^2 = 1.00`` stands, minus signs are meant in both squares; where a number is
    that of another line but for its digits, and only that gives the result, the other one is meant.
    """
    number = lone_number(result)
    if number is None or not is_closed(wrong.node) or len(number.text.replace(".", "").strip("0")) < FEWEST_DIGITS:
        return None
    balls = Balls(repairer.knowledge, instance=True)
    meant = _turned(wrong.node)
    if meant != wrong.node and repairer.judge.agree(meant, result, balls):
        return _named("sign", wrong.text.strip(), wrong.written(meant), wrong.written(meant))
    if wrong.before[1:] or repairer.judge.link(wrong.node, result).verdict != "refuted":
        return None
    for slip, part, new, whole in _copied(repairer, wrong):
        if repairer.judge.agree(whole, result, balls):
            return put_instead((slip, part, new), wrong)
    return None


def _copied(repairer: Repairer, wrong: Wrong) -> Iterator[tuple[str, Node, Node, Node]]:
    """Yield the numbers of a computation that are others of the document but for a slip of the pen."""
    others = [text for text in repairer.numbers if len(text) > FEWEST_DIGITS]
    context = Context(repairer.knowledge)
    for part, rebuild in places(wrong.node):
        if not isinstance(part, Number) or len(part.text) <= FEWEST_DIGITS or repairer.numbers[part.text] > 1:
            continue
        for text in others:
            new = Number(text)
            slip = next((one for one in OF_THE_PEN if (part, "") in NAMED[one].make(new, context)), "")
            if slip:
                yield slip, part, new, rebuild(new)


def _turned(node: Node) -> Node:
    if isinstance(node, Power):
        return replace(node, base=replaced(node.base, _with_other_sign))
    return map_children(node, _turned)


def _with_other_sign(node: Node) -> Node | None:
    if not isinstance(node, Sum) or len(node.terms) != 2:
        return None
    first, second = node.terms
    bare = second.body if isinstance(second, Negative) else second
    if not isinstance(first, Number) or not isinstance(bare, Number):
        return None
    return Sum((first, bare if isinstance(second, Negative) else Negative(second)))


def on_the_left(repair: Repair) -> Repair:
    """Return a repair as one of the left member of a link."""
    english, other = f"on the left side {repair.sentence}", f"左边：{repair.sentence_zh}"
    return replace(repair, sentence=english, sentence_zh=other, left=True)
