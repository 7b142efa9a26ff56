"""The arguments of the command line as values, for what is made from them."""

from __future__ import annotations

import argparse
from enum import StrEnum, auto
from typing import NamedTuple

from tui.cli import build_parser


class Takes(StrEnum):
    """What a word on the command line is."""

    NOTHING = auto()
    TEXT = auto()
    CHOICE = auto()
    PERSON = auto()
    FILE = auto()
    FOLDER = auto()


METAVARS = {
    "PERSON": Takes.PERSON,
    "OTHER": Takes.PERSON,
    "INTO": Takes.PERSON,
    "FILE": Takes.FILE,
    "FROM": Takes.FILE,
    "TO": Takes.FILE,
    "DIR": Takes.FOLDER,
}
"""What stands for an argument in the help, and what it takes; all others take a text."""


class Argument(NamedTuple):
    """One option, or one word that has its place."""

    flags: tuple[str, ...]
    metavar: str
    takes: Takes
    choices: tuple[str, ...]
    nargs: str
    help: str
    is_repeated: bool
    """Whether it may stand several times."""

    @property
    def is_option(self) -> bool:
        """Whether it begins with a hyphen."""
        return bool(self.flags)


class Command(NamedTuple):
    """One command, or the program without any."""

    words: tuple[str, ...]
    help: str
    epilog: str
    arguments: tuple[Argument, ...]

    @property
    def options(self) -> tuple[Argument, ...]:
        """What may stand anywhere."""
        return tuple(argument for argument in self.arguments if argument.is_option)

    @property
    def places(self) -> tuple[Argument, ...]:
        """What has its place."""
        return tuple(argument for argument in self.arguments if not argument.is_option)


def commands() -> tuple[Command, ...]:
    """Return the program itself and every command, those within another after it."""
    return tuple(_commands(build_parser(), (), ""))


def _commands(parser: argparse.ArgumentParser, words: tuple[str, ...], text: str) -> list[Command]:
    arguments: list[Argument] = []
    within: list[Command] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            texts = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, below in action.choices.items():
                within += _commands(below, (*words, name), texts[name])
        elif action.help != argparse.SUPPRESS and "--help" not in action.option_strings:
            arguments.append(_argument(action))
    return [Command(words, text, parser.epilog or "", tuple(arguments)), *within]


def _argument(action: argparse.Action) -> Argument:
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    choices = tuple(map(str, action.choices or ()))
    takes = Takes.TEXT
    if action.nargs == 0:
        takes = Takes.NOTHING
    elif choices:
        takes = Takes.CHOICE
    elif action.dest == "person":
        takes = Takes.PERSON
    elif metavar in METAVARS:
        takes = METAVARS[metavar]
    text = "the version" if "--version" in action.option_strings else action.help or ""
    return Argument(
        tuple(action.option_strings),
        metavar,
        takes,
        choices,
        str(action.nargs or ""),
        text,
        isinstance(action, argparse._AppendAction),
    )
