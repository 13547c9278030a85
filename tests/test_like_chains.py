"""Chains of a document written again: no member is lost, and each is right or said not to be judged."""

import pytest

from symbp.checking import check
from symbp.checking.like import like
from symbp.errors import InputError

NETWORK = r"""
$$S_j = \sum_{i=1}^{m} w_{ij} x_i + b_j$$
$$y_j = f(S_j)$$
$$f(x) = \frac{1}{1 + e^{-x}}$$
$$E = \frac{1}{2} \sum_{j=1}^{n} (d_j - y_j)^2$$
"""


@pytest.fixture
def chains(tmp_path):
    def write(text, form="text"):
        path = tmp_path / "notes.md"
        path.write_text(text)
        parts = like(path, form).split("\n\n")
        return [[line.split("= ", 1)[1] for line in part.splitlines() if "= " in line] for part in parts[1:]]

    return write


def test_a_sign_that_is_lost_in_the_first_step_is_put_into_all_that_follow(chains):
    found = chains(
        NETWORK + r"$$\delta_j = (d_j - y_j) f'(S_j)$$"
        r"$$\frac{\partial E}{\partial w_{ij}} = (d_j - y_j) \frac{\partial y_j}{\partial w_{ij}}"
        r" = (d_j - y_j) f'(S_j) \frac{\partial S_j}{\partial w_{ij}} = (d_j - y_j) f'(S_j) x_i = \delta_j x_i$$"
    )
    assert found[-1] == [
        "-(d_j - y_j) * dy_j/dw_{i,j}  # corrected",
        "-(d_j - y_j) * f'(S_j) * dS_j/dw_{i,j}  # corrected",
        "-(d_j - y_j) * f'(S_j) * x_i  # corrected",
        "-delta_j * x_i  # corrected",
    ]


def test_a_member_with_a_tail_that_is_no_formula_stays_without_it(chains):
    found = chains(
        NETWORK + r"$$\frac{\partial E}{\partial w_{ij}} = -(d_j - y_j) f'(S_j) \frac{\partial S_j}{\partial w_{ij}} *"
        r" = -(d_j - y_j) f'(S_j) x_i \cdot / b \log d \sin x \cos d$$"
    )
    assert found[-1] == [
        "-(d_j - y_j) * f'(S_j) * dS_j/dw_{i,j}  # corrected",
        "-(d_j - y_j) * f'(S_j) * x_i  # corrected",
    ]


def test_a_wrong_beginning_of_a_member_that_cannot_be_read_is_left_out(chains):
    found = chains(
        NETWORK + r"$$\frac{\partial E}{\partial w_{ij}} = -(d_j - y_j) f'(S_j) \frac{\partial S_j}{\partial w_{ij}}"
        r" = 3 x_i \cdot / b \log d \sin x \cos d$$"
    )
    assert found[-1] == ["-(d_j - y_j) * f'(S_j) * dS_j/dw_{i,j}  # as it stands"]


@pytest.mark.parametrize("tail", [r"0.5 - 0.1 \cdot ?", r"g(q) \cdot / \log b \sin"])
def test_the_beginning_of_a_member_is_not_written_where_nothing_tells_that_it_is_right(chains, tail):
    assert chains(rf"$$a = 2$$ $$b = 3 a = 6$$ $$c = 2 b = {tail}$$")[-1] == ["2 * b  # as it stands"]


def test_a_chain_is_left_out_whose_head_cannot_be_read_to_its_end(chains):
    assert len(chains(r"$$a = 2$$ $$b = 3 a = 6$$ $$b \cdot / \sin = 6 a = 12$$")) == 2


def test_a_correction_stays_where_the_member_before_it_cannot_be_judged(chains):
    inner = r"\text{sigmoid}(w_{Jj} \cdot o^{(j)} + b_J)"
    found = chains(
        r"$$I^{(1)} = w_{1j} \cdot o^{(j)} + b^{(1)}$$ $$o^{(1)} = \text{sigmoid}(I^{(1)})$$"
        r"$$o^{(k)} = W_{jk} \text{ } 1 \times 10 \cdot o^{(j)} + b^{(k)}$$ $$E = \frac{1}{2} (o^{(k)} - y)^2$$"
        r"$$\frac{\partial o^{(k)}}{\partial o^{(j)}} = W_{jk}^T$$"
        r"$$\frac{\partial E}{\partial b^{(J)}} = \frac{\partial E}{\partial o^{(K)}} \cdot"
        r" \frac{\partial o^{(K)}}{\partial o^{(J)}} \cdot \frac{\partial o^{(J)}}{\partial b_J}"
        rf" = (o^{{(K)}} - y) \cdot w_{{JK}} \cdot {inner} (1 - {inner})$$"
        rf"$$\frac{{\partial o^{{(J)}}}}{{\partial b_J}} = \frac{{\partial {inner}}}{{\partial b_J}}$$"
    )
    written = "sigmoid(w_Jj * o^{(j)} + b^{(J)})"  # the b_J that nothing else has
    assert found[-2][1] == f"(o^{{(K)}} - y) * w_JK^T * {written} * (1 - {written})  # not judged"


