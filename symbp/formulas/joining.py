"""Functions that join several numbers: extremes and the softmax, of an array or of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .calculus import applied
from .enclosing import arguments
from .functions import EXTREMES
from .tokens import GRID_BEGIN, PRODUCT
from .tree import Call, Indexed, Node

if TYPE_CHECKING:
    from .reader import Reader


def softmax(reader: Reader) -> Node | None:
    """Read a softmax, or a component of it with the index at the function; nothing where it is only a name."""
    start = reader.place
    reader.take()
    component = (reader.argument(),) if reader.skip("_") else ()
    if reader.here.text != "(":
        reader.place = start
        return None
    found = Call("softmax", arguments(reader))
    return Indexed(found, component) if component else found


def extreme(reader: Reader) -> Node:
    function = EXTREMES[reader.take().text]
    if reader.here.text in ("(", "[", "\\{"):
        return Call(function, arguments(reader))
    if reader.here.text == GRID_BEGIN:
        return Call(function, (reader.expression(PRODUCT),))
    return applied(reader, function)
