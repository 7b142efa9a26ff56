"""A mail that is begun: its subject and its text in a link, and nobody it is for."""

from __future__ import annotations

from tui.domain.text import clean, clean_line

SCHEME = "mailto:?"


def mailto_url(subject: str, body: str, limit: int) -> str | None:
    """Return the link (RFC 6068) with which a mail program begins a mail.

    No text gets to be a recipient or a header: every character that means anything in a link is
    encoded, and the subject is one line.

    Args:
        subject: What it is about; left out where it is empty.
        body: The text; line ends become CRLF.
        limit: Characters the link may have.

    Returns:
        The link; None where it would be too long.
    """
    if len(body) > limit:  # nothing gets shorter by being encoded
        return None
    from urllib.parse import quote

    text = clean(body).replace("\n", "\r\n")
    fields = (("subject", clean_line(subject)), ("body", text))
    url = SCHEME + "&".join(f"{name}={quote(said, safe='')}" for name, said in fields if said)
    return url if len(url) <= limit else None
