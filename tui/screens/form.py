"""A form: a few fields, Enter to save. What was typed in it is kept until it is saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.bindings import bindings_of
from tui.commands import Area, commands_of
from tui.domain.dates import WhenError
from tui.domain.text import clean
from tui.errors import AlongsideError
from tui.screens.surface import Surface
from tui.services.ports import Draft
from tui.widgets.choice import Choice
from tui.widgets.entry import Entry
from tui.widgets.keybar import KeyBar
from tui.widgets.line_input import LineInput

Values = dict[str, str]
Check = Callable[[str], str]
"""Says how a value is understood, or raises with a sentence when it is not."""


class Field(NamedTuple):
    """One field of a form."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Values and words to choose between; without any, text is typed."""
    is_block: bool = False
    """Whether the text may have several lines."""
    check: Check | None = None
    hint: Callable[[Values], str] | None = None
    """Says, where it is empty, what the other fields have to say about it."""


class Fields(VerticalScroll, inherit_bindings=False, can_focus=False):
    """Scrolls by pages; up and down are for going from field to field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]


class Form(ModalScreen[bool]):
    """Asks for the values of some fields and hands them to whoever opened it.

    ``save`` may refuse them by raising an error with a sentence, which is shown and the form stays.
    Returns whether something was saved.
    """

    CSS_PATH = "form.tcss"
    HORIZONTAL_BREAKPOINTS = Surface.HORIZONTAL_BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Area.FORM),
        Binding("down", "app.focus_next", show=False, id="form.next"),
        Binding("up", "app.focus_previous", show=False, id="form.previous"),
    ]

    def __init__(
        self,
        title: str,
        fields: tuple[Field, ...],
        save: Callable[[Values], None],
        *,
        key: str,
        keep_draft: Callable[[Draft], None],
        draft: Draft | None = None,
        wrong: str = "",
        note: str = "",
    ) -> None:
        """Ask.

        Args:
            title: What is asked for.
            fields: The fields, in order.
            save: Takes the values by field name; raises to refuse.
            key: Names this form for keeping what was typed; the same form has the same key.
            keep_draft: Takes what was typed so far.
            draft: What was typed before and not saved.
            wrong: What is wrong already, above the fields.
            note: What to know besides, below the fields.
        """
        super().__init__()
        self._title = title
        self._wrong, self._note = wrong, note
        self._save = save
        self._place = f"form:{key}"
        self._keep_draft = keep_draft
        self._kept = _values_of(draft, fields)
        self._fields = tuple(
            field._replace(value=self._kept.get(field.name, field.value)) for field in fields
        )
        self._original = {field.name: field.value for field in fields}

    def compose(self) -> ComposeResult:
        """Show the fields below one another."""
        with Vertical(id="middle"), Fields(id="form"):
            yield Static(Content.styled(self._title, "bold"), id="form-title")
            if self._wrong:
                yield Static(Content(self._wrong), id="form-wrong")
            if self._kept:
                yield Static("What you typed before and did not save is still here.", id="kept")
            for field in self._fields:
                yield Static(Content(field.label), classes="label")
                yield _widget_for(field)
                if field.check is not None:
                    yield Static("", id=f"hint-{field.name}", classes="hint", markup=False)
            if self._note:
                yield Static(Content(self._note), id="form-note")
            yield Static("", id="form-error", markup=False)
        yield KeyBar(commands_of(Area.FORM), id="form-keys")

    def on_mount(self) -> None:
        """Begin in the first field, at the end of what stands there."""
        for field in self._fields:
            self._say_how_understood(field)
        first = self.query_one(f"#field-{self._fields[0].name}")
        first.focus()
        if isinstance(first, Entry):
            first.move_cursor(first.document.end)
        elif isinstance(first, Input) and self._kept:
            first.select_all()  # what is typed now is another thing, more often than its end

    def on_resize(self) -> None:
        """Keep what the first field is called in sight, while the focus is there."""
        self.call_after_refresh(self._show_first)

    def _show_first(self) -> None:
        focused, form = self.focused, self.query_one("#form", VerticalScroll)
        if focused is None or focused.id != f"field-{self._fields[0].name}":
            return
        if focused.virtual_region.bottom <= form.size.height:
            form.scroll_home(animate=False)

    def values(self) -> Values:
        """Return what stands in the fields now."""
        return {
            field.name: _value_in(self.query_one(f"#field-{field.name}")) for field in self._fields
        }

    @on(Input.Changed)
    @on(Entry.Changed)
    @on(Choice.Changed)
    def typed(self) -> None:
        """Say how it is understood, and keep it."""
        if not self.is_mounted:
            return
        for field in self._fields:
            self._say_how_understood(field)
        self.keep_now()

    def keep_now(self) -> None:
        """Keep what was typed: the fields that differ from what they held at first."""
        typed = {n: value for n, value in self.values().items() if value != self._original[n]}
        text = json.dumps(typed, ensure_ascii=False) if typed else ""
        self._keep_draft(Draft(self._place, text))

    def _say_how_understood(self, field: Field) -> None:
        if field.check is None:
            return
        hint = self.query_one(f"#hint-{field.name}", Static)
        try:
            said = field.check(_value_in(self.query_one(f"#field-{field.name}")))
            values = self.values() if field.hint else {}
            if field.hint is not None and not values[field.name].strip():
                said = field.hint(values) or said
            hint.remove_class("-wrong")
        except (WhenError, AlongsideError) as error:
            said = str(error)
            hint.add_class("-wrong")
        hint.update(Content(said))

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (Area.FORM,)

    @on(Input.Submitted)
    @on(Entry.Submitted)
    def action_form_save(self) -> None:
        """Hand the values over; where they are refused, say why and stay."""
        values = {name: clean(value) for name, value in self.values().items()}
        try:
            for field in self._fields:
                if field.check is not None:
                    field.check(values[field.name])
            self._save(values)
        except (WhenError, AlongsideError) as error:
            told = self.query_one("#form-error", Static)
            told.update(Content(str(error)))
            self.query_one("#form", VerticalScroll).scroll_end(animate=False)
            return
        self._keep_draft(Draft(self._place, ""))
        self.dismiss(True)

    def action_form_cancel(self) -> None:
        """Leave the form; what was typed stays kept for the next time."""
        self.dismiss(False)


def _widget_for(field: Field) -> Widget:
    widget_id = f"field-{field.name}"
    if field.choices:
        return Choice(field.choices, field.value, id=widget_id)
    if field.is_block:
        return Entry(field.value, placeholder=field.placeholder, id=widget_id)
    is_replaced = field.check is not None and bool(field.value)  # a date is written anew
    return LineInput(
        field.value, placeholder=field.placeholder, id=widget_id, select_on_focus=is_replaced
    )


def _value_in(widget: Widget) -> str:
    match widget:
        case Choice() | Input():
            return widget.value
        case Entry():
            return widget.text
        case _:
            raise TypeError(widget)


def _values_of(draft: Draft | None, fields: tuple[Field, ...]) -> Values:
    """Return what a draft holds for the fields that still exist."""
    if draft is None or not draft.text:
        return {}
    try:
        values = json.loads(draft.text)
    except ValueError:
        return {}
    names = {field.name for field in fields}
    return {name: str(value) for name, value in values.items() if name in names}
