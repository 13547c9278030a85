"""Two documents with units with letters, or with whole layers, that derive the same."""

import pytest

import symbp
from symbp.checking.same import same
from symbp.errors import InputError


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
    assert [one.verdict for one in found] == ["proved"] * 5
    assert (found[3].here, found[3].there) == (
        r"\frac{\partial E}{\partial w_{k j}^{(l)}}",
        r"\frac{\partial C}{\partial w_{j k}^{(l)}}",
    )


@pytest.mark.parametrize("batch", [False, True])
def test_samples_in_rows_and_in_columns_give_the_same(written, batch):
    rows = written("a", "matrix", "layer", rows=True, batch=batch)
    found = same(rows, written("b", "sums", "layer", batch=batch))
    assert [one.verdict for one in found] == ["proved"] * 6


def test_layers_with_letters_for_labels_are_those_with_numbers(written):
    found = same(written("a", "matrix", "layer"), written("b", "layer-io", "layer"))
    assert [one.verdict for one in found] == ["proved"] * 6
    assert found[1].there == r"\frac{\partial E}{\partial W_{j k}}"


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
    assert [one.verdict for one in found].count("refuted") == 1


def test_other_definitions_and_other_levels_are_said(written):
    columns = written("a", "matrix", "layer")
    twice = written("b", "sums", "layer", change=(r"\frac{1}{2} \|", r"\|"))
    with pytest.raises(InputError, match=r"the networks differ: the definitions in .*a.md and .*b.md are not the same"):
        same(columns, twice)
    with pytest.raises(InputError, match=r"the networks differ"):
        same(columns, written("c", "sums", "index"))
    with pytest.raises(InputError, match=r"a.md describes no network whose units have names of their own"):
        same(written("d", "sums", "unit"), columns)
