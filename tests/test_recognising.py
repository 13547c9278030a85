"""The network of a document is found from its definitions, whatever their names."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symbp.checking import check
from symbp.documents import derive
from symbp.networks import ACTIVATIONS, LOSSES, mlp, worked_values

NET_OUT = r"""$$i_1 = 0.05, \quad i_2 = 0.1, \quad w_1 = 0.15, \quad w_2 = 0.2, \quad w_3 = 0.25, \quad w_4 = 0.3$$
$$b_1 = 0.35, \quad w_5 = 0.4, \quad w_6 = 0.45, \quad b_2 = 0.6, \quad target_{o1} = 0.01, \quad \eta = 0.5$$
$$net_{h1} = w_1 i_1 + w_2 i_2 + b_1$$ $$net_{h2} = w_3 i_1 + w_4 i_2 + b_1$$
$$out_{h1} = \frac{1}{1+e^{-net_{h1}}}, \quad out_{h2} = \frac{1}{1+e^{-net_{h2}}}$$
$$net_{o1} = w_5 out_{h1} + w_6 out_{h2} + b_2$$ $$out_{o1} = \frac{1}{1+e^{-net_{o1}}}$$
$$E = \frac{1}{2}(target_{o1} - out_{o1})^2$$ $$w_5^+ = w_5 - \eta \frac{\partial E}{\partial w_5}$$"""
LABELLED = r"""$$x_1 = 0.05, \; x_2 = 0.1, \; y = 0.01$$
$$w^{(1)}_{11} = 0.15, \; w^{(1)}_{12} = 0.2, \; w^{(1)}_{21} = 0.25$$
$$w^{(1)}_{22} = 0.3, \; w^{(2)}_{11} = 0.4, \; w^{(2)}_{12} = 0.45, \; b^{(1)} = 0.35, \; b^{(2)} = 0.6$$
$$z^{(1)}_1 = w^{(1)}_{11} x_1 + w^{(1)}_{12} x_2 + b^{(1)}, \quad a^{(1)}_1 = \sigma(z^{(1)}_1)$$
$$z^{(1)}_2 = w^{(1)}_{21} x_1 + w^{(1)}_{22} x_2 + b^{(1)}, \quad a^{(1)}_2 = \sigma(z^{(1)}_2)$$
$$z^{(2)}_1 = w^{(2)}_{11} a^{(1)}_1 + w^{(2)}_{12} a^{(1)}_2 + b^{(2)}, \quad a^{(2)}_1 = \sigma(z^{(2)}_1)$$
$$C = \frac{1}{2}(y - a^{(2)}_1)^2$$
$$w^{(2)}_{11} \leftarrow w^{(2)}_{11} - 0.5 \frac{\partial C}{\partial w^{(2)}_{11}}$$"""
PLAIN = r"""$x1 = 0.05$, $x2 = 0.1$, $t = 0.01$, $v1 = 0.15$, $v2 = 0.2$, $v3 = 0.25$, $v4 = 0.3$, $c1 = 0.35$
$u1 = 0.4$, $u2 = 0.45$, $c2 = 0.6$
$z1 = v1 x1 + v2 x2 + c1$, $z2 = v3 x1 + v4 x2 + c1$, $h1 = \sigma(z1)$, $h2 = \sigma(z2)$
$z3 = u1 h1 + u2 h2 + c2$, $p = \sigma(z3)$, $J = \frac{1}{2}(p - t)^2$
$u1' = u1 - 0.5 \frac{\partial J}{\partial u1}$"""
MATRICES = r"""$$x = \begin{bmatrix} 0.05 \\ 0.1 \end{bmatrix}, \quad y = 0.01$$
$$W^{[1]} = \begin{bmatrix} 0.15 & 0.2 \\ 0.25 & 0.3 \end{bmatrix}$$
$$W^{[2]} = \begin{bmatrix} 0.4 & 0.45 \end{bmatrix}$$
$$b^{[1]} = \begin{bmatrix} 0.35 \\ 0.35 \end{bmatrix}$$ $$b^{[2]} = 0.6$$
$$z^{[1]} = W^{[1]} x + b^{[1]}$$ $$a^{[1]} = \sigma(z^{[1]})$$
$$z^{[2]} = W^{[2]} a^{[1]} + b^{[2]}$$ $$a^{[2]} = \sigma(z^{[2]})$$
$$L = \frac{1}{2}(a^{[2]} - y)^2$$ $$W^{[2]} = W^{[2]} - 0.5 \frac{\partial L}{\partial W^{[2]}}$$"""


