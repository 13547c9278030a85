"""Every preset, level and notation: is what is written judged right in every link, and does it compile?

Run ``python tests/benchmarks/every_derivation.py [PRESET ...]``. Prints a line each: how many links have which verdict,
the pages that pdflatex makes of it where that is installed, or why the notation cannot write it. Ends with status 1
where a link is refuted, undecided or unread, or LaTeX stops.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from test_every_derivation import PAIRS, WRONG, derivation, verdicts, written

from symbp.derivation import models
from symbp.networks import presets
from symbp.notations import NOTATIONS


def pages(latex, folder):
    """Return how many pages pdflatex makes, or the first error that it prints; nothing where there is no pdflatex."""
    if shutil.which("pdflatex") is None:
        return ""
    (Path(folder) / "a.tex").write_text(latex)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        return "FAILS: " + next((line for line in done.stdout.splitlines() if line.startswith("!")), "no reason")
    found = re.search(r"\((\d+) pages?", done.stdout)
    wide = sum(float(points) > 20 for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt", done.stdout))
    return f"{found.group(1)} pages" + (f", {wide} lines too wide" if wide else "")


def judged(document, notation, folder):
    """Return a line about one derivation, and whether it is right."""
    forms, reason = written(document, notation)
    if not forms:
        return f"not written: {reason}", True
    counts = verdicts(forms)
    compiled = pages(forms[1], folder)
    right = not any(counts[verdict] for verdict in WRONG) and "FAILS" not in compiled
    return f"{dict(counts)} {compiled}" + ("" if right else "  WRONG"), right


def main():
    """Print a line for each preset, level and notation."""
    wanted = sys.argv[1:] or [*presets(), *models()]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for preset, level in PAIRS:
            document = derivation(preset, level) if preset in wanted else None
            for notation in NOTATIONS if document else ():
                line, right = judged(document, notation, folder)
                wrong += not right
                print(f"{preset:15} {level:13} {notation:15} {line}", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
