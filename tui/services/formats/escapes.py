"""Text that reads in a format as it was typed."""

from __future__ import annotations

import re

_MARKDOWN_ANYWHERE = re.compile(r"([\\`*_\[\]<>|&~])")
_MARKDOWN_LINE_START = re.compile(r"^(\s*)(#|\+|-|=|!|:|\d+(?=[.)]))", re.MULTILINE)
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


def escape_markdown(text: str) -> str:
    """Return user text so that Markdown shows it as typed and no link, image or HTML is live."""
    text = _MARKDOWN_ANYWHERE.sub(r"\\\1", _INDENTATION.sub("", text))

    def start(match: re.Match[str]) -> str:
        blanks, mark = match.groups()
        return f"{blanks}{mark}\\" if mark.isdigit() else f"{blanks}\\{mark}"

    return _MARKDOWN_LINE_START.sub(start, text)
