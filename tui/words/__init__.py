"""The sentences a user reads, where they are more than a label.

Plain and short; errors say what happened, what is safe, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tui.commands import key_for
from tui.domain.dates import say_day, say_due, say_moment
from tui.domain.followups import OPEN_AT_MOST, OWNER_LABEL, STAGE_LABEL, FollowUp, Owner, Stage
from tui.domain.legs import Leg
from tui.domain.notes import Kind, Side
from tui.domain.onetoones import Lead, Mover
from tui.domain.people import Person
from tui.domain.sendings import MAIL, UNCHECKED, Sending
from tui.domain.text import clean_line, first_line, plural, shortened, times
from tui.services.history import Event, Happened
from tui.services.ports import Problem, Saving

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.services.sendings import Since

_UNDO, _REDO, _MEND = key_for("app.undo"), key_for("app.redo"), key_for("app.mend")
_DEBRIEF = key_for("app.debrief")
_LET_BE, _CLOCK = key_for("people.let-be"), key_for("listen.clock")
_PUT_BACK, _LEAVE_OUT = key_for("summary.put-back"), key_for("summary.leave-out")
"""The keys the sentences name; the manager may have chosen other ones before this is imported."""

NOTHING_FITS = "No line of this talk fits these words. esc shows all again."
ASK_FIRST = "ask in the first one-to-one"
MAIL_BEGUN = "Your mail program has it: look it over there, say whom it is for, and send it."
NO_EDITOR_HERE = (
    "Your editor cannot be opened from here. The note is as it was; enter changes it here."
)
TALK_IS_OVER = f"The talk is over; {_DEBRIEF} brings it back. {_CLOCK} once more goes on with it."
NOTHING_TO_DRAW = (
    "Nothing more to draw for this talk. The whole deck is below; "
    f"{key_for('deck.take')} takes one."
)
CANNOT_MEND = (
    "This cannot be mended from here; nothing was changed. alongside check says more, and "
    "alongside restore lists earlier versions."
)
DRAW = (
    f"{key_for('deck.draw')} draws three; {key_for('deck.take')} takes one. Cue words, no script."
)
NO_QUESTIONS = "None yet."
NO_QUESTIONS_YET = f"None yet: {key_for('prepare.questions')} offers some, and says why."
TAKE_FIRST = (
    f"Take it with {key_for('deck.take')}; then {key_for('deck.edit')} changes its words for this "
    "talk."
)
SKIP = f"enter goes on; {key_for('debrief.back')} goes back"
NO_DATE = "no date yet"
HOW_TO_DATE = f"{NO_DATE}: end with by fri, in 2 weeks, next 1:1 …"
WHICH_ASKED = "Which questions did I ask? (space; l if it landed)"
DEBRIEF_FIRST = (
    "One cue at a time, your own promises first: they are what memory drops first.\n\n"
    "Enter keeps an answer and goes on; on an empty line it only goes on. "
    f"{key_for('debrief.more')} adds one more answer "
    f"to the same cue. {key_for('debrief.leave')} leaves it for later: nothing is lost."
)
NOT_FILED = "NOT FILED ▲"
PENDING = "not saved yet ○"
THINK_SO = "I think so"
PINNED = "pinned"

_ADD = f"{key_for('people.add')} adds somebody."
NO_PEOPLE = f"Nobody is here who can be read now. {_ADD}"
ALL_ARCHIVED = f"Everybody is archived. {key_for('people.archived')} shows them; {_ADD}"
NO_ARCHIVED = f"Nobody is archived. {key_for('people.archived')} goes back to the others."
NO_NOTES = (
    "Nothing written yet. Talk first; write after.\n\n"
    "Type a line and press enter. Its first character chooses what it is:"
    ' " their words, ! what would help, > what you promise. The line below shows them all.'
)
UNREADABLE = (
    "What was written here cannot be read now: the file is damaged. Nothing in it was changed.\n\n"
    f"{_MEND} brings back what there is of it. What you type meanwhile is kept, and joins the rest "
    "then."
)
NOT_ALL = f"Not all that was written here can be read now. {_MEND} brings back the rest."
UNREADABLE_SUMMARY = (
    "There is no summary: the file of this one-to-one is damaged, and what is left of it may leave "
    f"something out. Close this and press {_MEND} to bring it back."
)
MEND = "Bring back what can be read, and the last good versions? The damaged files are kept."
NOTHING_TO_MEND = "Everything can be read; there is nothing to mend."
NO_ITEMS = f"The checklist is empty. Press {key_for('prepare.add')} to write an item of your own."
PALETTE_PROMPT = "An action, a person, some words…"
NO_FOLLOW_UPS = "none here"
BRING_BACK = 'If that was not meant: alongside restore "WHEN" brings back what was there then.'
ONE_TO_ONE_GONE = (
    "This one-to-one is not there any more: it was deleted, or its file has gone. " + BRING_BACK
)
PERSON_NEEDED = f"Add a person first: {key_for('app.people')}, then {key_for('people.add')}."
NOTHING_TO_UNDO = "There is nothing to undo."
NOTHING_TO_UNDO_HERE = (
    "Nothing you did in this summary is left to undo. Notes and promises stay as they are: "
    f"{key_for('summary.close')}, then {_UNDO}, undoes what you did there."
)
NOTHING_TO_REDO_HERE = "There is nothing to do again in this summary."
NOTHING_TO_REDO = "There is nothing to do again."
SHARE_MINE = "It is not in the summary now. Share it there from here on?"
NOTHING_TO_SUM_UP = "There is no one-to-one to sum up yet."
NOTHING_TO_DEBRIEF = (
    f"There is no talk to bring back yet. After your next one, {_DEBRIEF} goes through it with you."
)
LANDMARKS_FIRST = (
    f"Name landmarks first: {key_for('app.prepare')}, then {key_for('prepare.details')}."
)
UNREADABLE_DEBRIEF = (
    f"The file of this talk is damaged. {_MEND} brings back what there is; then {_DEBRIEF}."
)


def banner(saving: Saving, problems: Sequence[Problem]) -> str:
    """Return what is wrong now, in one sentence or two; empty when nothing is."""
    if saving.error:
        safe = (
            "What you write now is only in memory: leave alongside open, and make room or let it "
            "write there. It saves by itself as soon as it can."
            if saving.pending
            else "What you entered is safe, and goes into the journal by itself as soon as it can."
        )
        return f"{saving.error} {safe}"
    if problems:
        rest = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        it = "it" if len(problems) == 1 else "them"
        mend = any(problem.can_be_mended for problem in problems)
        todo = f" {_MEND} brings back what there is of {it}." if mend else ""
        return (
            f"{problems[0].sentence}{rest} Nothing in {it} was changed; the rest is open as usual."
            f"{todo}"
        )
    return ""


def recovered(count: int) -> str:
    """Return what was brought back from a run that was cut off."""
    verb = "is" if count == 1 else "are"
    changes = plural(count, "change")
    return (
        f"The last run was cut off. Nothing is lost: {changes} from it {verb} in the journal now."
    )


def lead(who: Lead, person: Person) -> str:
    """Return who leads, in words."""
    return {
        Lead.THEY: f"{person.first_name} leads",
        Lead.ME: "you lead",
        Lead.BOTH: "both lead",
    }[who]


def owner(who: Owner, person: Person) -> str:
    """Return who owns a follow-up, in a word."""
    return person.first_name if who is Owner.THEM else OWNER_LABEL[who]


def crowded(who: Owner, person: Person) -> str:
    """Return that there is one open follow-up more than anybody keeps, and what helps."""
    count = OPEN_AT_MOST + 1
    name = person.first_name
    whose = {
        Owner.ME: f"That makes {count} open promises of yours with {name}.",
        Owner.THEM: f"That makes {count} open plans of {name}'s.",
        Owner.BOTH: f"That makes {count} things open that you and {name} share.",
    }[who]
    return f"{whose} About {OPEN_AT_MOST} are kept well: could one be done, or let go?"


def asks_decision(follow_up: FollowUp) -> str:
    """Return the question about a follow-up that keeps coming up."""
    said = shortened(follow_up.text)
    return f"“{said}” has come up {times(follow_up.mentions)}. What should become of it?"


def given_to(person: Person, count: int) -> str:
    """Return that follow-ups are another person's now."""
    verb = "is" if count == 1 else "are"
    return f"{plural(count, 'follow-up')} {verb} {person.first_name}'s now. {_UNDO} takes it back."


