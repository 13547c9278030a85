"""Fractions of one character, such as ½, and forward passes with arrows between their definitions."""

import pytest

from symbp import check
from symbp.documents import chains
from symbp.formulas import plain, read

PASS = """x → u₁ = w₁·x + b₁ → h₁ = σ(u₁) → u₂ = w₂·h₁ + b₂ → h₂ = σ(u₂), E = ½(h₂ − t)².

{}
"""


@pytest.mark.parametrize(("text", "same"), [("½", "1/2"), ("⅔ x", "2/3 * x"), ("1½", "3/2"), ("x^½ y", "x^{1/2} y")])
def test_a_fraction_of_one_character_is_a_number(text: str, same: str) -> None:
    assert [link.verdict for link in check(text=f"$${text} = {same}$$").links] == ["proved"]


def test_a_whole_number_before_it_is_added() -> None:
    assert plain(read("2½ x")) == plain(read(r"{2 + \frac{1}{2}} x"))


@pytest.mark.parametrize(
    ("link", "verdict", "slip"),
    [
        ("E = ½·(0.8315 − 0.25)² = 0.1691", "holds", None),
        ("E = ½·(0.8315 − 0.25)² = 0.3381", "refuted", "factor 2 or 1/2"),
        ("∂E/∂w₁ = (h₂ − t)·h₂·(1 − h₂)·w₂·h₁·(1 − h₁)·x", "proved", None),
        ("∂E/∂w₁ = (h₂ − t)·h₂·(1 − h₂)·w₁·h₁·(1 − h₁)·x", "refuted", "wrong index"),
        ("∂E/∂w₂ = ½·(h₂ − t)·h₂·(1 − h₂)·h₁", "refuted", None),
    ],
)
def test_what_follows_from_a_pass_with_arrows_is_judged(link: str, verdict: str, slip: str | None) -> None:
    found = list(check(text=PASS.format(link)).links)[-1]
    assert found.verdict in (verdict, "proved" if verdict == "holds" else verdict)
    assert slip is None or found.slip == slip


def test_every_definition_of_a_pass_with_arrows_is_found() -> None:
    found = [chain.members[0].text for chain in chains(PASS.format("E = 0.1 + 0.2"))]
    assert found == ["u₁", "h₁", "u₂", "h₂", "E", "E"]
