"""What stands above and below a name: indices of indices, layers, marks of new values."""

import pytest

from symbp.formulas import Name, Number, Power, ReadError, Roles, latex, read


def test_a_number_has_an_index_of_its_own():
    found = read(r"O_{9_{\mathrm{in}}}")
    assert found == Name("O", (Name("9", (Name("in"),)),))
    assert read(latex(found)) == found


def test_a_layer_and_the_mark_of_a_new_value_stand_above_a_name():
    above = read("w^{2+}_{11}", Roles(layered=frozenset({"w"})))
    assert above == Name("w", (Number("11"),), (Number("2"),), ("+",))
    assert isinstance(read("x^{(a) + b}"), Power)
    with pytest.raises(ReadError, match="an operand expected"):
        read("x^{2+}")
