"""Options of the test run."""

import difflib
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("same each time", derandomize=True)  # the search for new examples is in tests/benchmarks
settings.load_profile("same each time")

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    """Keep the tests out of the user's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def pytest_addoption(parser):
    parser.addoption("--update", action="store_true", help="rewrite the golden documents")


@pytest.fixture
def golden(request):
    """Return a function that compares a text with the golden file of a name."""

    def compare(name, text):
        path = GOLDEN / name
        if request.config.getoption("--update"):
            path.write_text(text, encoding="utf-8")
        expected = path.read_text(encoding="utf-8")
        sides = (expected.splitlines(), text.splitlines(), f"golden/{name}", "written now")
        difference = "\n".join(difflib.unified_diff(*sides, n=1, lineterm=""))
        if text != expected:
            hint = "if this is meant: pytest tests/test_documents.py --update"
            pytest.fail(f"{difference or 'only line ends differ'}\n\n{hint}", pytrace=False)

    return compare
