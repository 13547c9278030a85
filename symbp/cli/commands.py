"""The table of commands."""

import argparse
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast


class CommandModule(Protocol):
    """What the file of a command has. It imports no other room at its top: those take long to load."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, args: argparse.Namespace) -> int:
        """Do the work and return the exit status."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, which is also the name of its file, and one line of help."""

    name: str
    help: str

    def load(self) -> CommandModule:
        """Return the module of the command."""
        return cast(CommandModule, import_module(f".{self.name}", __package__))


COMMANDS = (
    Command("derive", "Derive the gradients of a network, step by step."),
    Command("check", "Check every equation of a document."),
    Command("train", "Train a network by gradient descent."),
    Command("predict", "Compute the outputs of a trained network."),
    Command("export", "Write a network as one file of NumPy, JAX, PyTorch or C."),
    Command("verify", "Find the gradients of a network in several ways, or check somebody's backward code."),
    Command("presets", "List the networks that come with symbp."),
)
