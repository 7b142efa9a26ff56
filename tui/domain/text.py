"""User text at the model's edge: cleaned once on the way in, compared without case or accents."""

from __future__ import annotations

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def _unsafe_characters() -> dict[int, str]:
    """Map each character that could drive a terminal to something visible and harmless."""
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    table |= {ord("\t"): "\t", ord("\n"): "\n", 0x7F: "\N{SYMBOL FOR DELETE}"}
    table |= dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT)
    table |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), _REPLACEMENT)
    table |= dict.fromkeys((0x2028, 0x2029), "\n")
    table |= {0xFEFF: _REPLACEMENT}
    table |= dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT)
    return table


_UNSAFE: dict[int, str] = {}


def clean(text: str) -> str:
    r"""Return ``text`` with nothing in it that could drive a terminal or fail to be saved.

    Control characters become their pictures (``\x1b`` → ``␛``); C1 controls, bidirectional
    overrides, the byte order mark and lone surrogates become ``�``; every kind of line end
    becomes ``\n``. Joiners and variation selectors stay, so that emoji and scripts survive.
    The rule follows the sideband fix of git and the advisories named in ``SECURITY``-minded
    terminals; it runs on every way in: keys, paste, command line, files.
    """
    if text.isprintable():
        return text
    if not _UNSAFE:
        _UNSAFE.update(_unsafe_characters())
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSAFE)


def clean_line(text: str) -> str:
    """Return ``text`` cleaned and on one line: runs of blanks and line ends become one space."""
    return " ".join(clean(text).split())


def clean_block(text: str) -> str:
    """Return ``text`` cleaned, without blank lines at its ends or blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in clean(text).split("\n")).strip("\n").strip()


class _Folded(dict[int, str]):
    """What each character folds to, worked out when it is met: `str.translate` does the rest.

    Folding knows no neighbours: what a text folds to is what its characters fold to.
    """

    def __missing__(self, code: int) -> str:
        from unicodedata import combining, normalize

        decomposed = normalize("NFKD", chr(code).casefold())
        self[code] = plain = "".join(c for c in decomposed if not combining(c)).casefold()
        return plain


FOLDED = _Folded()
"""What characters fold to, by their code points."""


def fold(text: str) -> str:
    """Return ``text`` for comparing: without case and without accents."""
    return text.casefold() if text.isascii() else text.translate(FOLDED)


def first_line(text: str) -> str:
    """Return the first line of ``text``, with an ellipsis where more follows."""
    head, _, rest = text.partition("\n")
    return f"{head} …" if rest else head


def shortened(text: str, length: int = 50) -> str:
    """Return the first line of ``text``, cut with an ellipsis where it is too long."""
    head = text.partition("\n")[0]
    return head if len(head) <= length else f"{head[: length - 1]}…"


def slug(name: str) -> str:
    """Return ``name`` as part of a file name: ASCII lower-case letters, digits and hyphens.

    A name with no such letter at all gives ``person``.
    """
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(name)).split()
    return "-".join(words)[:40].strip("-") or "person"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return ``count`` with its noun: ``1 note``, ``2 notes``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


JOINER = "\n⟂ "
"""Stands between two texts of one line that was changed on two sides."""


def both_texts(theirs: str, ours: str) -> str:
    """Return one text that holds two; where one is in the other, that one alone."""
    if not theirs or theirs in ours:
        return ours
    return theirs if ours in theirs else f"{theirs}{JOINER}{ours}"


def cell_length(text: str) -> int:
    """Return how many cells of a terminal a line takes, as a terminal counts them by and large."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(c) in ("Mn", "Me", "Cf") else 1 + (east_asian_width(c) in "WF") for c in text
    )


def wrapped_text(text: str, width: int) -> list[str]:
    """Return a text in lines of at most ``width`` cells, broken at blanks where there are any."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if cell_length(joined) <= width:
                line = joined
                continue
            lines += [line] if line else []
            line = ""
            for character in word:
                if cell_length(line + character) > width and line:
                    lines.append(line)
                    line = ""
                line += character
        lines.append(line)
    return lines


def times(count: int) -> str:
    """Return how often: once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(count) or f"{count} times"
