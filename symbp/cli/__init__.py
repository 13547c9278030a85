"""The command line. Each command is one file, read only when it is the one that was asked for."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from ..errors import InputError, SymbpError, nearest
from ..version import __version__
from .commands import COMMANDS, Command

__all__ = ["main"]

_WORD = re.compile(r"(?:unrecognized arguments: |invalid choice: ')([^\s'=]+)")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and return the exit status: its own, 2 for an error of the user, 130 where interrupted.

    >>> main(["--version"])
    symbp 0.1.0
    0
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if sys.stdout is None:
        print("symbp: standard output is closed", file=sys.stderr)
        return 2
    try:
        status = _run(words)
        sys.stdout.flush()
    except SymbpError as error:
        print(f"symbp: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as error:
        print(f"symbp: {str(error) or 'interrupted'}", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader, such as head, has enough
        _silence(sys.stdout)
        return 141
    except OSError as error:
        _silence(sys.stdout)
        print(f"symbp: the output cannot be written ({error.strerror})", file=sys.stderr)
        return 2
    return status


def _run(words: list[str]) -> int:
    asked = next((word for word in words if not word.startswith("-")), None)
    commands = {command.name: command for command in COMMANDS}
    try:
        args = _parser(commands.get(asked or "")).parse_args(words)
    except SystemExit as stop:  # argparse has printed help or the version
        return stop.code if isinstance(stop.code, int) else 2
    return commands[args.command].load().run(args)


class _Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong, and which word comes nearest."""

    known: tuple[str, ...] = ()
    page = ""  # the command whose help lists what is known

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong."""
        word = _WORD.search(message)
        hint = nearest(word[1], list(self.known)) if word else ""
        raise InputError(f"{message}{hint} (see {self.page or self.prog} --help)")


def _parser(asked: Command | None) -> argparse.ArgumentParser:
    """Return the parser; only the command that was asked for has its own arguments in it."""
    parser = _Parser("symbp", description="Derive, check and train backpropagation in closed form.")
    parser.add_argument("--version", action="version", version=f"symbp {__version__}")
    parsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = parsers.add_parser(command.name, help=command.help, description=command.help, allow_abbrev=False)
        if command is asked:
            command.load().add_arguments(sub)
            parser.known, parser.page = tuple(sub._option_string_actions), sub.prog
    parser.known += tuple(command.name for command in COMMANDS)
    return parser


def _silence(stream: object) -> None:
    """Point a closed standard stream nowhere, so that its last flush at exit says nothing."""
    if hasattr(stream, "fileno"):
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())
