"""Numbers as programs that read scanned pages print them: with a space before each digit behind the point."""

import pytest

import symbp


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("$$0. 4 \\cdot 1. 5 = 0. 6$$", "proved"),
        ("$$0. 4 \\cdot 1. 5 = 0. 7$$", "refuted"),
        ("$$- 1. 2 5 + 0. 0 6 2 = - 1. 1 8 8$$", "proved"),
        ("$$- 1. 2 5 + 0. 0 6 2 = - 1. 1 7 8$$", "refuted"),
        ("$$(1 - 0. 3 3 3) \\cdot 0. 2 = 0. 1 3 3$$", "holds"),
        ("$$0. 2 5 2 5 \\cdot 0. 5 = 0. 1 2 6$$", "holds"),
    ],
)
def test_spaced_digits_are_one_number(text: str, verdict: str) -> None:
    assert [link.verdict for link in symbp.check(text=text).links] == [verdict]


@pytest.mark.parametrize("text", ["$$a = 0. 5 25$$", "$$a = 1 2 5$$"])
def test_digits_that_may_be_several_numbers_are_not_guessed(text: str) -> None:
    assert [link.verdict for link in symbp.check(text=text).links] == ["unread"]
