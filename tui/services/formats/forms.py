"""The forms in which what is ours is written out, besides the summary."""

from __future__ import annotations

from enum import StrEnum


class ExportForm(StrEnum):
    """How it is written out; the value is its name on the command line."""

    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"
    ICS = "ics"
    TODOTXT = "todotxt"
    TASKWARRIOR = "taskwarrior"

    @property
    def meaning(self) -> str:
        """What is in it and for which program, in a few words."""
        return _MEANING[self][0]

    @property
    def suffix(self) -> str:
        """How a file of this form ends."""
        return _MEANING[self][1]


_MEANING = {
    ExportForm.MARKDOWN: ("Markdown: talks, follow-ups and shelf, to read", ".md"),
    ExportForm.JSON: ("JSON: the same, for programs", ".json"),
    ExportForm.CSV: ("CSV: follow-ups, for a spreadsheet", ".csv"),
    ExportForm.ICS: ("Calendar: follow-ups and the next one-to-one", ".ics"),
    ExportForm.TODOTXT: ("todo.txt: follow-ups, a line each", ".todo.txt"),
    ExportForm.TASKWARRIOR: ("Taskwarrior: follow-ups, for task import", ".task.json"),
}
