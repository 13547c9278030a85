"""Index notation is judged for numbered quantities: right documents hold, and one slip in them is refuted."""

import pytest

from symbp import check

DOCUMENTS = {
    "layer index": r"""# The four equations with a layer index
The weighted input of unit $j$ in layer $l$ is
$$z^l_j = \sum_k w^l_{jk} a^{l-1}_k + b^l_j, \qquad a^l_j = \sigma(z^l_j).$$
The cost is $$C = \frac12 \sum_j (y_j - a^L_j)^2.$$
The error of a unit is $$\delta^l_j = \frac{\partial C}{\partial z^l_j}.$$
$$\delta^L_j = \frac{\partial C}{\partial a^L_j} \sigma'(z^L_j) = (a^L_j - y_j) \sigma'(z^L_j)$$
$$\delta^l_j = \sum_k \frac{\partial C}{\partial z^{l+1}_k} \frac{\partial z^{l+1}_k}{\partial z^l_j}
= \sum_k \frac{\partial z^{l+1}_k}{\partial z^l_j} \delta^{l+1}_k
= \sum_k w^{l+1}_{kj} \delta^{l+1}_k \sigma'(z^l_j)$$
$$\frac{\partial z^{l+1}_k}{\partial z^l_j} = w^{l+1}_{kj} \sigma'(z^l_j)$$
$$\frac{\partial C}{\partial b^l_j} = \delta^l_j$$
$$\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k \delta^l_j$$""",
    "letters for layers": r"""# Two layers, letters for layers
Hidden unit $j$ receives $net_j = \sum_i w_{ij} o_i$ and gives $o_j
= f(net_j)$; output unit $k$ receives $net_k = \sum_j w_{jk} o_j$ and gives $o_k
= f(net_k)$, with $f(x) = \frac{1}{1+e^{-x}}$.
The error is $E = \frac12 \sum_k (t_k - o_k)^2$.
$$\frac{\partial E}{\partial w_{jk}}
= \frac{\partial E}{\partial o_k} \frac{\partial o_k}{\partial net_k} \frac{\partial net_k}{\partial
w_{jk}} = -(t_k - o_k) o_k (1 - o_k) o_j$$
We set $\delta_k = (t_k - o_k) o_k (1 - o_k)$, hence $\frac{\partial E}{\partial w_{jk}}
= -\delta_k o_j$.
$$\frac{\partial E}{\partial o_j}
= \sum_k \frac{\partial E}{\partial net_k} \frac{\partial net_k}{\partial o_j}
= -\sum_k \delta_k w_{jk}$$
With $\delta_j = o_j (1 - o_j) \sum_k \delta_k w_{jk}$ we get
$$\frac{\partial E}{\partial w_{ij}} = \frac{\partial E}{\partial net_j} o_i = -\delta_j o_i$$""",
    "generic net": r"""# A generic net
Every unit $j$ has the input $s_j = \sum_i w_{ij} y_i + b_j$ and the output $y_j = g(s_j)$.
Let $\delta_j = \frac{\partial E}{\partial s_j}$. For a hidden unit, with $k$ in the layer after it,
$$\delta_j = \sum_k \frac{\partial E}{\partial s_k} \frac{\partial s_k}{\partial y_j} \frac{\partial
y_j}{\partial s_j} = g'(s_j) \sum_k w_{jk} \delta_k$$
$$\frac{\partial E}{\partial w_{ij}}
= \frac{\partial E}{\partial s_j} \frac{\partial s_j}{\partial w_{ij}} = \delta_j y_i$$
$$\frac{\partial E}{\partial b_j} = \delta_j$$""",
    "through time": r"""# Backpropagation through time
$$h_t = \tanh(a_t), \quad a_t = w h_{t-1} + u x_t + b$$
$$y_t = v h_t + c$$
$$L = \sum_{t=1}^{T} L_t, \quad L_t = \frac12 (y_t - d_t)^2$$
$$\frac{\partial L}{\partial y_t} = y_t - d_t$$
$$\frac{\partial h_t}{\partial h_{t-1}} = w (1 - h_t^2)$$
$$\frac{\partial L}{\partial v} = \sum_{t=1}^{T} (y_t - d_t) h_t$$
$$\frac{\partial L}{\partial h_t}
= v (y_t - d_t) + \frac{\partial L}{\partial h_{t+1}} \frac{\partial h_{t+1}}{\partial h_t}$$
$$\frac{\partial L}{\partial h_t}
= v (y_t - d_t) + w (1 - h_{t+1}^2) \frac{\partial L}{\partial h_{t+1}}$$
$$\frac{\partial L}{\partial w} = \sum_{t=1}^{T} \frac{\partial L}{\partial h_t} (1 - h_t^2) h_{t-1}$$
$$\frac{\partial L}{\partial u} = \sum_{t=1}^{T} \frac{\partial L}{\partial a_t} x_t$$
$$\frac{\partial h_t}{\partial h_k} = \prod_{j=k+1}^{t} \frac{\partial h_j}{\partial h_{j-1}}
= \prod_{j=k+1}^{t} w (1 - h_j^2)$$""",
    "softmax": r"""# Softmax and cross-entropy by index
$$p_i = \frac{e^{z_i}}{\sum_{k=1}^{N} e^{z_k}}$$
If $i = j$:
$$\frac{\partial p_i}{\partial z_j} = p_i (1 - p_j)$$
If $i \neq j$:
$$\frac{\partial p_i}{\partial z_j} = -p_i p_j$$
$$\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)$$
The loss is $$L = -\sum_i y_i \log p_i,$$ where $\sum_i y_i = 1$.
$$\frac{\partial L}{\partial z_j} = -\sum_i y_i \frac{1}{p_i} \frac{\partial p_i}{\partial z_j}
= -\sum_i y_i (\delta_{ij} - p_j) = -y_j + p_j \sum_i y_i = p_j - y_j$$
$$\frac{\partial L}{\partial z_i} = -y_i (1 - p_i) + \sum_{k \neq i} y_k p_i = p_i - y_i$$""",
    "gated cell": r"""# An LSTM cell
$$f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)$$
$$i_t = \sigma(W_i x_t + U_i h_{t-1} + b_i)$$
$$o_t = \sigma(W_o x_t + U_o h_{t-1} + b_o)$$
$$g_t = \tanh(W_g x_t + U_g h_{t-1} + b_g)$$
$$c_t = f_t c_{t-1} + i_t g_t$$
$$h_t = o_t \tanh(c_t)$$
$$\frac{\partial h_t}{\partial o_t} = \tanh(c_t)$$
$$\frac{\partial h_t}{\partial c_t} = o_t (1 - \tanh^2(c_t))$$
$$\frac{\partial c_t}{\partial f_t} = c_{t-1}$$
$$\frac{\partial c_t}{\partial i_t} = g_t$$
$$\frac{\partial c_t}{\partial g_t} = i_t$$
$$\frac{\partial o_t}{\partial b_o} = o_t (1-o_t) (1 + U_o \frac{\partial h_{t-1}}{\partial b_o})$$""",
    "convolution": r"""# A convolution
$$y_i = \sum_{a=0}^{m-1} w_a x_{i+a} + b$$
Let $L$ be the loss, with the sum over all $n$ outputs $y_i$:
$$L = \frac12 \sum_{i=1}^{n} (y_i - t_i)^2$$
$$\frac{\partial y_i}{\partial w_a} = x_{i+a}$$
$$\frac{\partial L}{\partial w_a}
= \sum_{i=1}^{n} \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial w_a}
= \sum_{i=1}^{n} (y_i - t_i) x_{i+a}$$
$$\frac{\partial L}{\partial b} = \sum_{i=1}^{n} (y_i - t_i)$$""",
    "samples": r"""# Logistic regression over samples
$$z^{(i)} = \sum_{j=1}^{n} w_j x_j^{(i)} + b, \quad a^{(i)} = \sigma(z^{(i)})$$
$$J = -\frac{1}{m} \sum_{i=1}^{m} \left( y^{(i)} \log a^{(i)} + (1 - y^{(i)}) \log(1 - a^{(i)}) \right)$$
with $\sigma(z) = \frac{1}{1+e^{-z}}$.
$$\frac{\partial J}{\partial z^{(i)}} = \frac{1}{m} (a^{(i)} - y^{(i)})$$
$$\frac{\partial J}{\partial w_j} = \frac{1}{m} \sum_{i=1}^{m} (a^{(i)} - y^{(i)}) x_j^{(i)}$$
$$\frac{\partial J}{\partial b} = \frac{1}{m} \sum_{i=1}^{m} (a^{(i)} - y^{(i)})$$""",
    "bracketed layers": r"""# Bracketed layers
$$z_i^{(k)} = \sum_j W_{ij}^{(k)} h_j^{(k-1)} + b_i^{(k)}$$
$$h_i^{(k)} = f(z_i^{(k)})$$
$$J = \frac12 \sum_i (h_i^{(N)} - t_i)^2$$
$$\delta_i^{(k)} = \frac{\partial J}{\partial z_i^{(k)}}$$
For $k = N-1, \dots, 1$:
$$\delta_i^{(k)} = f'(z_i^{(k)}) \sum_j W_{ji}^{(k+1)} \delta_j^{(k+1)}$$
$$\delta_i^{(N)} = (h_i^{(N)} - t_i) f'(z_i^{(N)})$$
$$\frac{\partial J}{\partial W_{ij}^{(k)}} = \delta_i^{(k)} h_j^{(k-1)}$$
$$\frac{\partial J}{\partial b_i^{(k)}} = \delta_i^{(k)}$$""",
    "vectors through time": r"""# A vector recurrence by index
$$s_{t,i} = \tanh(z_{t,i}), \quad z_{t,i} = \sum_j V_{ij} s_{t-1,j} + \sum_k U_{ik} x_{t,k}$$
$$E = \sum_{t=1}^{T} E_t, \quad E_t = \frac12 \sum_i (s_{t,i} - d_{t,i})^2$$
$$\frac{\partial s_{t,i}}{\partial s_{t-1,j}} = (1 - s_{t,i}^2) V_{ij}$$
$$\frac{\partial E}{\partial s_{t,j}} = (s_{t,j} - d_{t,j})
+ \sum_i \frac{\partial E}{\partial s_{t+1,i}} (1 - s_{t+1,i}^2) V_{ij}$$
$$\frac{\partial E}{\partial V_{ij}} = \sum_{t=1}^{T} \frac{\partial E}{\partial z_{t,i}} s_{t-1,j}$$
$$\frac{\partial E}{\partial z_{t,i}} = (1 - s_{t,i}^2) \frac{\partial E}{\partial s_{t,i}}$$""",
    "from unit to unit": r"""# From unit to unit
For every unit $q$ the input is $z_q = \sum_p w_{pq} o_p$ and the output $o_q = f(z_q)
= \frac{1}{1+e^{-z_q}}$.
The output unit is $v$, its error $E = \frac{1}{2}(t_v - o_v)^2$.
For a unit $u_t$ before $v$:
$\frac{\partial E}{\partial w_{u_tv}}
= \frac{\partial E}{\partial o_v} \frac{\partial o_v}{\partial z_v} \frac{\partial z_v}{\partial
w_{u_tv}}$,
$\frac{\partial z_v}{\partial w_{u_tv}}
= \frac{\partial (w_{u_1v}o_{u_1} + ... + w_{u_tv}o_{u_t} + ... + w_{u_nv}o_{u_n})}{\partial w_{u_tv}}
= o_{u_t}$,
$\frac{\partial E}{\partial w_{u_tv}} = -(t_v - o_v) o_v (1 - o_v) o_{u_t}$.
We set $\delta_q = \frac{\partial E}{\partial z_q}$. With $k$ in the layer after $q$:
$\frac{\partial E}{\partial z_q}
= \sum_k \frac{\partial E}{\partial o_k} \frac{\partial o_k}{\partial z_q}$,
$\frac{\partial z_k}{\partial z_q}
= \frac{\partial z_k}{\partial o_q} \frac{\partial o_q}{\partial z_q} = w_{qk} f'(z_q)$,
$\delta_q = \sum_k \delta_kw_{qk} f'(z_q) = o_q (1 - o_q) \sum_k \delta_kw_{qk}$.""",
    "immediate derivatives": r"""# Immediate derivatives through time
$$a_t = w h_{t-1} + u x_t, \quad h_t = \tanh(a_t), \quad y_t = v h_t$$
$$L = \sum_{t=1}^{T} L_t, \quad L_t = \frac12 (y_t - d_t)^2$$
$$\frac{\partial a_t}{\partial w} = h_{t-1}$$
$$\frac{\partial L_t}{\partial w}
= \sum_{k=1}^{t} \frac{\partial L_t}{\partial h_t} \frac{\partial h_t}{\partial h_k} \frac{\partial
h_k}{\partial w}$$
$$\frac{\partial L}{\partial w}
= \sum_{t=1}^{T} \frac{\partial L}{\partial a_t} \frac{\partial a_t}{\partial w}
= \sum_{t=1}^{T} \frac{\partial L}{\partial a_t} h_{t-1}$$""",
}

