"""The programs of derivations/: each runs alone, writes what lies beside it, and that passes the check."""

import runpy
import shutil
from pathlib import Path

import pytest

from symbp.checking import check

FOLDER = Path(__file__).parents[1] / "derivations"
PROGRAMS = sorted(FOLDER.glob("*.py"))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_a_derivation_is_what_its_program_writes_and_passes_the_check(program, tmp_path):
    copy = tmp_path / program.name
    shutil.copy(program, copy)
    runpy.run_path(str(copy))
    for suffix in (".tex", ".md"):
        text = program.with_suffix(suffix).read_text("utf-8")
        assert copy.with_suffix(suffix).read_text("utf-8") == text, f"run {program.name} anew"
    report = check(text=text)
    assert {link.verdict for link in report.links} <= {"proved", "holds", "given"}
    assert report.summary["proved"] + report.summary["holds"] >= 9


def test_every_document_of_the_folder_has_a_program():
    assert len(PROGRAMS) >= 12
    assert {path.stem for path in FOLDER.iterdir() if path.suffix} == {path.stem for path in PROGRAMS}
