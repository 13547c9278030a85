"""Every preset in one of its levels and notations: every link that is written is judged right."""

from collections import Counter
from itertools import product

import pytest

import symbp
from symbp.checking import check
from symbp.derivation import models
from symbp.errors import SymbpError
from symbp.networks import presets
from symbp.notations import NOTATIONS

NETWORK_LEVELS = {"unit": {}, "layer": {}, "layer, batch": {"batch": True}, "layer, rows": {"rows": True}, "index": {}}
MODEL_LEVELS = ("index", "unit")
WRONG = ("refuted", "undecided", "unread")
PAIRS = [*product(presets(), NETWORK_LEVELS), *product(models(), MODEL_LEVELS)]


def derivation(preset, level):
    """Return the document of a preset at a level."""
    return symbp.derive(preset, level=level.partition(",")[0], **NETWORK_LEVELS.get(level, {}))


def written(document, notation):
    """Return a derivation as Markdown and as LaTeX; nothing where the notation cannot write it, with the reason."""
    try:
        return (document.to_markdown(notation, digits=8), document.to_latex(notation, digits=8)), ""
    except SymbpError as error:
        return (), str(error)


def verdicts(forms):
    """Return how many links of some texts have which verdict."""
    return Counter(link.verdict for form in forms for link in check(text=form).links)


@pytest.mark.parametrize("place", range(len(PAIRS)))
def test_what_is_written_is_right(place):
    preset, level = PAIRS[place]
    notation = list(NOTATIONS)[place % len(NOTATIONS)]  # tests/benchmarks/every_derivation.py goes through all
    forms, reason = written(derivation(preset, level), notation)
    counts = verdicts(forms[:1])
    assert counts.total() or reason
    assert not any(counts[verdict] for verdict in WRONG), counts
