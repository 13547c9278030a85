"""The report in every form: for a person, for programs, for code review, for continuous integration."""

import json
import re
import signal
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from symbp.checking import Report, check
from symbp.checking.cache import Cache, key_of, user_cache
from symbp.checking.formats import FORMATS, format_for
from symbp.checking.limited import Limits, Options, StoppedError, Worker
from symbp.checking.lines import cells, excerpt, visible
from symbp.checking.many import Examination
from symbp.checking.reaching import Found, found_in
from symbp.checking.report import Outcome
from symbp.checking.sarif import sarif
from symbp.checking.terminal import WIDEST, plain, show, styled, table, terminal
from symbp.cli import main
from symbp.errors import InputError, SymbpError

WRONG = "$$a = 2, \\quad b = 3 a = 3 * 2 = 5$$\n"
DOCUMENT = """Given $w = 0.5$ and $x = 4$.

$$net = w x = 0.5 * 4 = 3$$

误差 $E = (net - x)^2 = (2 - 4)^2 = 5$ 如上。

$$\\begin{align} q &= w + x \\\\
 &= x - w \\tag{7} \\end{align}$$

$$r = \\unknown{x} = w$$
"""


def outcome(text, name="homework.md"):
    return Outcome(name, replace(check(text=text), document=name), seconds=0.5)


def slice_of(text, region):
    lines = text.split("\n")[region[0] - 1 : region[2]]
    lines[-1] = lines[-1][: region[3] - 1]
    lines[0] = lines[0][region[1] - 1 :]
    return "\n".join(lines)


def test_every_member_is_where_the_report_says():
    report = check(text=DOCUMENT)
    for link in report.links:
        assert (link.line, link.column) == link.regions[1][:2]
        for region, shown in zip(link.regions, (link.lhs, link.rhs), strict=True):
            assert slice_of(DOCUMENT, region).strip() == shown
    for equation in report.equations:
        assert slice_of(DOCUMENT, equation.outer).startswith(("$", "\\begin"))
        assert slice_of(DOCUMENT, equation.outer).endswith("$")


def test_a_report_is_the_same_after_a_way_through_json():
    report = check(text=DOCUMENT)
    assert Report.of(json.loads(report.to_json()), DOCUMENT) == report


def test_the_terminal_report_shows_what_stands_and_what_should():
    assert terminal(check(text=WRONG)).splitlines() == [
        "text:1:34: refuted: the left side is 6, the right side 5; 6 should stand there",
        "    $$a = 2, \\quad b = 3 a = 3 * 2 = 5$$",
        "                                     ^",
        "    stands:   5",
        "    expected: 6",
        "text: 1 proved, 1 refuted, 2 given",
    ]


def test_the_mark_is_under_the_member_also_behind_wide_characters():
    lines = terminal(check(text=DOCUMENT)).splitlines()
    place = next(number for number, line in enumerate(lines) if "误差" in line)
    assert lines[place] == "    误差 $E = (net - x)^2 = (2 - 4)^2 = 5$ 如上。"
    assert cells(lines[place][: lines[place].index("5$")]) == lines[place + 1].index("^")


@pytest.mark.parametrize("room", [20, 40, 80, 300])
@pytest.mark.parametrize("filler", ["a + ", "误差", "e\u0301 "])
def test_an_excerpt_fits_and_has_the_member_in_it(room, filler):
    before, after = filler * 40, filler * 30
    line = f"{before}WRONG{after}"
    shown, mark = excerpt(line, (1, len(before) + 1, 1, len(before) + 6), room)
    assert cells(shown) <= max(room, 24)
    assert cells(shown[: shown.index("WRONG")]) == len(mark) - len("^~~~~")
    assert mark.endswith(" ^~~~~")


def test_what_a_document_says_never_acts_on_a_terminal():
    hostile = "$$a = 2 = \\text{\x1b[31m [bold]x[/bold] \u202e \x07} = 3$$ \x1b]0;title\x07"
    report = check(text=hostile)
    text = terminal(report)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert visible("a\tb\x00\u2028") == "a b\u2400\ufffd"

    class Screen:
        encoding, text = "utf-8", ""

        def isatty(self):
            return True

        def write(self, text):
            self.text += text

        def flush(self):
            pass

    screen = Screen()
    show(styled(report), screen)
    assert "[bold]x[/bold]" in screen.text
    assert "\x07" not in screen.text


