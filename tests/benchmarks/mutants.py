"""How many slips put into right derivations the checker refutes, where, and with what should stand there.

usage: python tests/benchmarks/mutants.py [COUNT] [SEED]

Every mutant is a derivation of a preset with one wrong digit, flipped sign or exchanged index in one line. Prints for
each kind how many are refuted at their line, with what should stand there, and how many only elsewhere or not at all;
each of those is shown. Also counts the refuted links of unmutated derivations.
"""

import random
import re
import sys
from collections import Counter

from symbp.checking import check
from symbp.documents import derive

PRESETS = ("mazur", "two-three-two")
NUMBER = re.compile(r"\d*\.\d+")
SIGN = re.compile(r" ([+-]) ")
INDEX = re.compile(r"(?<![A-Za-z{])(?:net|out|w|i|b|target|E)_\{?(?:[ho]_)?(\d)")


def wrong_digit(line: str, draw: random.Random) -> str | None:
    """Change one digit that is not among the last two of a number."""
    found = draw.choice(list(NUMBER.finditer(line)) or [None])
    if found is None:
        return None
    places = [
        p for p in range(found.start(), found.end()) if line[p].isdigit() and line[found.start() : p + 1].strip("0.")
    ]
    place = draw.choice(places[: max(1, len(places) - 2)] or [found.end() - 1])
    return line[:place] + draw.choice([d for d in "0123456789" if d != line[place]]) + line[place + 1 :]


def flipped_sign(line: str, draw: random.Random) -> str | None:
    """Turn a plus into a minus, or back."""
    found = draw.choice(list(SIGN.finditer(line)) or [None])
    if found is None:
        return None
    return line[: found.start(1)] + {"+": "-", "-": "+"}[found[1]] + line[found.end(1) :]


def exchanged_index(line: str, draw: random.Random) -> str | None:
    """Give a name the number of another one."""
    found = draw.choice(list(INDEX.finditer(line)) or [None])
    if found is None:
        return None
    other = {"1": "2", "2": "1"}.get(found[1]) or draw.choice([n for n in "1234" if n != found[1]])
    return line[: found.start(1)] + other + line[found.end(1) :]


KINDS = {"digit": wrong_digit, "sign": flipped_sign, "index": exchanged_index}


def outcome(lines: list[str], place: int, wrong: str) -> str:
    """Say where a mutant is refuted."""
    refuted = check(text="\n".join([*lines[:place], wrong, *lines[place + 1 :]])).refuted
    here = [link for link in refuted if link.line in (place + 1, place + 2)]
    if any(link.expected for link in here):
        return "refuted here, with what is expected"
    return "refuted here" if here else "refuted elsewhere" if refuted else "missed"


def main() -> None:
    """Run the mutants and print the counts."""
    count, seed = (int(word) for word in [*sys.argv[1:], "200", "1"][:2])
    draw = random.Random(seed)
    documents = {preset: derive(preset).to_markdown() for preset in PRESETS}
    false = sum(len(check(text=text).refuted) for text in documents.values())
    tally: Counter[tuple[str, str]] = Counter()
    while tally.total() < count:
        lines = documents[draw.choice(PRESETS)].splitlines()
        place = draw.choice([number for number, line in enumerate(lines) if "&=" in line])
        kind = draw.choice(list(KINDS))
        wrong = KINDS[kind](lines[place], draw)
        if wrong is not None and wrong != lines[place]:
            found = outcome(lines, place, wrong)
            tally[kind, found] += 1
            if found in ("missed", "refuted elsewhere"):
                print(f"{found}: {lines[place]}\n    as {wrong}")
    for (kind, found), number in sorted(tally.items()):
        print(f"{kind:6} {found:36} {number}")
    print(f"false alarms on unmutated derivations: {false}")


if __name__ == "__main__":
    main()