def happened(event: Event, person: Person, today: date) -> str:
    """Return what happened to a follow-up, in words."""
    match event.what:
        case Happened.SAID:
            return "said"
        case Happened.CAME_UP:
            return "came up again"
        case Happened.STAGE:
            was, became = (STAGE_LABEL[Stage(stage)] for stage in (event.was, event.became))
            return f"{was} → {became}"
        case Happened.OWNER:
            was, became = (owner(Owner(who), person) for who in (event.was, event.became))
            return f"{was} → {became}"
        case Happened.DUE:
            was, became = (
                say_day(date.fromisoformat(day), today) if day else "no date"
                for day in (event.was, event.became)
            )
            return f"{was} → {became}"


def follow_ups_deleted(count: int) -> str:
    """Return that follow-ups were deleted, and how they come back."""
    if count == 1:
        return f"Follow-up deleted. {_UNDO} brings it back."
    return f"{count} follow-ups deleted. {_UNDO} brings them back."


def sorted_by(order: str) -> str:
    """Return in which order the open cards stand now."""
    return f"Open cards: yours above theirs, {order}."


ARCHIVED = f"archived; {_UNDO} brings them back"


def done(what: str) -> str:
    """Return that a follow-up is done now."""
    return f"Done: {first_line(what)}. {_UNDO} takes it back."


