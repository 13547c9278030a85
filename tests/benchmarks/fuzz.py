"""Random bytes, damaged derivations and formulas from a grammar through the reader and the checker, for some minutes.

usage: python tests/benchmarks/fuzz.py [--engine hypothesis|atheris] [--minutes M] [--late S] [--keep FOLDER]

The inputs are tried in a process of their own with 4 GiB of memory, which is stopped and started again when one input
takes more than S seconds. Every crash, every input that is too slow and every one of which something is run as code is
shown once for each place in the code, and kept in FOLDER. Exit status 1 where there is any.
atheris guides its inputs by the lines that they reach; it needs: pip install symbp[benchmarks]
"""

import argparse
import faulthandler
import multiprocessing
import os
import resource
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
MEMORY = 4 * 2**30
SEEDS = (
    "$$x = 1 + 1 = 2$$",
    r"$$\frac{\partial E}{\partial w_5} = \delta_{o1} \cdot out_{h1} = 0.0821$$",
    "y = w*x + b = 3",
)


class Trial:
    """Tries inputs in this process: tells the parent of each, and keeps what goes wrong."""

    def __init__(self, pipe: Any) -> None:
        from fuzzing import survive, watch

        self.pipe, self.survive, self.run = pipe, survive, watch()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def __call__(self, text: str) -> None:
        """Try one input."""
        self.pipe.send(("try", text))
        try:
            self.survive(text)
        except (Exception, RecursionError, MemoryError) as error:
            frames = traceback.extract_tb(error.__traceback__)
            place = next((f"{f.filename}:{f.lineno}" for f in reversed(frames) if "symbp" in f.filename), "")
            self.pipe.send(("bad", f"{type(error).__name__} at {place}: {str(error)[:200]}"))
        if self.run:
            self.pipe.send(("bad", f"run: {self.run.pop()[:200]}"))
        self.pipe.send(("done", ""))


def by_hypothesis(pipe: Any, seed: int) -> None:
    """Draw inputs until the parent stops this process."""
    from fuzzing import documents
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    trial = Trial(pipe)
    while True:
        seed += 1
        rules = settings(
            max_examples=500,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        seeded(seed)(rules(given(documents)(lambda text: trial(text))))()


def by_atheris(pipe: Any, seed: int) -> None:
    """Let atheris make inputs until the parent stops this process."""
    import atheris

    with atheris.instrument_imports(include=["symbp"]):
        import symbp.checking
        import symbp.formulas  # noqa: F401
    trial = Trial(pipe)
    corpus = Path(tempfile.mkdtemp())
    for number, text in enumerate(SEEDS):
        (corpus / str(number)).write_text(text)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    atheris.Setup(
        [sys.argv[0], f"-seed={seed}", "-max_len=400", f"-rss_limit_mb={MEMORY >> 20}", str(corpus)],
        lambda data: trial(data.decode("utf-8", "replace")),
    )
    atheris.Fuzz()


ENGINES = {"hypothesis": by_hypothesis, "atheris": by_atheris}


class Fuzzing:
    """The parent: starts the process, waits for each input, and counts."""

    def __init__(self, engine: str, late: float, keep: Path) -> None:
        self.engine, self.late, self.keep = engine, late, keep
        self.tried, self.slowest, self.found = 0, 0.0, dict[str, str]()
        self.text, self.since, self.starts = "", 0.0, 0
        self.start()

    def start(self) -> None:
        """Start the process that tries."""
        self.starts += 1
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe(duplex=False)
        self.process = context.Process(target=work, args=(self.engine, other, 1000 * self.starts), daemon=True)
        self.process.start()
        other.close()
        self.text, self.since = "", time.monotonic()

    def step(self) -> None:
        """Wait for news."""
        limit = self.late if self.text else 120
        try:
            if self.pipe.poll(limit):
                self.news(*self.pipe.recv())
                return
            self.report(f"more than {limit} s (input {len(self.text)} characters)")
        except EOFError:
            self.report(f"the process ended with status {self.process.exitcode}")
        self.stop()
        self.start()

    def news(self, kind: str, text: str) -> None:
        """Take what the process tells."""
        if kind == "try":
            self.text, self.since = text, time.monotonic()
        elif kind == "bad":
            self.report(text)
        else:
            self.tried += 1
            self.slowest = max(self.slowest, time.monotonic() - self.since)
            self.text = ""

    def report(self, text: str) -> None:
        """Show and keep an input of which something is wrong, once for each kind."""
        if text not in self.found:
            self.found[text] = self.text
            self.keep.mkdir(parents=True, exist_ok=True)
            path = self.keep / f"{len(self.found)}.txt"
            path.write_text(self.text, "utf-8", "replace")
            print(f"{text}\n    kept in {path}: {self.text[:160]!r}", flush=True)

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.join()


def work(engine: str, pipe: Any, seed: int) -> None:
    """Try inputs in the new process."""
    faulthandler.enable()
    ENGINES[engine](pipe, seed)


def main() -> int:
    """Fuzz for the time that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=sorted(ENGINES), default="hypothesis")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--late", type=float, default=30)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "symbp-fuzz")
    args = parser.parse_args()
    end = time.monotonic() + 60 * args.minutes
    fuzzing = Fuzzing(args.engine, args.late, args.keep)
    while time.monotonic() < end:
        fuzzing.step()
    fuzzing.stop()
    print(
        f"{args.engine}: {fuzzing.tried} inputs in {args.minutes} minutes, slowest {fuzzing.slowest:.1f} s, "
        f"{len(fuzzing.found)} findings"
    )
    return 1 if fuzzing.found else 0


if __name__ == "__main__":
    sys.exit(main())
