"""Makes the pages made from the code: ``python -m tests.pages``; ``--check`` only looks."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.made.manpage import manual_page
from tests.made.shells import completions
from tui.commands import COMMANDS, Area, say_key
from tui.domain.debrief import CARRIED, CUES
from tui.domain.followups import STAGES
from tui.domain.legs import LEGS, Leg
from tui.domain.notes import KINDS
from tui.domain.questions import AREAS, DEPTHS, MOMENTS
from tui.shell.completing import FILES

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "KEYS.md"
HEAD = (
    "# Keys\n\nMade from `tui/commands.py` by `python -m tests.pages`. `^p` means ctrl and p. "
    "The id is how a key is changed, below `[keys]` in `settings.toml`.\n\n"
    "Lists move by `↑` `↓` or `j` `k`, `page up`, `page down`, `g` and `G`; boards and choices "
    "also by `←` `→` or `h` `l`; `tab` goes on.\n"
)


def keys_page() -> str:
    """Return the page of all keys."""
    parts = [HEAD]
    for area in Area:
        parts.append(
            f"\n## {area.value.capitalize()}\n\n| keys | action | | id |\n| --- | --- | --- | --- |"
        )
        parts += [
            f"| {_keys(command.keys)} | {command.label} | {command.help} | `{command.id}` |"
            for command in COMMANDS
            if command.area is area
        ]
    parts.append(
        "\n## Kinds of lines\n\nTyped as the first character of an otherwise empty line. Before a "
        "kind key on the command line, `-` keeps the line to yourself and `\\` makes the key an "
        "ordinary character.\n\n| key | kind | | side | in the summary under |\n"
        "| --- | --- | --- | --- | --- |"
    )
    parts += [
        f"| `{kind.key}` | {kind.label} | {kind.meaning} | {kind.side} | {kind.section or '–'} |"
        for kind in KINDS
    ]
    parts += _tables()
    return "\n".join(parts) + "\n"


def _tables() -> list[str]:
    """Return the other tables of the program as a reader sees them."""
    legs = [(row.label, row.meaning) for row in LEGS if row.leg is not Leg.BEFORE]
    cues = [(cue.text.format(name="Dana"), cue.kind.label if cue.kind else "") for cue in CUES]
    stages = [(row.label, row.meaning) for row in STAGES]
    return [
        *_table("The shape of a walk", ("leg", ""), legs),
        *_table("The debrief, cue by cue", ("cue", "a line becomes"), cues),
        f"\nWho carried the talk: {', '.join(CARRIED)}.",
        *_table("Stages of a follow-up", ("stage", ""), stages),
        *_table(
            "Questions", ("part of the talk", ""), [(row.label, row.meaning) for row in MOMENTS]
        ),
        f"\nAreas: {', '.join(area.label for area in AREAS)}. Depth: {', '.join(DEPTHS.values())}.",
    ]


def _table(title: str, heads: tuple[str, str], rows: list[tuple[str, str]]) -> list[str]:
    lines = [f"\n## {title}\n", f"| {heads[0]} | {heads[1]} |", "| --- | --- |"]
    return [*lines, *(f"| {left} | {right} |" for left, right in rows)]


def _keys(keys: str) -> str:
    if not keys:
        return "`^p`, then its name"
    return " ".join(f"`{say_key(key)}`" for key in keys.split(","))


def pages() -> dict[Path, str]:
    """Return what is made from the code: where it is, and what it should be."""
    folder = ROOT / "data" / "completions"
    shells = {folder / FILES[shell]: text for shell, text in completions().items()}
    return {PAGE: keys_page(), ROOT / "alongside.1": manual_page(), **shells}


def stale() -> list[str]:
    """Return the pages in the repository that are not what the code says."""
    return [
        path.relative_to(ROOT).as_posix()
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main() -> int:
    """Make the pages, or check them."""
    if "--check" not in sys.argv:
        for path, text in pages().items():
            path.write_text(text, encoding="utf-8")
        return 0
    found = stale()
    for name in found:
        print(f"{name} is stale. Run: python -m tests.pages")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
