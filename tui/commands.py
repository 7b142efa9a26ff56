"""Every action of the app, once: its id, keys, label and help.

Bindings, the key bar, the help, the palette and the keys page are made from this table. An id is
``area.verb``; it names the method that does it (``people.add`` → ``action_people_add``) and is how
a user remaps it, so that it never changes without a line in the changelog.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Area(StrEnum):
    """Where an action is to be had."""

    APP = "everywhere"
    WELCOME = "the empty journal"
    PEOPLE = "people"
    PERSON = "person card"
    WEEKS = "weeks ahead"
    PREPARE = "prepare"
    ENTRY = "listen, while typing"
    NOTES = "listen, among the notes"
    BESIDE = "beside: promises, questions, shelf"
    DECK = "questions"
    CARD = "cue card"
    DEBRIEF = "debrief"
    BOARD = "follow-ups"
    SUMMARY = "summary"
    SEARCH = "search"
    HISTORY = "look back"
    MIRROR = "practice mirror"
    QUARTER = "a quarter in ten lines"
    FORM = "forms"


class Command(NamedTuple):
    """One thing the user can do."""

    id: str
    area: Area
    keys: str
    """The keys, separated by commas, the one to show first; none for what only the palette has."""
    label: str
    help: str
    """A sentence for the help and the palette."""
    in_bar: bool = False
    """Whether it is one of the few the key bar shows."""
    is_priority: bool = False
    """Whether it works while text is being typed."""

    @property
    def action(self) -> str:
        """The name of the action, without ``action_``."""
        return self.id.replace(".", "_").replace("-", "_")

    @property
    def key_list(self) -> tuple[str, ...]:
        """The keys one by one."""
        return tuple(self.keys.split(",")) if self.keys else ()

    @property
    def shown_key(self) -> str:
        """The first key, as it is printed on a keyboard."""
        return say_key(self.key_list[0]) if self.keys else ""


SIGNS = {
    "exclamation_mark": "!", "quotation_mark": '"', "number_sign": "#", "dollar_sign": "$",
    "percent_sign": "%", "ampersand": "&", "apostrophe": "'", "left_parenthesis": "(",
    "right_parenthesis": ")", "asterisk": "*", "plus": "+", "comma": ",", "minus": "-",
    "full_stop": ".", "slash": "/", "colon": ":", "semicolon": ";", "less_than_sign": "<",
    "equals_sign": "=", "greater_than_sign": ">", "question_mark": "?", "at": "@",
    "left_square_bracket": "[", "backslash": "\\", "right_square_bracket": "]",
    "circumflex_accent": "^", "underscore": "_", "grave_accent": "`", "left_curly_bracket": "{",
    "vertical_line": "|", "right_curly_bracket": "}", "tilde": "~",
}  # fmt: skip
"""What keys that are a sign are called."""
_NAMES = SIGNS | {
    "space": "space",
    "escape": "esc",
    "delete": "del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "shift+left": "shift ←",
    "shift+right": "shift →",
    "shift+up": "shift ↑",
    "shift+down": "shift ↓",
    "pageup": "page up",
    "pagedown": "page down",
}


def say_key(key: str) -> str:
    """Return a key as people call it: ``ctrl+p`` → ``^p``, ``f1`` → ``F1``."""
    if key in _NAMES:
        return _NAMES[key]
    if key.startswith("ctrl+"):
        return "^" + say_key(key.removeprefix("ctrl+"))
    if key.startswith("alt+"):
        return "alt " + say_key(key.removeprefix("alt+"))
    return key.upper() if key[0] == "f" and key[1:].isdigit() else key.replace("_", " ")


A = Area
COMMANDS: tuple[Command, ...] = (
    Command("app.help", A.APP, "f1,question_mark", "help", "What the keys do here.", False, True),
    Command("app.people", A.APP, "f2,1", "people", "Everybody, most pressing first.", False, True),
    Command(
        "app.prepare", A.APP, "f3,2", "prepare", "The checklist before you talk.", False, True
    ),
    Command("app.listen", A.APP, "f4,3", "listen", "The notes of this one-to-one.", False, True),
    Command(
        "app.follow-ups",
        A.APP,
        "f5,4",
        "follow-ups",
        "The board; again, to go between this person and everybody.",
        False,
        True,
    ),
    Command(
        "app.look-back", A.APP, "f6,5", "look back",
        "Last time, and all one-to-ones with this person; again, to go back.", False, True,
    ),
    Command(
        "app.search", A.APP, "ctrl+f", "search",
        "Find a line by its words, with anybody, in any year.", False, True,
    ),
    Command(
        "app.summary",
        A.APP,
        "f7,y",
        "summary",
        "What the colleague will read, ready to copy.",
        False,
        True,
    ),
    Command(
        "app.debrief", A.APP, "f8", "debrief", "Bring the talk back, cue by cue.", False, True
    ),
    Command(
        "app.away", A.APP, "f9", "away", "A calm clock, or nothing; any key brings you back.",
        False, True,
    ),
    Command(
        "app.mirror", A.APP, "I", "your practice",
        "What you promised and kept, when you talked, what you asked; for you alone.",
    ),
    Command(
        "app.quarter", A.APP, "Q", "a quarter",
        "The last weeks with this person in ten lines, to copy; or yours alone, to read.",
    ),
    Command(
        "app.schedule", A.APP, "ctrl+n,N", "next date",
        "Plan the next one-to-one with this person, or move it.", False, True,
    ),
    Command("app.undo", A.APP, "u", "undo", "Take back the last thing you did."),
    Command("app.redo", A.APP, "U", "redo", "Do again what was undone."),
    Command(
        "app.mend", A.APP, "ctrl+r,M", "mend",
        "Bring back what can be read in damaged files, and their last good versions.", False, True,
    ),
    Command(
        "app.export", A.APP, "X", "export",
        "Write what is ours into a file: to read, or for another program.",
    ),
    Command(
        "app.settings", A.APP, "comma", "settings",
        "What you are called, the colours, how new people and talks begin.",
    ),
    Command(
        "app.forget", A.APP, "", "forget a person",
        "What there is about this person, and how all of it is removed.",
    ),
    Command(
        "app.guide", A.APP, "f12", "guide",
        "Walk through a first one-to-one on a copy that is thrown away; again, to end that.",
        False, True,
    ),
    Command(
        "app.guide-skip", A.APP, "ctrl+s", "next step", "Go on to the guide's next step.", False,
        True,
    ),
    Command(
        "app.palette", A.APP, "ctrl+p", "all actions", "Find any action by its name.", False, True
    ),
    Command(
        "app.stop", A.APP, "ctrl+z", "to the shell", "Stop alongside; fg brings it back.", False,
        True,
    ),
    Command("app.quit", A.APP, "ctrl+q", "quit", "Save what is left, and close.", False, True),
    Command(
        "welcome.guide", A.WELCOME, "w", "walk through",
        "Walk through a first one-to-one with somebody invented, and come back.", True,
    ),
    Command(
        "welcome.demo", A.WELCOME, "d", "demo",
        "Look at an invented journal, a copy that is thrown away, and come back.", True,
    ),
    Command(
        "people.open", A.PEOPLE, "enter", "prepare", "Prepare the next talk with this person.", True
    ),
    Command("people.listen", A.PEOPLE, "l", "listen", "Take notes with this person, now.", True),
    Command("people.board", A.PEOPLE, "f", "follow-ups", "This person's follow-ups.", True),
    Command("people.add", A.PEOPLE, "n", "new person", "Add somebody.", True),
    Command(
        "people.edit", A.PEOPLE, "e", "card",
        "The card of this person: what helps them, how often you talk.", True,
    ),
    Command(
        "people.talked", A.PEOPLE, "t", "we talked",
        "Note that you talked, in a corridor say; enter alone is enough.", True,
    ),
    Command(
        "people.leave-out", A.PEOPLE, "s", "leave out",
        "Leave the next talk out, or move it, with the reason.",
    ),
    Command(
        "people.weeks", A.PEOPLE, "W", "weeks ahead",
        "Who is planned and due, day by day, and how much listening that is.",
    ),
    Command("people.plan", A.PEOPLE, "p", "plan", "Plan a one-to-one: when, where, who leads."),
    Command(
        "people.past", A.PEOPLE, "o", "one-to-ones", "All one-to-ones with this person, to open."
    ),
    Command("people.archive", A.PEOPLE, "a", "archive", "Archive this person, or bring them back."),
    Command("people.archived", A.PEOPLE, "A", "archived", "Show the archived, or the others."),
    Command(
        "people.let-be", A.PEOPLE, "x", "let it be",
        "Close a talk without a debrief; what is written stays.",
    ),
    Command(
        "people.find", A.PEOPLE, "slash", "find", "Find a person, or a line of any talk.", True
    ),
    Command(
        "person.edit", A.PERSON, "enter,e", "edit",
        "Change this line where it stands; emptied, it goes.", True,
    ),
    Command("person.take-away", A.PERSON, "d,delete", "take away", "Take this line away.", True),
    Command("person.back", A.PERSON, "escape,q", "back", "Back to where you were.", True),
    Command(
        "weeks.open", A.WEEKS, "enter", "prepare",
        "Prepare this talk; where it is only due, plan it.", True,
    ),
    Command(
        "weeks.leave-out", A.WEEKS, "s", "leave out",
        "Leave this talk out, or move it, with the reason.", True,
    ),
    Command("weeks.later", A.WEEKS, "right,l", "later", "A week further.", True),
    Command("weeks.earlier", A.WEEKS, "left,h", "earlier", "A week back."),
    Command("weeks.back", A.WEEKS, "escape,q", "back", "Back to where you were.", True),
    Command("prepare.tick", A.PREPARE, "space,enter,x", "tick", "Tick this item, or untick.", True),
    Command("prepare.reason", A.PREPARE, "r", "why", "Why this item is there.", True),
    Command(
        "prepare.questions", A.PREPARE, "q", "questions",
        "Choose up to three questions.", True,
    ),
    Command("prepare.card", A.PREPARE, "c", "cue card", "Three cue words to carry along.", True),
    Command("prepare.start", A.PREPARE, "s", "start talk", "Start the clock and take notes.", True),
    Command(
        "prepare.person", A.PREPARE, "p", "their card",
        "Read what helps this person again; change it there.", True,
    ),
    Command("prepare.beside", A.PREPARE, "tab", "beside", "To the promises and questions.", True),
    Command(
        "prepare.details", A.PREPARE, "i", "when & where", "When, where, who leads, the intention.",
        True,
    ),
    Command(
        "prepare.template", A.PREPARE, "t", "template",
        "Another checklist, or keep this as your own.",
    ),
    Command("prepare.add", A.PREPARE, "n", "new item", "Add an item below this one.", True),
    Command("prepare.edit", A.PREPARE, "e", "edit", "Change the words of this item."),
    Command("prepare.delete", A.PREPARE, "d,delete", "delete", "Delete this item."),
    Command("prepare.up", A.PREPARE, "shift+up,K", "move up", "Move this item up."),
    Command("prepare.down", A.PREPARE, "shift+down,J", "move down", "Move this item down."),
    Command(
        "listen.clock", A.ENTRY, "ctrl+g", "where we are",
        "Mark how far the talk is: under way, at the bench, over.", True, True,
    ),
    Command(
        "listen.beside", A.ENTRY, "ctrl+t", "beside", "Promises, questions and the closing list.",
        True, True,
    ),
    Command(
        "listen.side", A.ENTRY, "ctrl+o", "ours/mine", "Keep this line to yourself, or not.", True
    ),
    Command(
        "listen.newline",
        A.ENTRY,
        "ctrl+j,shift+enter,alt+enter",
        "new line",
        "Go on in a new line of the same note.",
        True,
    ),
    Command("listen.notes", A.ENTRY, "escape", "to the notes", "Go up among the notes.", True),
    Command(
        "listen.sure", A.ENTRY, "ctrl+y", "sure/think so", "Whether you are sure it was said so."
    ),
    Command("notes.write", A.NOTES, "escape,i,tab", "write", "Back to the line you type in.", True),
    Command("notes.edit", A.NOTES, "e,enter", "edit", "Change the words.", True),
    Command("notes.side", A.NOTES, "m", "ours/mine", "Keep it to yourself, or share it.", True),
    Command("notes.kind", A.NOTES, "c", "kind", "Make it another kind, or a follow-up.", True),
    Command("notes.sure", A.NOTES, "t", "sure/think so", "Whether you are sure it was said so."),
    Command("notes.pin", A.NOTES, "P", "pin", "Keep it when notes of its age go, or not."),
    Command(
        "notes.card", A.NOTES, "b", "onto the card",
        "Write it onto the person's card too, below the question it answers.",
    ),
    Command("notes.split", A.NOTES, "s", "split", "Make several notes of this one."),
    Command("notes.editor", A.NOTES, "E", "in your editor", "Change the words in $EDITOR."),
    Command("notes.find", A.NOTES, "slash", "find", "Show only the lines that fit your words."),
    Command("notes.delete", A.NOTES, "d,delete", "delete", "Delete it; undo brings it back.", True),
    Command(
        "beside.do", A.BESIDE, "space,x", "done",
        "Mark it: promise done, question asked, topic raised.", True,
    ),
    Command("beside.edit", A.BESIDE, "enter,e", "edit", "Change it.", True),
    Command("beside.touch", A.BESIDE, "t", "came up", "This promise came up again today.", True),
    Command("beside.history", A.BESIDE, "h", "history", "What became of this promise so far."),
    Command("beside.landed", A.BESIDE, "l", "landed", "This question landed, or did not.", True),
    Command(
        "beside.drop", A.BESIDE, "d,delete", "take away",
        "Put a question back, or delete a parked topic.",
    ),
    Command("beside.back", A.BESIDE, "escape,tab", "back", "Back to where you were.", True),
    Command(
        "deck.take", A.DECK, "space,enter,x", "take",
        "Take this question, or put it back.", True,
    ),
    Command("deck.draw", A.DECK, "r", "draw three", "Draw questions, up to three in all.", True),
    Command("deck.add", A.DECK, "n", "new", "Write a question of your own.", True),
    Command(
        "deck.edit", A.DECK, "e", "edit",
        "Change the words, or what stands on the card.", True,
    ),
    Command("deck.delete", A.DECK, "d,delete", "delete", "Delete a question of your own."),
    Command("deck.find", A.DECK, "slash", "find", "Find a question by typing.", True),
    Command("deck.back", A.DECK, "escape,q", "back", "Back to the checklist.", True),
    Command("card.copy", A.CARD, "enter,y", "copy", "Copy it; you are told whether that worked.",
            True),
    Command("card.thanks", A.CARD, "t", "thanks", "What you want to thank them for.", True),
    Command("card.close", A.CARD, "escape,q,c", "back", "Back to where you were.", True),
    Command(
        "card.open", A.CARD, "o", "open the copy",
        "Where the clipboard is in doubt: the saved text, to select it there.",
    ),
    Command(
        "debrief.on", A.DEBRIEF, "enter", "go on", "Keep the answer, if there is one; go on.", True
    ),
    Command(
        "debrief.back", A.DEBRIEF, "shift+tab,pageup", "back", "Back to the cue before.", True
    ),
    Command("debrief.sure", A.DEBRIEF, "ctrl+y", "sure/think so",
            "Whether you are sure it was said so.", True),
    Command(
        "debrief.more", A.DEBRIEF, "ctrl+j,shift+enter,alt+enter", "one more",
        "Another answer to the same cue.", True,
    ),
    Command(
        "debrief.route", A.DEBRIEF, "ctrl+l", "by landmarks",
        "Go by the landmarks of the walk, or cue by cue.",
    ),
    Command(
        "debrief.leave", A.DEBRIEF, "escape", "later",
        "Leave it; the debrief takes it up here.", True,
    ),
    Command("board.edit", A.BOARD, "enter,e", "edit", "Words, owner, when and cue.", True),
    Command("board.add", A.BOARD, "n", "new", "Add a follow-up.", True),
    Command(
        "board.right", A.BOARD, "shift+right,greater_than_sign,L", "move on",
        "Move it to the next stage.", True,
    ),
    Command(
        "board.left", A.BOARD, "shift+left,less_than_sign,H", "move back",
        "Move it to the stage before.",
    ),
    Command("board.done", A.BOARD, "space", "done", "Move it to Done, or back to Agreed.", True),
    Command("board.let-go", A.BOARD, "x", "let go", "Let it go, with one line why.", True),
    Command(
        "board.mark", A.BOARD, "v", "mark",
        "Mark it: what you do next is done to all that are marked.",
    ),
    Command("board.owner", A.BOARD, "o", "owner", "Me, them, or both."),
    Command("board.when", A.BOARD, "w", "when", "By when."),
    Command("board.cue", A.BOARD, "c", "cue", "When X happens, I will."),
    Command("board.person", A.BOARD, "p", "person", "Give it to another person's board."),
    Command("board.history", A.BOARD, "t", "history", "What became of it since it was said."),
    Command("board.delete", A.BOARD, "d,delete", "delete", "Delete it; undo brings it back."),
    Command("board.find", A.BOARD, "slash", "find", "Show only what fits the words you type."),
    Command("board.all", A.BOARD, "a", "everybody", "This person's, or everybody's."),
    Command("board.mine", A.BOARD, "m", "only mine", "Only what you owe, or all of it."),
    Command(
        "board.sort", A.BOARD, "s", "order",
        "The next order of the open cards: soonest, longest said, by person, most come up.",
    ),
    Command("board.fold", A.BOARD, "z", "fold", "Fold Done and Let go, or unfold them."),
    Command(
        "summary.copy", A.SUMMARY, "enter,y", "copy",
        "Copy it, or begin the mail; you are told whether that worked.", True,
    ),
    Command("summary.format", A.SUMMARY, "m", "format", "The next format.", True),
    Command("summary.edit", A.SUMMARY, "e", "edit", "Other words, in this summary only.", True),
    Command(
        "summary.leave-out", A.SUMMARY, "d,delete", "leave out",
        "Leave this line out of this summary.", True,
    ),
    Command("summary.add", A.SUMMARY, "n", "add", "One more line, in this summary only."),
    Command("summary.put-back", A.SUMMARY, "r", "put back", "As the notes have it."),
    Command(
        "summary.undo", A.SUMMARY, "u", "undo",
        "Take back what you did here last, a change or the sending; no note, no promise.",
    ),
    Command("summary.redo", A.SUMMARY, "U", "redo", "Do again what you took back here."),
    Command(
        "summary.held", A.SUMMARY, "h", "what stays",
        "Show the notes that stay with you, or hide them.", True,
    ),
    Command("summary.plain", A.SUMMARY, "1", "plain", "As plain text."),
    Command("summary.markdown", A.SUMMARY, "2", "Markdown", "In Markdown."),
    Command("summary.chat", A.SUMMARY, "3", "chat", "As Slack and Teams take it."),
    Command("summary.mail", A.SUMMARY, "4", "mail", "As a mail; enter begins it."),
    Command("summary.own", A.SUMMARY, "5", "own", "By your own template, summary.txt."),
    Command(
        "summary.open", A.SUMMARY, "o", "open the copy",
        "Where the clipboard is in doubt: the saved text, to select it there.",
    ),
    Command("summary.close", A.SUMMARY, "escape,q", "back", "Back to where you were.", True),
    Command(
        "history.open", A.HISTORY, "enter", "notes",
        "Open the notes of this one-to-one to write; change a promise or a topic.", True,
    ),
    Command("history.turn", A.HISTORY, "tab", "list/text", "On a small screen: the list, or the "
            "text."),
    Command(
        "history.do", A.HISTORY, "space,x", "raised/done",
        "Mark it: topic raised, follow-up done.",
    ),
    Command("history.drop", A.HISTORY, "d,delete", "drop", "Take a parked topic off for good."),
    Command("history.on", A.HISTORY, "pagedown", "read on", "The next page of the text.", True),
    Command("history.up", A.HISTORY, "pageup", "read back", "The page of the text before."),
    Command(
        "history.find", A.HISTORY, "slash", "find",
        "Show only the one-to-ones in which your words are found.", True,
    ),
    Command("history.back", A.HISTORY, "escape,q", "back", "Back to exactly where you were.", True),
    Command(
        "mirror.earlier", A.MIRROR, "left,h", "earlier", "The weeks before these.", True,
    ),
    Command("mirror.later", A.MIRROR, "right,l", "later", "The weeks after these.", True),
    Command(
        "mirror.longer", A.MIRROR, "s", "how long", "A quarter, half a year, a year.", True,
    ),
    Command(
        "mirror.open", A.MIRROR, "enter", "ten lines",
        "These weeks with this person in ten lines.", True,
    ),
    Command("mirror.close", A.MIRROR, "escape,q", "back", "Back to where you were.", True),
    Command(
        "quarter.copy", A.QUARTER, "enter,y", "copy",
        "Copy what is ours; you are told whether that worked.", True,
    ),
    Command(
        "quarter.mine", A.QUARTER, "m", "ours/mine",
        "What both of you know, or what is yours alone, which nothing copies.", True,
    ),
    Command("quarter.earlier", A.QUARTER, "left,h", "earlier", "The weeks before these.", True),
    Command("quarter.later", A.QUARTER, "right,l", "later", "The weeks after these.", True),
    Command(
        "quarter.open", A.QUARTER, "o", "open the copy",
        "Where the clipboard is in doubt: the saved text, to select it there.",
    ),
    Command("quarter.close", A.QUARTER, "escape,q", "back", "Back to where you were.", True),
    Command("search.open", A.SEARCH, "enter", "open", "Open it where it stands.", True),
    Command(
        "search.back", A.SEARCH, "escape", "back",
        "Back to where you were; the words are here next time.", True,
    ),
    Command("form.save", A.FORM, "enter", "save", "Save the form.", True),
    Command("form.cancel", A.FORM, "escape", "back", "Leave it; what you typed is kept.", True),
)  # fmt: skip
COMMAND_BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}
"""All actions with the keys they have now."""


def take_keys(commands: Iterable[Command]) -> None:
    """Have actions with other keys in place of those of the table, from now on.

    Bindings are made as screens are imported, so that this comes before.
    """
    COMMAND_BY_ID.update((command.id, command) for command in commands)


def commands_of(*areas: Area) -> tuple[Command, ...]:
    """Return the commands of some areas, in the order of the table."""
    return tuple(command for command in COMMAND_BY_ID.values() if command.area in areas)


def key_for(command_id: str) -> str:
    """Return the key of an action, to be named in a sentence; without one, the way by its name."""
    command = COMMAND_BY_ID[command_id]
    return command.shown_key or f"{COMMAND_BY_ID['app.palette'].shown_key} {command.label}"


def is_typed(key: str) -> bool:
    """Return whether a key would be typed into a text field."""
    return len(key) == 1 or key in SIGNS or key == "space"
