"""Two documents with units with letters, or with whole layers, that derive the same."""

import pytest

import symbp
from symbp.checking.same import same
from symbp.errors import InputError
from symbp.notations import notation, variant


@pytest.fixture
def written(tmp_path):
    def write(name, notation, level, *, change=("", ""), **options):
        path = tmp_path / f"{name}.md"
        text = symbp.derive("two-three-two", level=level, **options).to_markdown(notation)
        assert change[0] in text
        path.write_text(text.replace(*change))
        return path

    return write


def test_general_layers_are_compared_by_their_definitions(written):
    found = same(written("a", "sums", "index"), written("b", "four-equations", "index"))
    assert [one.verdict for one in found.gradients] == ["proved"] * 5
    assert (found.gradients[3].here, found.gradients[3].there) == (
        r"\frac{\partial E}{\partial w_{k j}^{(l)}}",
        r"\frac{\partial C}{\partial w_{j k}^{(l)}}",
    )


@pytest.mark.parametrize("batch", [False, True])
def test_samples_in_rows_and_in_columns_give_the_same(written, batch):
    rows = written("a", "matrix", "layer", rows=True, batch=batch)
    found = same(rows, written("b", "sums", "layer", batch=batch))
    assert [one.verdict for one in found.gradients] == ["proved"] * 6


def test_layers_with_letters_for_labels_are_those_with_numbers(written):
    found = same(written("a", "matrix", "layer"), written("b", "layer-io", "layer"))
    assert [one.verdict for one in found.gradients] == ["proved"] * 6
    assert found.gradients[1].there == r"\frac{\partial E}{\partial W_{j k}}"


@pytest.mark.parametrize(
    ("level", "notation", "change"),
    [
        ("index", "sums", (r"&= \delta_j^{(l)} y_k^{(l-1)}", r"&= \delta_j^{(l)} y_k^{(l)}")),
        ("index", "sums", (r"\delta_k^{(l+1)} w_{j k}^{(l+1)}", r"\delta_k^{(l+1)} w_{k j}^{(l+1)}")),
        ("layer", "sums", (r"&= \delta^{(2)} (y^{(1)})^T", r"&= (y^{(1)})^T \delta^{(2)}")),
    ],
)
def test_a_slip_in_one_of_them_is_refuted(written, level, notation, change):
    found = same(written("a", "matrix", level), written("b", notation, level, change=change))
    assert [one.verdict for one in found.gradients].count("refuted") == 1


def test_other_definitions_and_other_levels_are_said(written):
    columns = written("a", "matrix", "layer")
    twice = written("b", "sums", "layer", change=(r"\frac{1}{2} \|", r"\|"))
    with pytest.raises(InputError, match=r"the networks differ: the definitions in .*a.md and .*b.md are not the same"):
        same(columns, twice)
    with pytest.raises(InputError, match=r"the networks differ"):
        same(columns, written("c", "sums", "index"))
    with pytest.raises(InputError, match=r"a.md describes no network whose units have names of their own"):
        same(written("d", "sums", "unit"), columns)


def test_a_delta_that_is_minus_the_derivative_is_the_same_but_for_its_sign(tmp_path):
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    first.write_text(symbp.derive("mazur").to_markdown("net-out"))
    second.write_text(symbp.derive("mazur").to_markdown(variant(notation("sums"), minus=True)))
    assert [one.verdict for one in same(first, second).gradients] == ["proved"] * 10


@pytest.mark.parametrize("wrong_first", [True, False])
def test_a_derivation_that_goes_wrong_on_the_way_is_not_the_same(tmp_path, wrong_first):
    right, wrong = tmp_path / "a.md", tmp_path / "b.md"
    right.write_text(symbp.derive("mazur").to_markdown("net-out"))
    text = symbp.derive("mazur").to_markdown("four-equations")
    slip = r"(\delta_1^{(3)} w_{1,1}^{(3)} - \delta_2^{(3)} w_{2,1}^{(3)})"
    true = slip.replace(" - ", " + ")
    assert true in text
    wrong.write_text(text.replace(true, slip))
    found = same(wrong, right) if wrong_first else same(right, wrong)
    assert not found.equal
    assert {one.verdict for one in found.gradients} == {"proved"}
    assert "b.md" in found.wrong[0]
    assert "is refuted" in found.wrong[0]