SLIPS = {
    "layer index": (
        r"$$\delta^l_j = \sum_k w^{l+1}_{jk} \delta^{l+1}_k \sigma'(z^l_j)$$",
        r"$$\frac{\partial C}{\partial w^l_{jk}} = a^{l}_k \delta^l_j$$",
        r"$$\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_j \delta^l_k$$",
        r"$$\delta^L_j = (y_j - a^L_j) \sigma'(z^L_j)$$",
        r"$$\frac{\partial C}{\partial a^l_k} = \sum_j w^{l+1}_{kj} \delta^{l+1}_j$$",
    ),
    "letters for layers": (
        r"$$\frac{\partial E}{\partial w_{ij}} = \delta_j o_i$$",
        r"$$\frac{\partial E}{\partial o_j} = -\sum_k \delta_k w_{kj}$$",
        r"$$\frac{\partial E}{\partial w_{jk}} = -\delta_j o_k$$",
        r"$$\frac{\partial E}{\partial w_{ij}} = - o_j (1-o_j) o_i \sum_k \delta_k$$",
    ),
    "generic net": (
        r"$$\delta_j = g'(s_j) \sum_k w_{kj} \delta_k$$",
        r"$$\frac{\partial E}{\partial w_{ij}} = \delta_i y_j$$",
        r"$$\delta_j = \sum_k w_{jk} \delta_k$$",
    ),
    "through time": (
        r"$$\frac{\partial h_t}{\partial h_{t-1}} = w (1 - h_{t-1}^2)$$",
        r"$$\frac{\partial L}{\partial w} = \sum_{t=1}^{T} \frac{\partial L}{\partial h_t} (1 - h_t^2) h_{t}$$",
        r"$$\frac{\partial L}{\partial h_t} = v (y_t - d_t) + w (1 - h_{t}^2) \frac{\partial L}{\partial h_{t+1}}$$",
        r"$$\frac{\partial h_t}{\partial h_k} = \prod_{j=k}^{t} \frac{\partial h_j}{\partial h_{j-1}}$$",
    ),
    "softmax": (
        r"$$\frac{\partial L}{\partial z_i} = -y_i (1 - p_i) + \sum_{k \neq 1} y_k p_i$$",
        r"$$\frac{\partial L}{\partial z_j} = y_j - p_j$$",
        r"$$\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_i)$$",
        r"$$\frac{\partial p_i}{\partial z_j} = p_i p_j$$",
    ),
    "gated cell": (
        r"$$\frac{\partial c_t}{\partial f_t} = c_{t}$$",
        r"$$\frac{\partial h_t}{\partial c_t} = o_t (1 - \tanh(c_t))$$",
        r"$$\frac{\partial c_t}{\partial i_t} = i_t$$",
    ),
    "convolution": (
        r"$$\frac{\partial L}{\partial w_a} = \sum_{i=1}^{n} (y_i - t_i) x_{i}$$",
        r"$$\frac{\partial L}{\partial w_a} = \sum_{i=1}^{n} (y_i - t_i) x_{i-a}$$",
    ),
    "samples": (
        r"$$\frac{\partial J}{\partial w_j} = \sum_{i=1}^{m} (a^{(i)} - y^{(i)}) x_j^{(i)}$$",
        r"$$\frac{\partial J}{\partial b} = \frac{1}{n} \sum_{i=1}^{m} (a^{(i)} - y^{(i)})$$",
        r"$$\frac{\partial J}{\partial w_j} = \frac{1}{m} \sum_{i=1}^{m} (y^{(i)} - a^{(i)}) x_j^{(i)}$$",
    ),
    "bracketed layers": (
        r"$$\delta_i^{(k)} = f'(z_i^{(k)}) \sum_j W_{ij}^{(k+1)} \delta_j^{(k+1)}$$",
        r"$$\delta_i^{(k)} = f'(z_i^{(k)}) \sum_j W_{ji}^{(k)} \delta_j^{(k+1)}$$",
        r"$$\frac{\partial J}{\partial W_{ij}^{(k)}} = \delta_j^{(k)} h_i^{(k-1)}$$",
    ),
    "vectors through time": (
        r"$$\frac{\partial s_{t,i}}{\partial s_{t-1,j}} = (1 - s_{t,i}^2) V_{ji}$$",
        r"$$\frac{\partial E}{\partial V_{ij}} = \sum_{t=1}^{T} \frac{\partial E}{\partial z_{t,i}} s_{t,j}$$",
        r"$$\frac{\partial E}{\partial s_{t,j}} = s_{t,j} + \sum_i V_{ji}\frac{\partial E}{\partial z_{t+1,i}}$$",
    ),
    "from unit to unit": (
        r"$\delta_q = o_q (1 - o_q) \sum_k \delta_kw_{kq}$",
        r"$\frac{\partial E}{\partial w_{u_tv}} = (t_v - o_v) o_v (1 - o_v) o_{u_t}$",
        r"$\frac{\partial z_k}{\partial z_q} = w_{qk}$",
        r"$\frac{\partial E}{\partial w_{pq}} = \delta_q o_q$",
        r"$\frac{\partial E}{\partial z_q} = \sum_k \frac{\partial E}{\partial o_k} f'(z_q) w_{qk}$",
    ),
    "immediate derivatives": (
        r"$$\frac{\partial a_t}{\partial w} = h_t$$",
        r"$$\frac{\partial L}{\partial w} = \sum_{t=1}^{T} \frac{\partial L}{\partial a_t} x_t$$",
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_right_documents_hold(name: str) -> None:
    links = list(check(text=DOCUMENTS[name]).links)
    assert {link.verdict for link in links} <= {"proved", "holds", "given"}
    assert sum(link.verdict in ("proved", "holds") for link in links) >= 3


@pytest.mark.parametrize(("name", "slip"), [(name, slip) for name, found in SLIPS.items() for slip in found])
def test_slips_are_refuted(name: str, slip: str) -> None:
    report = check(text=f"{DOCUMENTS[name]}\n\n{slip}")
    assert "refuted" in {link.verdict for link in report.equations[-1].links}
    before = {link.verdict for equation in report.equations[:-1] for link in equation.links}
    assert not before & {"refuted", "undecided"}


def test_targets_and_outputs_that_differ_in_a_hat_are_told_apart() -> None:
    text = r"""$$L = \frac{1}{N} \sum_{n=1}^{N} (\hat y_n - y_n)^2, \qquad \hat y_n = w x_n$$

$$\frac{\partial L}{\partial w} = %s \sum_{n=1}^{N} (\hat y_n - y_n) x_n$$"""
    right, wrong = (check(text=text % factor) for factor in (r"\frac{2}{N}", "2"))
    assert right.summary["proved"] == wrong.summary["refuted"] == 1


@pytest.mark.parametrize(("factor", "verdict"), [("h_i^{n-1}", "proved"), ("h_i^{n}", "refuted"), ("", "refuted")])
def test_an_error_may_be_called_e_with_an_index(factor: str, verdict: str) -> None:
    text = r"""$$z_j^n = \sum_i W_{ji}^n h_i^{n-1} + b_j^n, \qquad h_j^n = \sigma(z_j^n)$$
$$C = \sum_j (h_j^N - t_j)^2, \qquad e^{n}_j = \frac{\partial C}{\partial z_j^n}$$
$$\frac{\partial C}{\partial W_{ji}^n} = e^{n}_j %s$$"""
    assert check(text=text % factor).equations[-1].links[0].verdict == verdict


SAMPLE = r"""$$E = -\sum_k y_{s,k} \ln(p_{s,k})$$ $$p_{s,k} = \frac{e^{o_k}}{\sum_m e^{o_m}}$$
$$\frac{\partial E}{\partial o_k} = %s$$"""


def test_the_letter_of_one_sample_runs_over_nothing() -> None:
    assert check(text=SAMPLE % "p_{s,k} - y_{s,k}").summary["undecided"] == 0
    assert len(check(text=SAMPLE % "p_{s,k} - y_{s,k}").refuted) == 0
    assert len(check(text=SAMPLE % "y_{s,k} - p_{s,k}").refuted) == 1
    assert len(check(text=SAMPLE % "p_{s,k} + y_{s,k}").refuted) == 1