@pytest.mark.parametrize(
    ("document", "bias"), [(NET_OUT, "shared"), (LABELLED, "shared"), (PLAIN, "shared"), (MATRICES, "unit")]
)
def test_the_same_network_in_four_notations(document: str, bias: str) -> None:
    report = check(text=document)
    assert report.recognised is not None
    assert report.network == f"2-2-1 sigmoid, half_squared_error, {bias} biases"
    network = report.recognised.network
    assert network is not None
    assert network.values is not None
    hidden = tuple(tuple(map(Decimal, row)) for row in (("0.15", "0.2"), ("0.25", "0.3")))
    assert network.values.weights == (hidden, ((Decimal("0.4"), Decimal("0.45")),))
    assert network.values.learning_rate == Decimal("0.5")


SIZES = st.lists(st.integers(1, 3), min_size=2, max_size=4)
NAMES = sorted(set(ACTIVATIONS) & {"sigmoid", "tanh", "relu"})


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), SIZES, st.sampled_from(["none", "unit", "shared"]), st.sampled_from(["latex", "markdown", "text"]))
def test_the_network_behind_a_derivation_is_found(data: st.DataObject, sizes: list[int], bias: str, form: str) -> None:
    number = st.decimals(Decimal(-1), Decimal(1), places=2)
    rows = {"none": 0, "shared": 1}
    vector = lambda count: [data.draw(number) for _ in range(count)]  # noqa: E731
    values = worked_values(
        [[vector(before) for _ in range(units)] for before, units in zip(sizes, sizes[1:], strict=False)],
        [vector(rows.get(bias, units)) for units in sizes[1:]] if bias != "none" else [],
        vector(sizes[0]),
        vector(sizes[-1]),
        "0.25",
    )
    names = [data.draw(st.sampled_from(NAMES)) for _ in sizes[1:]]
    network = mlp(*sizes, activation=names, bias=bias, values=values)
    found = check(text=derive(network).write(form)).recognised
    assert found is not None
    assert found.network is not None
    assert (found.network.layers, found.network.activations) == (network.layers, network.activations)
    assert found.network.values == values
    assert found.network.bias == bias or max(sizes[1:]) == 1


@pytest.mark.parametrize("loss", ["half_squared_error", "mean_squared_error", "binary_cross_entropy"])
def test_the_loss_is_found_with_its_factor(loss: str) -> None:
    assert loss in LOSSES
    report = check(text=derive(mlp(2, 2, 3, loss=loss, bias="unit")).to_markdown())
    assert report.network == f"2-2-3 sigmoid, {loss}, unit biases"


def test_a_factor_that_no_loss_of_the_catalogue_has_is_said() -> None:
    report = check(text=NET_OUT.replace(r"\frac{1}{2}(target", r"\frac{1}{8}(target"))
    assert report.network == "2-2-1 sigmoid, 1/4 times half_squared_error, shared biases"


def test_units_that_a_document_leaves_to_its_reader_are_counted() -> None:
    partly = NET_OUT.replace(r"$$net_{h2} = w_3 i_1 + w_4 i_2 + b_1$$", "")
    partly = partly.replace(r", \quad out_{h2} = \frac{1}{1+e^{-net_{h2}}}", r", \quad out_{h2} = 0.596884378")
    assert check(text=partly).network == "2-2-1 sigmoid, half_squared_error, biases"


def test_what_is_no_network_is_not_taken_for_one() -> None:
    assert check(text="$u = b c$, $v = a + u$, $J = 3 v$, $a = 5$, $b = 3$, $c = 2$").network is None
    assert check(text=r"$z = W x + b$, $y = \sigma(z)$").network is None


def test_the_network_is_told_line_by_line() -> None:
    recognised = check(text=NET_OUT).recognised
    assert recognised is not None
    assert list(recognised.lines())[1:4] == [
        "inputs: i_1 = 0.05, i_2 = 0.1",
        "layer 1: out_h1, out_h2; activation sigmoid",
        "  out_h1: w_1 = 0.15 from i_1, w_2 = 0.2 from i_2, bias b_1 = 0.35",
    ]


def test_a_softmax_joins_the_units_of_its_layer() -> None:
    document = r"""$$z_1 = w_{11} x_1 + w_{12} x_2 + b_1$$ $$z_2 = w_{21} x_1 + w_{22} x_2 + b_2$$
    $$p_1 = \frac{e^{z_1}}{e^{z_1} + e^{z_2}}$$ $$p_2 = \frac{e^{z_2}}{e^{z_1} + e^{z_2}}$$
    $$L = -y_1 \ln p_1 - y_2 \ln p_2$$"""
    assert check(text=document).network == "2-2 softmax, categorical_cross_entropy, unit biases"