FIND_FOLLOW_UPS = "find: words, a name, overdue, no date … by:said sorts"
LET_GO_THERE = (
    f"{key_for('app.follow-ups')} shows the board; there {key_for('board.let-go')} lets it go, "
    "with one line why."
)
DO_TODAY = (
    f"It is due today, and stands first on the board. {key_for('board.done')} there says that it "
    "is done."
)
RENEGOTIATE = "What would you both keep? By when?"
WHO_MOVED = "Who moved it? (Not in the summary; esc leaves it open.)"


def mover(who: Mover, person: Person) -> str:
    """Return who moved a talk, to choose from."""
    return {
        Mover.ME: "I did",
        Mover.THEM: f"{person.first_name} did",
        Mover.LEAVE: "Neither: one of us could not be there",
    }[who]


def onward(coming: Leg, leg: Leg) -> str:
    """Return how a talk goes on from a leg, with the key for it."""
    if leg is Leg.DESK:
        return f"{_DEBRIEF} brings it back cue by cue"
    return f"{_CLOCK} at the bench" if coming is Leg.BENCH else f"{_CLOCK} ends the talk"


def left_open(day: str) -> str:
    """Return the offer to debrief a talk of an earlier day, which may be declined."""
    return (
        f"Your talk ({day}) waits for its debrief. {_DEBRIEF} brings it back; {_LET_BE} lets it be."
    )


STILL_READING = "Your journal is still being read. Try again in a moment."
WHOSE_EXPORT = "Whose notes and follow-ups do you want in a file? (Only what is ours.)"


def export_as(folder: str) -> str:
    """Return the question how to write it out, and where it will be."""
    return f"As what? It is written into {clean_line(folder)}"


def written_to(path: str) -> str:
    """Return where an export is."""
    return f"Written to {clean_line(path)}. Only you can read it until you pass it on."


def broke(fault: str) -> str:
    """Return that something of our own broke beside the screen; how, not over which words."""
    return f"alongside itself broke there ({fault})."


def saved_at(path: str) -> str:
    """Return where a saved text is, where it cannot be opened from here."""
    return f"It cannot be opened from here. It is in {path}"


def hook_failed(problem: str) -> str:
    """Return that a command of the manager's own went wrong."""
    return f"Your command for being away: {problem} The talk is not affected."


def back_after(minutes: int) -> str:
    """Return how long one was away."""
    return f"{plural(minutes, 'minute')} away."


# -- the summary ---------------------------------------------------------------------------

NEW_SINCE = "new since"
LEFT_OUT = f"Left out of this summary ({_PUT_BACK} puts back)"
NO_PLACE = f"Apart: your template has no place for it ({_LEAVE_OUT} takes it away)"
LOST_EDITS = f"Changed here, before its note changed ({_LEAVE_OUT} puts away)"
STAYS_WITH_YOU = "Stays with you"
HELD_IS_NOT_CHANGED = (
    f"This note is in no summary. It is changed among the notes: {key_for('app.listen')}."
)
LINE_AS_READ = "As it will be read (the note stays as it is)"
ANOTHER_WORDING = "This line, in this summary"
ONE_MORE_LINE = "One more line, in this summary only"
MAIL_TOO_LONG = "It is too long to hand to a mail program, so it is copied instead."
MAILING = "Asking for your mail program …"
NOTHING_LEFT = f"Every line is left out, so there is nothing to send. {_PUT_BACK} puts one back."
NOTHING_SAVED = (
    f"No copy is saved: one is where the clipboard is in doubt. {key_for('summary.copy')} copies."
)


