"""``symbp presets``: the bundled networks, and the models that can be derived."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - the shape of a command
    """Print name and description of every preset."""
    from ..derivation import model, models
    from ..networks import load, presets

    known = {name: load(name).description for name in presets()}
    known |= {name: f"{model(name).description} (derive only)" for name in models()}
    width = max(map(len, known))
    for name, description in known.items():
        print(f"{name:<{width}}  {description}")
    return 0
