"""What a newcomer gets wrong on the command line of training: one line each, which says what to do."""

import pytest

from symbp.cli import main

FUNCTIONS = """
def several_lines(weights, biases, X, Y):
    raise ValueError("shapes differ\\n(2,) and (3,)")

def complex_numbers(weights, biases, X, Y):
    return [1j * w for w in weights], biases
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, capsys):
    """A folder with data, a trained network, and somebody's functions."""
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "d.csv": "a,b,c\n1,2,0\n2,3,1\n4,5,0\n",
        "part.csv": "a,x,y\n1,2,0\n",
        "others.csv": "x,y,z\n1,2,0\n",
        "gap.csv": "a,b,c\n1,,0\n",
        "mine.py": FUNCTIONS,
    }.items():
        (tmp_path / name).write_text(text)
    assert main(["train", "2-3-1", "d.csv", "--epochs", "2", "--quiet", "-o", "f.npz"]) == 0
    capsys.readouterr()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["verify", "mazur", "--seed", "-1"], "seed = -1: give a whole number of at least 0"),
        (["export", "2-3", "--to", "c", "--seed", "-1"], "seed = -1: give a whole number of at least 0"),
        (["verify", "f.npz", "--loss", "hinge"], "--loss is for a network of sizes such as 2-4-1: f.npz has its own"),
        (
            ["export", "f.npz", "--to", "c", "--bias", "none"],
            "--bias is for a network of sizes such as 2-4-1: f.npz has",
        ),
        (["train", "2", "d.csv"], "2: sizes are two whole numbers or more, such as 2-4-1"),
        (["train", "2--1", "d.csv"], "2--1: sizes are two whole numbers or more"),
        (["train", "2-3-1", "d.csv", "--features", "a,a"], "d.csv: column 1 is named twice"),
        (["predict", "f.npz", "part.csv"], "part.csv: there is no column 'b' (known: a, x, y)"),
        (["predict", "f.npz", "part.csv", "--score"], "part.csv: there is no column 'b' (known: a, x, y)"),
        (["predict", "f.npz", "gap.csv"], "the value is missing (''): fill it in, or leave the row out"),
        (["predict", "f.npz", "gap.csv", "--score"], "the value is missing (''): fill it in, or leave the row out"),
        (["verify", "mazur", "--against", "mine.py:several_lines"], "in line 3 of mine.py: ValueError: shapes differ"),
        (
            ["verify", "mazur", "--against", "mine.py:complex_numbers"],
            "function gave complex numbers: it is to return real",
        ),
    ],
)
def test_one_line_says_what_is_wrong(words, message, capsys):
    assert main(words) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


def test_columns_of_other_names_are_taken_by_their_places(capsys):
    assert main(["predict", "f.npz", "d.csv"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert main(["predict", "f.npz", "others.csv"]) == 0
    assert capsys.readouterr().out.splitlines() == [first]


def test_a_trained_network_is_verified(capsys):
    assert main(["verify", "f.npz"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("2-3-1 sigmoid")
    assert shown.rstrip().endswith("all agree")