def test_a_member_that_is_right_for_another_quantity_begins_a_chain_of_its_own(chains):
    found = chains(r"$$s(x) = \frac{1}{1 + e^{-x}} = s(x) \cdot (1 - s(x))$$")
    assert found == [["1/(1 + exp(-x))  # as it stands"], ["s(x) * (1 - s(x))  # as it stands"]]


def test_a_corrected_number_is_carried_on(chains):
    found = chains(
        r"$$w = 0.5, x = 3$$ $$z = w \cdot x = 0.5 \cdot 3 = 1.6$$ $$a = \frac{1}{1 + e^{-z}} ="
        r" \frac{1}{1 + e^{-1.6}} = 0.832018$$ $$c = 2 a = 2 \cdot 0.832018 = 1.664036$$"
    )
    assert [members[-1].split()[0] for members in found[2:]] == ["1.5", "0.817574", "1.635148"]


def test_the_written_chains_pass_the_check(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(NETWORK + r"$$\frac{\partial E}{\partial b_j} = (d_j - y_j) f'(S_j) = (d_j - y_j) f(S_j)$$")
    report = check(text=like(path))
    assert {link.verdict for link in report.links} <= {"proved", "holds", "given"}


@pytest.mark.parametrize("form", ["markdown", "latex"])
def test_a_matrix_with_an_empty_place_is_written_and_read_back(tmp_path, form):
    path = tmp_path / "notes.md"
    path.write_text(r"$$a = 2$$ $$b = 2 a = 4$$ $$M = \begin{bmatrix} a & \dots & a \\ \vdots & & \vdots \\"
                    r" a & \dots & a \end{bmatrix}$$")  # fmt: skip
    text = like(path, form)
    assert r"\vdots &  & \vdots" in text
    assert r"a & \dots & a" in text
    assert "unread" not in {link.verdict for link in check(text=text).links}


def test_the_signs_between_members_stay(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(r"$$a = 2$$ $$w \leftarrow w - 0.1 a$$ $$b = 2 a / 3 \approx 1.33$$ $$w -= 0.1 a$$ $$c := a + 1$$")
    text, tex = like(path, "text"), like(path, "latex")
    assert [sign for sign in ("w ← w", "≈ 1.33", "w -= ", "c := ") if sign not in text] == []
    assert [sign for sign in (r"w &\leftarrow w", r"&\approx 1.33", "w &-= ", "c &:= ") if sign not in tex] == []


def test_a_placeholder_is_left_out(chains):
    assert chains(r"$$a = 2$$ $$b = 3 a = 6$$ $$c = ? \cdot 0.2$$") == [
        ["2  # as it stands"],
        ["3 * a  # as it stands", "6  # as it stands"],
    ]


def test_a_number_that_is_corrected_is_not_put_in_as_it_was(chains):
    found = chains(
        r"$$p = 0.019049119$$ $$q = 0.055399425$$ $$u = -p = -0.01904919$$"
        r"$$v = q + u = 0.055399425 - 0.019049119 = 0.036350306$$"
    )
    assert found[-1][-1].startswith("0.03635030")
    assert found[-2][-1].startswith("-0.0190491")
    assert len(found[-1]) == 3


def test_two_wrong_numbers_are_not_made_right_by_a_third(chains):
    found = chains(r"$$w = 0.1, v = 0.15, b = 0.35$$ $$h = w * 11 + v * 12 + b * 1 = 0.1*5 + 0.15*10 + 0.35*1 = 2.35$$")
    assert found[-1][1:] == ["0.1 * 11 + 0.15 * 12 + 0.35 * 1  # corrected", "3.25  # corrected"]


def test_the_letter_that_a_sum_leaves_out_is_put_in_for_a_number(chains):
    found = chains(
        r"$$p_i = \frac{e^{o_i}}{\sum_k e^{o_k}}$$ $$L = -\sum_k y_k \log(p_k)$$"
        r"$$\frac{\partial L}{\partial o_i} = -y_i (1 - p_i) - \sum_{k \neq i} y_k \frac{1}{p_k} (-p_k p_i)"
        r" = -y_i (1 - p_i) + \sum_{k \neq 1} y_k p_i = -y_i + y_i p_i + \sum_{k \neq 1} y_k p_i$$"
    )
    assert [r"k \neq i" in member for member in found[-1]] == [True] * 3


def test_braces_that_nobody_sees_are_no_brackets_in_what_is_written(chains):
    found = chains(r"$$y = \frac{x^2}{2} - x b$$ $$\frac{\partial y}{\partial x} = {x - 1} b = x - b$$")
    assert found[-1] == ["x - 1 * b  # as it stands", "x - b  # as it stands"]


def test_a_derivative_in_front_of_a_sum_is_written_as_that_of_the_sum_where_it_is(chains):
    found = chains(
        r"$$y = w x$$ $$\frac{d}{d w} x^2 w^2 - 2 x w t + t^2 = 2 w x^2 - 2 x t = 2 x (w x - t) = 2 x (y - t)$$"
    )
    assert found[-1][-1] == "2 * x * (y - t)  # as it stands"
    assert len(found[-1]) == 3


def test_an_error_says_what_is_missing(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text("no formula")
    with pytest.raises(InputError, match=r"notes\.md: no equation found, so nothing is like it"):
        like(path)
    path.write_text("$$a = f(b)$$")
    with pytest.raises(InputError, match=r"nothing in it can be judged, as symbp check .*notes\.md shows"):
        like(path)


def test_an_index_that_slipped_out_of_a_name_is_put_back(chains):
    slopes = [rf"\frac{{\partial E}}{{\partial w_{{i_{n}}}{{}} j}}" for n in (1, 2)]
    found = chains(NETWORK + rf"$$\nabla E = ({slopes[0]}, ..., {slopes[1]})$$".replace("{} j", " j"))
    assert found[-1] == ["[dE/dw_{i1,j}, ..., dE/dw_{i2,j}]  # corrected"]


LAYERS = r"""
$$I^{(k)} = o^{(k)} = W_{jk} \cdot o^{(j)} + b^{(k)}$$
$$E = \frac{1}{2} (o^{(k)} - y)^2$$
"""


def test_an_index_for_a_label_is_that_label_throughout_where_more_can_be_judged_then(chains):
    found = chains(
        LAYERS + r"$$\frac{\partial E}{\partial b_k} = \frac{\partial E}{\partial o^{(k)}}"
        r" \cdot \frac{\partial o^{(k)}}{\partial b_k} = \frac{\partial E}{\partial o^{(k)}}"
        r" \cdot \frac{\partial (W_{jk} \cdot o^{(j)} + b_k)}{\partial b_k} = o^{(k)} - y$$"
    )
    assert [member.split("  # ")[1] for member in found[-1]] == ["corrected", "corrected", "as it stands"]
    assert "b_k" not in str(found)


def test_a_name_with_an_index_of_its_own_is_left(chains):
    found = chains(
        NETWORK + r"$$S^{(j)} = 2 \eta$$"
        r"$$\frac{\partial E}{\partial w_{ij}} = (y_j - d_j) f'(S_j) x_i$$"
    )
    assert found[-1] == ["(y_j - d_j) * f'(S_j) * x_i  # as it stands"]


def test_the_digits_of_an_index_stand_side_by_side_where_the_document_has_them_so(chains):
    found = chains(
        "$$W = \\begin{bmatrix} w_{1,1} & w_{12} \\\\ w_{21} & w_{22} \\end{bmatrix}$$\n"
        "$$z_1 = w_{1,1} x_1 + w_{12} x_2 + b_1 = x_1 w_{1,1} + w_{12} x_2 + b_1$$"
    )
    assert found[-1][0] == "w_{1,1} * x_1 + w_12 * x_2 + b_1  # as it stands"


def test_a_name_that_was_scanned_as_a_number_gets_the_numbers_that_are_put_in_for_it_everywhere(chains):
    values = "$$w_1 = 0.1, w_2 = 0.2, b = 0.3$$\n"
    right = [["w_1 * 5 + b  # corrected", "0.1 * 5 + 0.3  # as it stands", "0.8  # as it stands"]]
    right += [["w_2 * 5 + b  # corrected", "0.2 * 5 + 0.3  # as it stands", "1.3  # as it stands"]]
    found = chains(f"{values}$$h = w_1*11 + b = 0.1*5 + 0.3 = 0.8$$\n$$g = w_2*11 + b = 0.2*5 + 0.3 = 1.3$$")
    assert found[-2:] == right
    once = chains(f"{values}$$h = w_1*11 + b = 0.1*5 + 0.3 = 0.8$$")
    assert once[-1][0] == "w_1 * 11 + b  # as it stands"
