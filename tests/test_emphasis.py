"""Documents that a formatter has been through: index marks that it took for emphasis have become stars."""

import pytest

import symbp

NET = (
    "Weights \\(w*{2,1} = 0.3\\), \\(w*{2,0} = 0.1\\) and the input \\(o*1 = 0.5\\).\n\n"
    "- \\(net*2 = w*{2,1} \\cdot o*1 + w*{2,0} = 0.3 \\cdot 0.5 + 0.1 = {}\\)\n"
)


@pytest.mark.parametrize(("value", "verdict"), [("0.25", "proved"), ("0.35", "refuted")])
def test_stars_are_index_marks_where_only_these_make_sense(value: str, verdict: str) -> None:
    report = symbp.check(text=NET.replace("{}", value))
    links = list(report.links)
    assert links[-1].verdict == verdict
    assert report.summary["unread"] == 0
    assert links[0].lhs == "w*{2,1}"


def test_a_star_is_a_product_elsewhere() -> None:
    links = symbp.check(text="\\(a = 2\\), \\(b = 3\\), \\(y = a*b = 6\\)").links
    assert [link.verdict for link in links] == ["given", "given", "given", "proved"]