def test_sarif_points_into_the_document_and_carries_the_fix():
    log = json.loads(sarif([outcome(DOCUMENT), Outcome("gone.md", error="gone.md: cannot be read")]))
    assert (log["version"], log["$schema"].rsplit("/", 1)[1]) == ("2.1.0", "sarif-schema-2.1.0.json")
    [run] = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({result["ruleId"] for result in run["results"]})
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [n["message"]["text"] for n in invocation["toolExecutionNotifications"]] == ["gone.md: cannot be read"]
    repaired = {}
    for result in run["results"]:
        assert result["level"] in ("error", "warning", "note")
        if result["level"] == "warning":  # a finding is about a line
            continue
        [location] = result["locations"]
        region = location["physicalLocation"]["region"]
        assert location["physicalLocation"]["artifactLocation"] == {"uri": "homework.md"}
        assert list(region) == ["startLine", "startColumn", "endLine", "endColumn"]
        for fix in result.get("fixes", ()):
            [replacement] = fix["artifactChanges"][0]["replacements"]
            assert replacement["deletedRegion"] == region
            repaired[slice_of(DOCUMENT, tuple(region.values()))] = replacement["insertedContent"]["text"]
    assert repaired == {"3": "2", "5": "4", "x - w": "x + w"}


def test_sarif_offers_no_fix_where_the_member_is_not_printed_as_it_is_read():
    notebook = json.dumps({"cells": [{"cell_type": "markdown", "source": "$$y = 2\\cdot 3 = 2 \\cdot 4$$"}]})
    [result] = json.loads(sarif([outcome(notebook)]))["runs"][0]["results"]
    assert "fixes" not in result


def test_junit_is_xml_with_a_case_a_link_whatever_the_document_says():
    form = format_for("junit", None)
    strange = outcome(f"{WRONG}\n$$\\dot x = \\nosuch{{\x01\ufffe}} = 4$$\n")
    text = form.write([strange, Outcome("b.md", error="b.md: \x00")], "en")
    root = ElementTree.fromstring(text)
    assert {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "7",
        "failures": "1",
        "errors": "1",
        "skipped": "2",
    }
    [failure] = root.iter("failure")
    assert failure.text == "stands: 5\nexpected: 6"
    assert len(list(root.iter("testcase"))) == 7
    assert all(case.get("message") for case in (*root.iter("skipped"), *root.iter("error")))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_writes_a_document_and_is_found_by_its_ending(form):
    assert form.write([outcome(WRONG)], "zh").endswith("\n")
    for ending in form.endings:
        assert format_for(None, f"report{ending}") is form


@pytest.mark.parametrize("name", ["sarrif", "jsn"])
def test_an_unknown_format_names_the_nearest(name):
    with pytest.raises(InputError, match=r"no format .* did you mean"):
        format_for(name, None)


def test_the_table_has_a_row_a_document_in_columns():
    rows = plain(table([outcome(WRONG), outcome(WRONG, "作业.md"), Outcome("gone.md", error="gone")])).splitlines()
    assert rows[0].split() == [
        "document",
        "links",
        "proved",
        "holds",
        "refuted",
        "undecided",
        "unread",
        "given",
        "seconds",
    ]
    assert rows[1].split() == ["homework.md", "4", "1", "0", "1", "0", "0", "2", "0.50"]
    assert rows[3].split()[1:8] == ["-"] * 7
    assert len({cells(row) for row in rows}) == 1


def test_a_folder_is_searched_and_each_document_checked_once(tmp_path):
    (tmp_path / "deep" / ".hidden").mkdir(parents=True)
    for name in ("a.md", "deep/b.TEX", "deep/c.png", "deep/.hidden/d.md", ".e.md"):
        (tmp_path / name).write_text(WRONG)
    found = list(found_in([str(tmp_path / "a.md"), str(tmp_path)]))
    assert [(item.path.removeprefix(str(tmp_path)), item.searched) for item in found] == [
        ("/a.md", False),
        ("/deep/b.TEX", True),
    ]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no document in this folder"):
        list(found_in([str(tmp_path / "empty")]))


