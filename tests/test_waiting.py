"""Rules about sizes are tried again only where what they are about has changed."""

from symbp.checking.sizes import Shape, Sizes
from symbp.checking.waiting import Waiting


def test_a_rule_is_tried_again_only_where_its_sizes_have_changed() -> None:
    sizes, tried = Sizes(), list[str]()
    waiting, one, other = Waiting(sizes), sizes.shape(), sizes.shape()

    def rule(name: str, shape: Shape, guess: bool) -> bool:
        tried.append(name)
        return guess or sizes.is_number(shape)

    waiting.add(rule, "one", one)
    waiting.add(rule, "other", other)
    waiting.again()
    waiting.settle(lambda rule, guess: rule(guess))
    sizes.alike(other, sizes.shape(1, 1))
    waiting.settle(lambda rule, guess: rule(guess))
    assert tried == ["one", "other", "other"]
    assert waiting.guess(lambda rule, guess: rule(guess))
    assert not waiting.rules
