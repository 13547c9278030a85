"""Slips of the pen in a printed number: what each makes of its digits, and what it may have been made from."""

from collections.abc import Iterator

MOST_SHIFTED = 3  # places of a decimal point


def transposed(text: str) -> Iterator[str]:
    """Yield a number with two neighbouring digits exchanged.

    >>> list(transposed("0.123"))
    ['1.023', '0.213', '0.132']
    """
    places = _digits(text)
    for one, other in zip(places, places[1:], strict=False):
        if text[one] != text[other]:
            yield text[:one] + text[other] + text[one + 1 : other] + text[one] + text[other + 1 :]


def dropped(text: str) -> Iterator[str]:
    """Yield a number with one digit left out.

    >>> list(dropped("0.123"))
    ['0.23', '0.13', '0.12']
    """
    places = _digits(text)
    for place in places[1:] if text[:1] == "0" else places:
        rest = text[:place] + text[place + 1 :]
        if len(places) > 1 and rest[:1] != "." and not rest.endswith("."):
            yield rest


def inserted(text: str) -> Iterator[str]:
    """Yield a number with one digit more: what `dropped` may have been made from."""
    start = text.find(".") + 1 if text.startswith("0.") else 0
    for place in range(start, len(text.partition("e")[0]) + 1):
        for digit in "0123456789":
            longer = text[:place] + digit + text[place:]
            if text in dropped(longer) and not (longer[0] == "0" and longer[1:2] != "."):
                yield longer


def doubled(text: str) -> Iterator[str]:
    """Yield a number with one digit written twice.

    >>> list(doubled("0.12"))
    ['0.112', '0.122']
    """
    for place in _digits(text):
        if not (place == 0 and text[0] == "0"):
            yield text[: place + 1] + text[place:]


def halved(text: str) -> Iterator[str]:
    """Yield a number with one of two equal digits left out: what `doubled` may have been made from."""
    places = _digits(text)
    for one, other in zip(places, places[1:], strict=False):
        if other == one + 1 and text[one] == text[other]:
            yield text[:one] + text[other:]


def shifted(text: str) -> Iterator[str]:
    """Yield a number with its decimal point moved.

    >>> list(shifted("0.25"))[:2]
    ['2.5', '0.025']
    """
    mantissa, mark, exponent = text.partition("e")
    whole, _, places = mantissa.partition(".")
    if not places:
        return
    digits, point = whole + places, len(whole)
    for steps in range(1, MOST_SHIFTED + 1):
        for at in (point + steps, point - steps):
            yield _pointed(digits, at) + mark + exponent


def _pointed(digits: str, point: int) -> str:
    padded = "0" * max(0, 1 - point) + digits + "0" * max(0, point - len(digits))
    at = max(point, 1)
    whole = padded[:at].lstrip("0") or "0"
    return f"{whole}.{padded[at:]}" if padded[at:] else whole


def changed(text: str) -> Iterator[str]:
    """Yield a number with one digit replaced by another."""
    for place in _digits(text):
        for digit in "0123456789":
            if digit != text[place]:
                yield text[:place] + digit + text[place + 1 :]


def _digits(text: str) -> list[int]:
    """Return the places of the digits before any exponent."""
    return [place for place, character in enumerate(text.partition("e")[0]) if character.isdigit()]
