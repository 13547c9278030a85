"""What stands above and below without braces: one character in TeX, however close the next name is."""

import pytest

import symbp
from symbp.formulas import Name, Number, Power, Product, ReadError, Roles, Summation, latex, read, walk


@pytest.mark.parametrize(
    ("close", "apart"),
    [
        (r"\sum_ky_k - y_i", r"\sum_k y_k - y_i"),
        (r"\sum_jw_{ij}x_j", r"\sum_j w_{ij} x_j"),
        (r"\sum_{i=1}^nw_ix_i", r"\sum_{i=1}^{n} w_i x_i"),
        (r"\prod_ip_i", r"\prod_i p_i"),
        (r"W^Tx + b", r"W^T x + b"),
        (r"\theta^Tx^{(i)}", r"\theta^T x^{(i)}"),
        (r"(W^{l})^Tdz", r"(W^{l})^T dz"),
        (r"a^lb^l", r"a^l b^l"),
        (r"x^ny", r"x^n y"),
        (r"-\sum_i y_ilog(p_i)", r"-\sum_i y_i \log(p_i)"),
        (r"-ylog\hat{y} - (1 - y)ln(1 - \hat{y})", r"-y \log\hat{y} - (1 - y)\ln(1 - \hat{y})"),
        (r"\frac{1}{m} \Sigma^m_{i=1} x_i", r"\frac{1}{m} \sum_{i=1}^{m} x_i"),
        (r"\Sigma_i y_i", r"\sum_i y_i"),
        ("-Σᵢ yᵢ log(pᵢ)", r"-\sum_i y_i \log(p_i)"),
        (r"\frac{\partial}{z_k} (a z_k)", r"\frac{\partial}{\partial z_k} (a z_k)"),
        (r"\frac{\partial L}{y_i} x_i", r"\frac{\partial L}{\partial y_i} x_i"),
        (r"C_0(...) + 1", r"C_0 + 1"),
        (
            r"\begin{cases} 1 \,\, if \,\, z > 0 \\ 0 \,\, o.w. \end{cases}",
            r"\begin{cases} 1 & \text{if } z > 0 \\ 0 & \text{otherwise} \end{cases}",
        ),
    ],
)
def test_what_is_printed_close_is_read_as_if_it_were_apart(close, apart):
    assert read(close) == read(apart)


@pytest.mark.parametrize("name", [r"w^new", r"x^pred", r"\Sigma_C", r"\Sigma_i", "w_{jk}"])
def test_what_is_one_name_stays_one(name):
    assert len([part for part in walk(read(name)) if isinstance(part, Summation | Product)]) == 0


def test_numbers_in_boxes_of_their_own_are_no_product():
    with pytest.raises(ReadError, match="two numbers side by side"):
        read(r"\boxed{2}\boxed{3}")


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


@pytest.mark.parametrize("mark", ["{\\mathsf T}", "\\mathsf T", "{\\intercal}", "{{\\mathsf T}}", "{\\mathsf{T}}"])
def test_a_transpose_may_stand_in_braces(mark: str) -> None:
    column = "\\begin{bmatrix} 1 \\\\ 2 \\end{bmatrix}"
    text = f"$A = [1, 2]$ $$\\overline{{A^{mark}}} = B$$ $$A^{mark} = {column}$$"
    found = [link.verdict for link in symbp.check(text=text).links]
    assert "unread" not in found
    assert found[-1] == "proved"


def test_an_index_behind_a_letter_above_a_name_is_that_of_the_name() -> None:
    assert read("a^n_j") == read("a_j^n")
    assert read("e^x_j") == read("e^{x_j}")


def test_letters_above_several_names_say_which_layer_they_are_of() -> None:
    text = "$$h_j = \\sum_i w_{ij} x_i$$\n"
    text += "$$a^h_j = \\sigma(h_j)$$\n$$o_k = \\sum_j w_{jk} a^h_j$$\n$$a^o_k = \\sigma(o_k)$$\n"
    assert [link.verdict for link in symbp.check(text=text).links] == ["given"] * 4
