"""The house: what may import what, what is public, what stands at the top."""

import ast
import fnmatch
import json
import subprocess
import sys
from pathlib import Path

import pytest

import symbp

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "symbp"
FILES = sorted(PACKAGE.rglob("*.py"))
BELOW = {  # room -> the rooms that it is built on; errors besides
    "formulas": set(),
    "networks": {"formulas"},
    "graphs": {"formulas", "networks"},
    "derivation": {"formulas", "networks", "graphs"},
    "notations": {"formulas", "networks", "graphs", "derivation"},
    "documents": {"formulas", "networks", "graphs", "derivation", "notations"},
    "checking": {"formulas", "networks", "graphs", "derivation", "notations", "documents"},
    "programs": {"formulas", "networks", "graphs"},
    "training": {"formulas", "networks", "graphs", "programs"},
}
ROOMS = {*BELOW, "cli"}
LEAVES = {"errors", "version", "atomic"}  # files that every room may import
TOP = {"pyproject.toml", "symbp", "tests", "derivations", "README.md"}


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def package_of(path):
    return path.relative_to(ROOT).parent.parts


def imported(path):
    """Return the dotted names, as tuples, of what a file of the package imports from the package, wherever."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {tuple(alias.name.split(".")) for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            package = package_of(path)
            base = package[: len(package) - node.level + 1] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            found |= {(*base, alias.name) for alias in node.names}
    return {name for name in found if name[0] == "symbp" and len(name) > 1}


def test_no_room_is_forgotten_here():
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    files = {path.stem for path in PACKAGE.glob("*.py")}
    assert folders == ROOMS
    assert files == {*LEAVES, "__init__", "__main__"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_up_the_table(path):
    parts = path.relative_to(PACKAGE).parts
    room = parts[0] if len(parts) > 1 else path.stem
    used = {name[1] for name in imported(path)} - LEAVES - {room, "__version__"}
    if room in LEAVES:
        assert used == set()
    elif room in BELOW:
        assert used <= BELOW[room]
    else:  # the front door and the command line see everything
        assert used <= ROOMS


def test_rooms_that_do_not_need_each_other_do_not_know_each_other():
    used = {room: {n[1] for path in (PACKAGE / room).rglob("*.py") for n in imported(path)} for room in ROOMS}
    assert "checking" not in used["training"] | used["programs"]
    assert "training" not in used["checking"] | used["documents"]
    assert not any("cli" in others - {room} for room, others in used.items() if room != "cli")


def top_level_imports(path):
    """Return the modules of the package that are loaded when a file is; annotations' imports do not count."""
    known = {module_of(other) for other in FILES}
    tree = ast.parse(path.read_text("utf-8"))
    package = package_of(path)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1] + tuple(node.module.split(".") if node.module else ())
            yield from ({(*base, alias.name) for alias in node.names} | {base}) & known


def test_there_is_no_import_cycle():
    graph = {module_of(path): set(top_level_imports(path)) - {module_of(path)} for path in FILES}
    done, path = set(), []

    def visit(module):
        assert module not in path, " -> ".join(".".join(part) for part in [*path, module])
        if module not in done:
            path.append(module)
            for other in sorted(graph[module]):
                if module[: len(other)] != other:  # a package is loaded before what is in it
                    visit(other)
            path.pop()
            done.add(module)

    for module in graph:
        visit(module)
    assert done == set(graph)


def test_the_front_door_is_small_and_true():
    assert len(symbp.__all__) <= 20
    assert symbp.__all__ == sorted(symbp.__all__)
    assert not ROOMS & set(symbp.__all__)
    assert all(getattr(symbp, name) is not None for name in symbp.__all__)
    assert set(symbp.__all__) <= set(dir(symbp))
    with pytest.raises(AttributeError, match="module 'symbp' has no attribute 'no_such_name'"):
        _ = symbp.no_such_name


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["derive", "--help"], ["check", "--help"]])
def test_help_loads_nothing_heavy(words):
    code = (
        "import io, json, sys, contextlib\nfrom symbp.cli import main\n"
        f"with contextlib.redirect_stdout(io.StringIO()):\n    status = main({words!r})\n"
        "print(json.dumps([status, sorted(sys.modules)]))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    status, modules = json.loads(result.stdout)
    assert status == 0
    assert not {"sympy", "numpy", "flint", "msgspec", "rich"} & set(modules)


def test_only_five_names_stand_at_the_top():
    ignored = (ROOT / ".gitignore").read_text().split()
    names = {f"{entry.name}/" if entry.is_dir() else entry.name for entry in ROOT.iterdir()}
    stray = {
        name
        for name in names
        if name.strip("/") not in TOP
        and not name.startswith(".")
        and not any(fnmatch.fnmatch(name, pattern.lstrip("/")) for pattern in ignored)
    }
    assert stray == set()