def held_back(count: int, *, is_shown: bool = False) -> str:
    """Return how many notes stay with the manager, for the manager's screen only."""
    if not count:
        return "No note here is marked as yours alone."
    stay = f"{plural(count, 'note')} of yours {'stays' if count == 1 else 'stay'} out of it."
    it = "it" if count == 1 else "them"
    return f"{stay} {key_for('summary.held')} {'hides' if is_shown else 'shows'} {it}."


def sent(sending: Sending, since: Since, today: date) -> str:
    """Return when and which way a summary went out last, and what is new since."""
    return f"{went_out(sending, today)}; {_new_since(since)}."


def went_out(sending: Sending, today: date) -> str:
    """Return when and which way a summary went out."""
    when = say_moment(sending.at, today)
    if sending.how == MAIL:
        return f"Handed to your mail program {when}"
    return f"Sent to {sending.how}, {when}" if sending.how.endswith(UNCHECKED) else f"Copied {when}"


def _new_since(since: Since) -> str:
    if since.is_same:
        return "nothing has changed since"
    new, gone = len(since.new), since.gone
    are = "is" if (new or gone) == 1 else "are"
    taken = f"{plural(gone, 'line')} of it {'is' if gone == 1 else 'are'} not there any more"
    if not new:
        return taken
    said = f"{plural(new, 'line')} {are} new or different since"
    return f"{said}, {taken}" if gone else said


def edits_lost(count: int) -> str:
    """Return that some changes do not fit the notes any more, before anything is sent."""
    what = "A change of yours does" if count == 1 else f"{count} changes of yours do"
    its, line = ("its", "line reads") if count == 1 else ("their", "lines read")
    return (
        f"{what} not fit any more, because {its} note changed: the {line} as in the notes now. "
        "Look it over; enter once more sends it so."
    )


def edits_left_behind(count: int) -> str:
    """Return that some changes of the preview do not fit the notes any more."""
    what = "A change" if count == 1 else f"{count} changes"
    does = "does" if count == 1 else "do"
    return f"{what} made in the preview {does} not fit the notes any more, and {does} not count."


def day_in_words(day: date | None, today: date) -> str:
    """Return which day the words of a new follow-up end with; empty where they name none."""
    return f"{say_due(day, today)}, as the words above say" if day else ""


def not_in_template(heading: str) -> str:
    """Return that a line was added where the manager's own template has no place for it."""
    return (
        f"Your template has no place for “{heading}”, so this line would not go out. It is kept, "
        "and goes out in the other formats."
    )


def not_noted(error: str) -> str:
    """Return that a summary went out and the journal does not know it."""
    return f"That it went out could not be noted: {error}"


def no_template(path: str) -> str:
    """Return how to come by a format of one's own."""
    return f"Your own format is a template you write: {path} (alongside summary --help)."


def undone(label: str) -> str:
    """Return what was taken back."""
    return f"Undone: {label}."


def redone(label: str) -> str:
    """Return what was done again."""
    return f"Done again: {label}."


def undo_of_others(label: str, *, is_since: bool) -> str:
    """Return the offer to take back what another run did, since this one was opened or before."""
    return f"{_whose(is_since=is_since)}: {label}. Press {_UNDO} again to undo it."


def redo_of_others(label: str, *, is_since: bool) -> str:
    """Return the offer to do again what was undone in another run."""
    return f"{_whose(is_since=is_since)}: {label}. Press {_REDO} again to do it again."


def _whose(*, is_since: bool) -> str:
    return "By another window or command" if is_since else "From before you opened alongside"


def kept_both(count: int) -> str:
    """Return that lines changed on two sides were kept in both texts."""
    lines = "A line was" if count == 1 else f"{count} lines were"
    return f"{lines} changed elsewhere at the same time. Both texts were kept; look for ⟂."


def crashed(kind: str, where: str) -> str:
    """Return what to say when the program itself broke; no text of the user's is in it."""
    return (
        f"alongside stopped because of a fault of its own ({kind}). What you wrote is safe and "
        f"will be there at the next start.\nIt happened at:\n{where}"
    )


def side_is_fixed(kind: Kind) -> str:
    """Return why the side of a line of this kind cannot be chosen."""
    if kind.side is Side.MINE:
        return f"A {kind.label} never goes into the summary."
    return "Follow-ups and parked topics are for both of you."
