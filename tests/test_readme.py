"""The README: its Python examples run, its commands are what the check script runs, its lists are complete."""

import doctest
import re
import tomllib
from pathlib import Path

import pytest

import symbp
from symbp.checking import VERDICTS
from symbp.checking.side import parse as parse_side
from symbp.cli import main
from symbp.derivation import models
from symbp.networks import ACTIVATIONS, LOSSES
from symbp.networks.files import parse
from symbp.programs import FORMS, TARGETS
from symbp.training import INITIALISERS, OPTIMISERS, SCALINGS, SCHEDULES

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def blocks(language):
    return [text for kind, text in BLOCKS if kind == language]


def test_python_blocks_run():
    source = "\n".join(blocks("python"))
    test = doctest.DocTestParser().get_doctest(source, {}, "README.md", "README.md", 0)
    said = []
    result = doctest.DocTestRunner().run(test, out=said.append)
    assert result.failed == 0, "".join(said)
    assert result.attempted > 10


def test_the_two_commands():
    first, second = (block.strip() for block in blocks("sh"))
    assert "symbp derive mazur -o mazur.md" in first
    assert second.endswith("-m pytest -n auto")
    script = (ROOT / ".ci" / "run").read_text()
    assert "grep -m 1 -F '[test]' README.md" in script
    assert [line for line in TEXT.splitlines() if "[test]" in line] == [second]


def test_the_network_file_is_the_preset():
    _, _, _, block = blocks("toml")
    assert parse(block, "README") == symbp.load("mazur")
    assert set(tomllib.loads(block)) == {"network", "values", "notation"}


def test_the_model_file_is_derived(tmp_path):
    path = tmp_path / "model.toml"
    path.write_text(blocks("toml")[2])
    assert "dL/du = sum_{t=1}^T" in symbp.derive(str(path)).to_text()
    assert ", ".join(models()[:3]).replace("autoencoder", "autoencoder (shared weights)") in " ".join(TEXT.split())
    assert all(re.search(rf"\b{name}\b", TEXT) for name in models())


def test_the_side_file_is_read():
    _, block, _, _ = blocks("toml")
    side = parse_side(block, "README")
    assert side.network == symbp.load("mazur")
    assert (set(side.definitions), set(side.values), set(side.bodies), set(side.shapes)) == (
        {"E"},
        {"w_1"},
        {"h"},
        {"W"},
    )
    assert set(side.reading) == set(tomllib.loads(block)["roles"])


def test_the_lists_are_complete():
    for names in (VERDICTS, ACTIVATIONS, LOSSES, OPTIMISERS, SCHEDULES, INITIALISERS, SCALINGS, FORMS, TARGETS):
        for name in names:
            assert re.search(rf"\b{name}\b", TEXT), name


@pytest.mark.parametrize("command", re.findall(r"^\$ symbp (.*)", TEXT, re.MULTILINE))
def test_what_the_console_shows_is_what_is_printed(command, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = "Given $w_1 = 0.15$, $w_2 = 0.20$, $b_1 = 0.35$, $i_1 = 0.05$ and $i_2 = 0.10$:\n\n"
    Path("homework.md").write_text(
        given
        + "$$net_{h1} = w_1 * i_1 + w_2 * i_2 + b_1 * 1 = 0.3775$$\n\n"
        + "$$out_{h1} = \\frac{1}{1 + e^{-net_{h1}}} = 0.593269992$$\n\n"
        + "$$\\frac{d out_{h1}}{d net_{h1}} = out_{h1} (1 - out_{h1}) = 0.21430071$$\n"
    )
    assert main(command.split()) == (1 if command.startswith("check") else 0)
    out = capsys.readouterr().out
    [console] = blocks("console")
    shown = console.split(f"$ symbp {command}\n")[1].split("\n$ ")[0]
    for part in re.split(r"^\.\.\.$", shown, flags=re.MULTILINE):
        assert part.strip("\n") in out


def test_the_notation_of_the_readme_can_be_written_in(tmp_path):
    block = blocks("toml")[0]
    (tmp_path / "mine.toml").write_text(block)
    text = symbp.derive("mazur", style=str(tmp_path / "mine.toml")).to_latex()
    assert r"\frac{dJ}{ds_3}" in text
