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


# -- chat ----------------------------------------------------------------------------------

BREAK = "\N{ZERO WIDTH SPACE}"
"""Keeps a sign from being one: chats know no other way to escape, and it is not to be seen."""
_CHAT_OPENS = re.compile(r"(?<!\w)([*_~`])(?=\S)")
_CHAT_CLOSES = re.compile(r"(?<=\S)([*_~`])(?!\w)")
_CHAT_MENTION = re.compile(r"(?<!\w)([@#])(?=\w)")
_CHAT_ANGLE = re.compile(r"<(?=\S)")
_CHAT_LINK = re.compile(r"\](?=[(\[])")
_CHAT_ENTITY = re.compile(r"&(?=#?\w+;)")
_CHAT_EMOJI = re.compile(r":(?=[\w+'-]*[^\W\d][\w+'-]*:|[+-]1:)")
_CHAT_FACE = re.compile(r"(?<!\w)([:;])(?=[-']?[()\[\]DPpOo|/\\*](?!\w))")
_CHAT_LINE_START = re.compile(r"^(?=\s*(?:>|#+\s|[+\-*•]\s|(?:\d+|[a-zA-Z])[.)]\s))", re.MULTILINE)


def escape_chat(text: str) -> str:
    """Return user text so that Slack and Teams show it as typed: nobody is called by it.

    Neither bold nor slanted nor struck nor code, no mention, channel, emoji, list or quotation, and
    no link with another name; an address that is spelled out may be clicked, as anywhere. They have
    no character to escape with, so a space of no width stands beside what would come alive. Text in
    which nothing would is returned as it is.
    """
    text = _CHAT_CLOSES.sub(rf"{BREAK}\1", _CHAT_OPENS.sub(rf"\1{BREAK}", text))
    text = _CHAT_MENTION.sub(rf"\1{BREAK}", text)
    text = _CHAT_FACE.sub(rf"\1{BREAK}", text)
    for sign in (_CHAT_ANGLE, _CHAT_LINK, _CHAT_ENTITY, _CHAT_EMOJI):
        text = sign.sub(lambda found: found[0] + BREAK, text)
    return _CHAT_LINE_START.sub(BREAK, text)
