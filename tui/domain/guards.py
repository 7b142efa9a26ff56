r"""What keeps a text from being taken for something else in a file, and takes that away again.

Cells of a table: what a spreadsheet would take for a formula gets an apostrophe before it. Words of
a todo.txt line: what would be a project, a context or a key gets a backslash. Both are undone
without loss, whatever the text holds.
"""

from __future__ import annotations

import re

_FORMULA = "=+-@＝＋－＠"
_PROTOCOLS = frozenset({"http", "https", "ftp", "ssh"})
_WOULD_BEGIN = r"x|\([A-Z]+\)|\d{4}-\d\d-\d\d"
"""A first word that todo.txt takes for done, a priority, or the day it was made."""


# -- cells ---------------------------------------------------------------------------------


def guard_cell(text: str) -> str:
    """Return a text as a cell no spreadsheet takes for a formula."""
    return f"'{text}" if _is_formula(text) else text


def unguard_cell(cell: str) -> str:
    """Return the text of a cell."""
    return cell[1:] if cell[:1] == "'" and _is_formula(cell[1:]) else cell


def _is_formula(text: str) -> bool:
    """Return whether a spreadsheet might calculate with a text, or did so once it is unguarded."""
    rest = text.lstrip("'")
    if rest[:1] in ("\t", "\r", "\0"):
        return True
    return _visible(rest)[:1] in tuple(_FORMULA)


def _visible(text: str) -> str:
    """Return a text from its first character on that can be seen."""
    for place, character in enumerate(text):
        if character.isprintable() and not character.isspace():
            return text[place:]
    return ""


# -- words ---------------------------------------------------------------------------------


def guard_words(text: str) -> str:
    """Return a text of one line in which no word means anything to todo.txt."""
    words = text.split()
    guarded = [_guard_word(word, is_first=place == 0) for place, word in enumerate(words)]
    return " ".join(guarded)


def _guard_word(word: str, *, is_first: bool) -> str:
    guarded = word
    key, colon, value = word.partition(":")
    if colon and value and _would_be_key(key, value):
        guarded = f"{key}\\:{value}"
    is_mark = word[0] in "+@\\" or (is_first and re.fullmatch(_WOULD_BEGIN, word))
    return f"\\{guarded}" if is_mark else guarded


def _would_be_key(key: str, value: str) -> bool:
    """Return whether a word is a key with its value; ``14:00`` and addresses are none."""
    if value.startswith("//") and key.casefold() in _PROTOCOLS:
        return False
    return key[:1].isalpha() or key.endswith("\\")


def unguard_word(word: str, *, is_first: bool) -> str:
    """Return a word as it was typed."""
    rest = word[1:]
    is_mark = rest[:1] in ("+", "@", "\\") or (is_first and re.fullmatch(_WOULD_BEGIN, rest))
    if word[:1] == "\\" and rest and is_mark:
        word = rest
    key, colon, value = word.partition(":")
    return f"{key[:-1]}:{value}" if colon and value and key.endswith("\\") else word


def guard_value(text: str) -> str:
    """Return a text of one line as the value of a key: without blanks."""
    for plain, code in (("%", "%25"), ("_", "%5F"), ("$", "%24"), (" ", "_")):
        text = text.replace(plain, code)
    return text


def unguard_value(value: str) -> str:
    """Return the text of a value."""
    for plain, code in ((" ", "_"), ("$", "%24"), ("_", "%5F"), ("%", "%25")):
        value = value.replace(code, plain)
    return value
