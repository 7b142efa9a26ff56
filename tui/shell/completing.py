"""``alongside completion``: what makes a shell complete commands, options and names."""

from __future__ import annotations

import os

from tui.errors import EXIT_DONE, StorageError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

FILES = {"bash": "alongside.bash", "zsh": "_alongside", "fish": "alongside.fish"}
"""The file that ships for each shell."""


def completion(options: argparse.Namespace) -> int:
    """Print the completions for a shell, or the names that they ask for."""
    if options.names:
        return _names(options)
    if options.shell is None:
        raise UsageError("For which shell? alongside completion bash, zsh or fish.")
    from tui.desk.shipped import data_folder

    path = os.path.join(data_folder(), "completions", FILES[options.shell])
    try:
        with open(path, encoding="utf-8") as file:
            print(file.read(), end="")
    except FileNotFoundError as error:
        raise StorageError(
            "The completions that come with alongside are missing. Please install it again."
        ) from error
    return EXIT_DONE


def _names(options: argparse.Namespace) -> int:
    """Print the names of those who are not archived, one a line."""
    from tui.domain.text import clean_line, fold
    from tui.shell.glancing import glimpses

    people = (each.person for each in glimpses(options) if not each.person.archived)
    for name in sorted((clean_line(person.name) for person in people), key=fold):
        print(name)
    return EXIT_DONE
