"""Scores of data: only where its targets mean what they meant in training."""

import io
import re
from contextlib import redirect_stdout

import numpy as np
import pytest

from symbp.cli import main
from symbp.errors import InputError
from symbp.training.codec import Codec

RANDOM = np.random.default_rng(3)
X = RANDOM.uniform(-1, 1, (40, 2))
WORDS = ["yes" if a > b else "no" for a, b in X]


def said(*words):
    with redirect_stdout(io.StringIO()) as out:
        assert main(list(map(str, words))) == 0
    return out.getvalue()


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Data with the same samples, whose targets are words, numbers, or one column a class; networks for them."""
    monkeypatch.chdir(tmp_path)
    places = [int(word == "yes") for word in WORDS]
    columns = {"words": WORDS, "numbers": places, "reals": [f"{k}.0" for k in places]}
    columns["hot"] = [f"{1 - k},{k}" for k in places]
    for name, targets in columns.items():
        rows = [f"{a},{b},{target}\n" for (a, b), target in zip(X.tolist(), targets, strict=True)]
        (tmp_path / f"{name}.csv").write_text("".join(rows))
    np.savez("words.npz", X=X, Y=np.array(WORDS))
    np.save("numbers.npy", np.c_[X, places])
    for sizes, kind in (("2-1", "words"), ("2-1", "numbers"), ("2-2", "numbers"), ("2-2", "hot")):
        said("train", sizes, f"{kind}.csv", "--epochs", 2, "--quiet", "-o", f"{sizes}-{kind}.npz")
    return tmp_path


@pytest.mark.parametrize(
    ("fit", "data", "message"),
    [
        (
            "2-1-words",
            "numbers.csv",
            "numbers.csv: column 3: '[01]' is no class that the network .* \\(these are no, yes",
        ),
        ("2-1-words", "numbers.npy", "numbers.npy: Y: '[01]' is no class that the network was trained on"),
        ("2-1-words", "hot.csv", "hot.csv: line 1 has 4 columns"),
        (
            "2-1-numbers",
            "words.csv",
            "words.csv: line 1, column 3: '(no|yes)' is a class, the network was trained on num",
        ),
        ("2-1-numbers", "words.npz", "words.npz: Y holds classes, the network was trained on numbers: use those"),
        ("2-2-numbers", "words.csv", "words.csv: column 3: '(no|yes)' is no class that .* \\(these are 0, 1"),
        ("2-2-numbers", "hot.csv", "hot.csv: 2 targets, the network was trained on one column of classes"),
        (
            "2-2-hot",
            "numbers.csv",
            "numbers.csv: one target, the network was trained on 2 numbers a sample: give those",
        ),
        ("2-2-hot", "numbers.npy", "numbers.npy: Y holds classes, the network was trained on numbers"),
    ],
)
@pytest.mark.usefixtures("files")
def test_targets_of_another_kind_are_refused(fit, data, message, capsys):
    assert main(["predict", f"{fit}.npz", data, "--score"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert re.search(message, shown.err), shown.err


@pytest.mark.usefixtures("files")
def test_a_class_that_is_a_number_may_be_written_in_another_way():
    expected = said("predict", "2-2-numbers.npz", "numbers.csv", "--score")
    assert expected.startswith("accuracy,")
    for other in ("reals.csv", "numbers.npy"):
        assert said("predict", "2-2-numbers.npz", other, "--score") == expected
    with pytest.raises(InputError, match=r"Y: '2' is no class that the network was trained on \(these are 0, 1\)"):
        Codec(classes=("0", "1")).encode(["0", "1.0", "2"], width=2)


@pytest.mark.parametrize(
    ("head", "words", "message"),
    [
        ("a,a,t", [], "columns 1 and 2 are both called 'a'"),
        ("a,t,t", [], "columns 2 and 3 are both called 't'"),
        ("a,b,a", ["--features", "a,b"], "columns 1 and 3 are both called 'a'"),
        (",,t", [], "columns 1 and 2 are both called ''"),
    ],
)
def test_two_columns_of_one_name_are_refused(head, words, message, tmp_path, capsys):
    (tmp_path / "d.csv").write_text(f"{head}\n1,2,3\n4,5,6\n")
    assert main(["train", "2-1", str(tmp_path / "d.csv"), *words]) == 2
    assert capsys.readouterr().err == f"symbp: {tmp_path / 'd.csv'}: {message}: give each a name of its own\n"


def test_names_of_columns_that_are_not_used_may_be_the_same(tmp_path):
    (tmp_path / "d.csv").write_text("x,a,x,b,t\n0,1,0,2,3\n0,4,0,5,6\n")
    assert said("train", "2-1", tmp_path / "d.csv", "--features", "a,b", "--target", "t", "--epochs", 1)
