"""A mail is begun with the right words and for nobody; where it cannot be, that is said."""

from __future__ import annotations

import os
import sys
from email import policy
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import HOSTILE, Bench, add_person, plan_today, write
from tui.desk.mail import open_mail
from tui.domain.ours import Outbound, Section, Summary
from tui.domain.text import clean, clean_line
from tui.services.outward import MAIL_LIMIT, Format, mail_url, summary_of, summary_text

GREETING = "Thank you for the walk on Sun 22 Nov, Dana."
URL = Outbound("mailto:?subject=Our%20walk&body=Thank%20you")
DESKTOP = {"DISPLAY": ":1"}


def a_summary(subject: str, *lines: str) -> Summary:
    return Summary(GREETING, (Section("I will", lines),), "Tell me.", subject)


def fields_of(url: str) -> list[tuple[str, str]]:
    """Return what a mail program reads in a link: who it is for, and its fields, as RFC 6068 says.

    Not `parse_qsl` alone, which would read a plus as a space.
    """
    scheme, _, rest = url.partition(":")
    assert scheme == "mailto"
    to, _, query = rest.partition("?")
    assert [name for name, _ in parse_qsl(query, strict_parsing=True)] == [
        pair.partition("=")[0] for pair in query.split("&")
    ]
    pairs = (pair.partition("=") for pair in query.split("&"))
    return [("to", to), *((unquote(name), unquote(value)) for name, _, value in pairs)]


# -- what is in the link -----------------------------------------------------------------------


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
@example("Our walk\r\nBcc: eve@example.org", "x\r\n\r\nBcc: eve@example.org")
@example("a&bcc=eve@example.org", "&to=eve@example.org#?cc=eve@example.org")
@example("a%0D%0ABcc:eve@example.org", "%0ACc:eve@example.org + 100 %")
@example("", "")
def test_it_is_for_nobody_and_says_just_the_text(subject: str, said: str) -> None:
    summary = a_summary(subject, said)
    url = mail_url(summary)
    text = summary_text(summary, Format.PLAIN)
    if url is None:
        return
    assert url.isascii()
    assert url.isprintable()
    assert len(url) <= MAIL_LIMIT
    assert urlsplit(url).fragment == ""
    expected = [("to", ""), ("subject", clean_line(subject))]
    body = clean(text).replace("\n", "\r\n")
    assert fields_of(url) == [f for f in expected if f != ("subject", "")] + [("body", body)]


@pytest.mark.parametrize("text", [t for t in HOSTILE if len(t) < 100], ids=ascii)
def test_a_mail_made_of_it_has_no_header_that_was_typed(text: str) -> None:
    """As a mail program would write it out: one subject, nobody to whom, and the text below."""
    url = mail_url(a_summary(text, text))
    assert url is not None
    (_, to), *fields = fields_of(url)
    headers = "".join(f"{name}: {value}\r\n" for name, value in fields if name != "body")
    mail = BytesParser(policy=policy.SMTPUTF8).parsebytes(
        f"To: {to}\r\n{headers}\r\n{dict(fields)['body']}".encode()
    )
    assert [name.lower() for name in mail] == ["to", "subject"]
    assert mail["To"] == ""
    assert " ".join(mail["Subject"].split()) == clean_line(text)
    assert not mail.defects
    body = mail.get_payload()
    assert isinstance(body, str)
    assert body.startswith(GREETING)


def test_too_long_is_none() -> None:
    short = a_summary("x", "a")
    room = MAIL_LIMIT - len(mail_url(short) or "")
    assert len(mail_url(a_summary("x", "a" * (room + 1))) or "") == MAIL_LIMIT
    assert mail_url(a_summary("x", "a" * (room + 2))) is None
    assert mail_url(a_summary("x", "é" * room)) is None
    assert mail_url(a_summary("x", "a" * 200_000)) is None