def test_many_documents_are_judged_and_a_bad_one_does_not_stop_the_rest(tmp_path, capsys):
    (tmp_path / "right.md").write_text("$$b = 3 * 2 = 6$$\n")
    (tmp_path / "wrong.md").write_text(WRONG)
    (tmp_path / "binary.md").write_bytes(b"\0\0")
    (tmp_path / "prose.md").write_text("nothing here\n")
    assert main(["check", str(tmp_path), "--jobs", "2"]) == 2
    out, err = capsys.readouterr()
    assert err == f"symbp: {tmp_path / 'binary.md'}: not a text document\n"
    rows = {row.split()[0].rsplit("/", 1)[1]: row.split()[1:8] for row in out.splitlines()[-4:]}
    assert rows["binary.md"] == ["-"] * 7
    assert rows["prose.md"] == ["0"] * 7
    assert rows["wrong.md"] == ["4", "1", "0", "1", "0", "0", "2"]
    assert main(["check", str(tmp_path / "right.md"), str(tmp_path / "wrong.md")]) == 1
    assert main(["check", str(tmp_path / "right.md")]) == 0
    capsys.readouterr()
    assert main(["check", str(tmp_path), "--format", "json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert [error["document"] for error in found["errors"]] == [str(tmp_path / "binary.md")]
    assert found["summary"]["refuted"] == 1


def test_the_ending_of_the_output_sets_the_format_and_no_document_is_overwritten(tmp_path, capsys):
    document = tmp_path / "a.txt"
    document.write_text(WRONG)
    for name in ("r.json", "r.sarif", "r.xml", "r.txt"):
        assert main(["check", str(document), "-o", str(tmp_path / name)]) == 1
        assert capsys.readouterr() == ("", "")
    assert json.loads((tmp_path / "r.json").read_text())["summary"]["refuted"] == 1
    assert (tmp_path / "r.txt").read_text() == terminal(check(document))
    assert main(["check", str(document), "-o", str(document)]) == 2
    assert "is itself a document to be checked" in capsys.readouterr().err
    assert document.read_text() == WRONG


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--timeout", "0"], "--timeout 0 is not between"),
        (["--timeout", "nan"], "--timeout nan is not between"),
        (["--jobs", "-1"], "--jobs -1 is not between"),
        (["--lang", "de"], "no language 'de'"),
        (["--network", "mazzur"], "'mazzur' is neither a preset"),
        (["-o", "r.pdf"], "r.pdf: no report has this ending"),
    ],
)
def test_a_bad_option_is_one_line(words, message, tmp_path, capsys):
    (tmp_path / "a.md").write_text(WRONG)
    assert main(["check", str(tmp_path / "a.md"), *words]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_what_takes_too_long_is_stopped_from_outside():
    slow = "$$s = " + " + ".join(f"\\sum_{{i=1}}^{{900}} \\frac{{i^{{{n}}}}}{{7}}" for n in range(2, 90)) + " = 1$$\n"
    with Worker(Limits(seconds=0.05)) as worker:
        with pytest.raises(StoppedError, match=r"stopped after 0\.05 seconds; --timeout"):
            worker.report("slow.md", (slow * 20).encode(), Options())
        worker.process.join(30)
        assert worker.process.exitcode == -signal.SIGKILL


def test_a_library_that_is_missing_is_no_lack_of_memory():
    code = "import sys; sys.modules['flint'] = None; from symbp.checking.limited import serve; serve(None, 4000)"
    with Worker(Limits()) as worker:
        status = subprocess.run([sys.executable, "-c", code], check=False).returncode
        worker.process.kill()
        worker.process.join()
        worker.process = SimpleNamespace(exitcode=status, kill=lambda: None, join=lambda: None)
        assert worker._ending() == "stopped: a library that symbp needs is not there; install symbp again"


def test_what_takes_too_much_memory_is_stopped_and_the_rest_goes_on(tmp_path):
    small, large = tmp_path / "small.md", tmp_path / "large.md"
    small.write_text(WRONG)
    large.write_text("$$a = b$$ " * 900_000)
    examination = Examination(limits=Limits(megabytes=400))
    bad, good = examination.outcomes([Found(str(large)), Found(str(small))])
    assert bad.error == f"{large}: stopped at 400 MB of memory; --memory sets another limit"
    assert good.report.summary["refuted"] == 1


def test_a_fault_in_one_document_is_one_line():
    with Worker(Limits()) as worker:
        with pytest.raises(SymbpError, match=r"^a\.md: not UTF-8 text"):
            worker.report("a.md", b"\xff\xfe\xfa", Options())
        assert worker.report("a.md", WRONG.encode(), Options())["summary"]["refuted"] == 1


def test_known_reports_are_kept_and_broken_ones_made_anew(tmp_path, monkeypatch):
    document = tmp_path / "a.md"
    document.write_text(WRONG)
    cache = Cache(tmp_path / "cache")

    def examined():
        [found] = Examination(cache=cache).outcomes([Found(str(document))])
        return found.report

    first = examined()
    monkeypatch.setattr("symbp.checking.many.Worker", None)
    assert examined() == first
    [entry] = (tmp_path / "cache").iterdir()
    for broken in (b"", b"{}", b"\xff", entry.read_bytes()[:-5], entry.read_bytes().replace(b"refuted", b"unfuted")):
        entry.write_bytes(broken)
        with pytest.raises(TypeError, match="'NoneType' object is not callable"):
            examined()
    monkeypatch.undo()
    assert examined() == first
    assert Cache(entry).get("x") is None
    Cache(entry).put("x", {})


def test_the_cache_depends_on_the_content_the_options_and_the_folder_of_the_user(tmp_path, monkeypatch):
    keys = {key_of(content, *options) for content in (b"a", b"b") for options in ((), ("en",), ("zh",), ("zh", ""))}
    assert len(keys) == 8
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache().folder == tmp_path / "symbp" / "check"


def test_the_width_of_a_file_does_not_depend_on_a_terminal():
    long = f"$$ {'+ 0 ' * 100} 1 = 2$$"
    assert max(map(len, terminal(check(text=long)).splitlines()[1:3])) <= WIDEST
