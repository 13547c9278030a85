"""Mean and variance of a batch depend on every sample, and so does each gradient."""

from pathlib import Path

import symbp

derivation = symbp.derive("batchnorm")
for ending in (".tex", ".md"):
    derivation.save(Path(__file__).with_suffix(ending))