def test_what_is_mine_is_not_in_it(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    for line in ('" I lose the thread', "~ tired of the team", "> send the book by fri"):
        write(notebook, one, line)
    journal = notebook.journal
    one = journal.one_to_ones[one.id]
    url = mail_url(summary_of(journal, one, notebook.page(one.id), notebook.today()))
    fields = dict(fields_of(url or ""))
    assert "I lose the thread" in fields["body"]
    assert "tired" not in fields["body"]
    assert fields["subject"]


# -- opening it --------------------------------------------------------------------------------

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fake tools are shell scripts")


class Openers:
    """A folder of openers, and what they were asked to open."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.log = folder / "opened"
        self.environ = {"PATH": str(self.bin), **DESKTOP}

    def add(self, tool: str, then: str = "exit 0") -> None:
        """Add an opener that notes what it is given, and then does something."""
        script = self.bin / tool
        script.write_text(
            f'#!/bin/sh\nPATH=/usr/bin:/bin\nprintf "%s\\n" "{tool}" "$@" >>"{self.log}"\n{then}\n'
        )
        script.chmod(0o755)

    @property
    def asked(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def openers(tmp_path: Path) -> Openers:
    return Openers(tmp_path)


@pytest.mark.parametrize(
    ("platform", "more", "tool", "arguments"),
    [
        ("linux", {}, "xdg-open", ()),
        ("linux", {}, "gio", ("open",)),
        ("freebsd14", {}, "xdg-open", ()),
        ("darwin", {}, "open", ()),
        ("win32", {}, "rundll32.exe", ("url.dll,FileProtocolHandler",)),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, "wslview", ()),
        ("linux", {"WSL_DISTRO_NAME": "D"}, "rundll32.exe", ("url.dll,FileProtocolHandler",)),
        ("linux", {"TERMUX_VERSION": "0.118"}, "termux-open-url", ()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_desktop_has_its_opener(
    openers: Openers,
    platform: str,
    more: dict[str, str],
    tool: str,
    arguments: tuple[str, ...],
    capfd: pytest.CaptureFixture[str],
) -> None:
    openers.add(tool, "echo noise; echo noise >&2")
    environ = openers.environ | more
    assert open_mail(URL, environ, platform=platform, patience=20) == ""
    assert openers.asked == [tool, *arguments, URL]
    assert capfd.readouterr() == ("", ""), "nothing is drawn over the screen"


def test_what_an_opener_gets_is_one_argument_whatever_is_in_it(openers: Openers) -> None:
    openers.add("xdg-open")
    url = mail_url(a_summary("$(touch x) `id` ; & | \" ' \\ %s -rf", "\n-x\n$HOME\x00"))
    assert open_mail(url or Outbound(""), openers.environ, platform="linux", patience=20) == ""
    assert openers.asked == ["xdg-open", url]


@pytest.mark.parametrize(
    ("environ", "is_web", "says"),
    [
        ({}, False, "There is no desktop here"),
        (DESKTOP | {"SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"}, False, "at another machine"),
        (DESKTOP | {"SSH_TTY": "/dev/pts/1"}, False, "at another machine"),
        (DESKTOP | {"TMUX": "/nowhere,1,0"}, False, "at another machine"),
        (DESKTOP | {"STY": "12.pts-0.desk"}, False, "may sit at another machine"),
        (DESKTOP, True, "at another machine"),
    ],
    ids=["no desktop", "SSH", "SSH, by its terminal", "tmux is silent", "screen", "web"],
)
def test_it_does_not_pretend(
    openers: Openers, environ: dict[str, str], is_web: bool, says: str
) -> None:
    openers.add("xdg-open")
    environ = {"PATH": str(openers.bin), **environ}
    assert says in open_mail(URL, environ, is_web=is_web, platform="linux")
    assert openers.asked == []


def test_an_opener_that_fails_is_told_of(openers: Openers) -> None:
    openers.add("xdg-open", "exit 3")
    said = open_mail(URL, openers.environ, platform="linux", patience=20)
    assert said == "No mail program took it: xdg-open ended with 3."


def test_no_opener_at_all_is_told_of(openers: Openers) -> None:
    said = open_mail(URL, openers.environ, platform="linux")
    assert said == "No mail program can be opened here: xdg-open or gio is missing."


def test_an_opener_that_cannot_be_started_is_told_of(openers: Openers) -> None:
    (openers.bin / "xdg-open").write_bytes(b"\x00\x00")
    (openers.bin / "xdg-open").chmod(0o755)
    assert "cannot be started" in open_mail(URL, openers.environ, platform="linux")


def test_a_mail_program_that_stays_open_is_not_waited_for(openers: Openers, tmp_path: Path) -> None:
    """Without a desktop's own opener, xdg-open becomes the mail program."""
    os.mkfifo(tmp_path / "closed")
    openers.add("xdg-open", f'read line <"{tmp_path}/closed"; echo closed >>"{openers.log}"')
    assert open_mail(URL, openers.environ, platform="linux", patience=0.3) == ""
    (tmp_path / "closed").write_text("now\n")  # blocks until the program reads: it was left alone


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "-rf", "https://example.org", "Thank"])
def test_nothing_else_is_opened(openers: Openers, url: str) -> None:
    openers.add("xdg-open")
    assert open_mail(Outbound(url), openers.environ, platform="linux") != ""
    assert openers.asked == []
