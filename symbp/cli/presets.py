"""``symbp presets``: the bundled networks."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - the shape of a command
    """Print name and description of every preset."""
    from ..networks import load, presets

    width = max(map(len, presets()))
    for name in presets():
        print(f"{name:<{width}}  {load(name).description}")
    return 0
