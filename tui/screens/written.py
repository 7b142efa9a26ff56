"""What can be done with a line that is written: change it, split it, make it something else."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.content import Content

from tui import words
from tui.commands import key_for
from tui.domain.followups import FollowUp
from tui.domain.notes import KIND_BY_ID, KINDS, Kind, Note, Side
from tui.domain.people import Topic
from tui.render import MUTED, line, text
from tui.screens import dialogs, followups
from tui.screens.beside import BesideSurface
from tui.screens.chooser import Chooser
from tui.screens.form import Field
from tui.services import promises, talks
from tui.services.talks import Written
from tui.widgets.rows import Row, Rows


class WrittenSurface(BesideSurface):
    """A surface with what was written in a one-to-one in a list of its own."""

    @property
    def notes(self) -> Rows:
        """The list."""
        return self.query_one("#notes", Rows)

    def written(self) -> tuple[Written, ...]:
        """Return what was written, in order."""
        return talks.written_in(self.notebook, self.one)

    @property
    def chosen(self) -> Written | None:
        """What is highlighted among the notes."""
        cursor = self.notes.cursor
        return next((record for record in self.written() if record.id == cursor), None)

    @on(Rows.Chosen, "#notes")
    def action_notes_edit(self) -> None:
        """Change the words."""
        match self.chosen:
            case FollowUp() as follow_up:
                followups.ask_follow_up(self.alongside, follow_up)
            case Note() as note:
                fields = (
                    Field("text", f"{note.kind.label}, {note.at:%H:%M}", note.text, is_block=True),
                )
                self.ask(
                    "This note",
                    fields,
                    lambda v: talks.edit_note(self.notebook, self.one, note, v["text"]),
                    key=f"note:{note.id}",
                )
            case Topic() as topic:
                dialogs.ask_topic(self.alongside, self.one.person_id, topic)

    def action_notes_card(self) -> None:
        """Write it onto the person's card too."""
        record = self.chosen
        if record is not None:
            from tui.screens.person_card import take_over

            take_over(self.alongside, self.person, record.text)

    def action_notes_delete(self) -> None:
        """Delete it."""
        record = self.chosen
        if record is None:
            return

        def delete() -> None:
            match record:
                case Note():
                    talks.delete_note(self.notebook, self.one, record)
                case FollowUp():
                    promises.delete(self.notebook, record)
                case Topic():
                    talks.delete_topic(self.notebook, self.one.person_id, record)

        if self.attempt(delete):
            self.alongside.say(f"Deleted. {key_for('app.undo')} brings it back.")

    def action_notes_side(self) -> None:
        """Keep the note to oneself; sharing what was kept asks first."""
        note = self.chosen
        if not isinstance(note, Note):
            self.alongside.say("Follow-ups and parked topics are for both of you.")
            return
        if note.side is Side.OURS or note.kind.side is Side.MINE:
            self.attempt(lambda: talks.flip_side(self.notebook, self.one, note))
            return

        self._ask_to_share(lambda: talks.flip_side(self.notebook, self.one, note))

    def _ask_to_share(self, act: Callable[[], object]) -> None:
        """Do what shares a note that has been mine, if that is meant."""

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self.attempt(act)

        rows = (Row("no", Content("Keep it mine")), Row("yes", Content("Share it from here on")))
        self.app.push_screen(
            Chooser(words.SHARE_MINE, rows, keys={"n": "no", "y": "yes"}), answered
        )

    def _set_kind(self, note: Note, kind: Kind) -> None:
        def act() -> None:
            talks.set_kind(self.notebook, self.one, note, kind, may_share=True)

        if talks.shares(note, kind):
            self._ask_to_share(act)
        else:
            self.attempt(act)

    def action_notes_kind(self) -> None:
        """Make the note another kind, or a follow-up."""
        note = self.chosen
        if not isinstance(note, Note):
            return

        def chosen(kind_id: str | None) -> None:
            if kind_id:
                self._set_kind(note, KIND_BY_ID[kind_id])

        rows = tuple(
            Row(
                kind.id,
                line((f"{kind.label:<10}", "bold"), (kind.meaning, MUTED)),
                text(f"{kind.key}  "),
                text(kind.side, MUTED),
            )
            for kind in KINDS
        )
        keys = {kind.key: kind.id for kind in KINDS}
        self.app.push_screen(Chooser("What is it?", rows, cursor=note.kind_id, keys=keys), chosen)

    def action_notes_sure(self) -> None:
        """Say of the note that one only thinks so, or that one is sure."""
        record = self.chosen
        if isinstance(record, Note | FollowUp):
            self.attempt(lambda: talks.flip_sure(self.notebook, self.one, record))
        elif record is not None:
            self.alongside.say("Only notes and follow-ups can be marked “I think so”.")

    def action_notes_pin(self) -> None:
        """Pin the note, so that it stays when notes of its age go; or let go of it."""
        note = self.chosen
        if isinstance(note, Note):
            self.attempt(lambda: talks.flip_pin(self.notebook, self.one, note))
        elif note is not None:
            self.alongside.say("Only notes are pinned: follow-ups and topics stay in any case.")

    def action_notes_split(self) -> None:
        """Make several notes of this one."""
        note = self.chosen
        if not isinstance(note, Note):
            self.alongside.say("Only a note can be split.")
            return
        self.ask(
            "Split this note",
            (
                Field(
                    "text",
                    f"Each line becomes a note ({key_for('listen.newline')} begins a line)",
                    note.text,
                    is_block=True,
                ),
            ),
            lambda v: talks.split_note(self.notebook, self.one, note, tuple(v["text"].split("\n"))),
            key=f"split:{note.id}",
        )

    def action_notes_editor(self) -> None:
        """Change the words of the note in the manager's own editor."""
        note = self.chosen
        if not isinstance(note, Note):
            self.alongside.say("Only a note opens in your editor; enter edits this.")
            return
        if (words_now := self.alongside.edit_outside(note.text)) is not None:
            self.attempt(lambda: talks.edit_note(self.notebook, self.one, note, words_now))
