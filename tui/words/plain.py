"""What text mode asks and explains. How records are read out is in `words.spoken`.

Each question is one line and says what can be answered, the specific first; ``?`` explains the
rest. Nothing here is a sign that a screen reader would spell out.
"""

from __future__ import annotations

from tui.domain.capture import LITERAL, MINE_MARK
from tui.domain.followups import STAGES
from tui.domain.notes import KINDS, Side
from tui.domain.questions import Landed

EVERYWHERE = (
    "An empty line goes on and changes nothing that was kept. back goes back, quit ends; so do "
    "ctrl and d, and ctrl and c. What was said to be kept stays."
)
WELCOME = (
    "alongside, in plain lines. Everywhere: an empty line goes on, ? explains, back goes back, "
    "quit ends."
)
LEFT = "Ended. What was kept is in the journal."
INPUT_ENDED = "The input has ended, and so does this. What was kept is in the journal."
MORE = "more"
YES_OR_NO = "Answer yes or no. An empty line is no."

# -- keeping -------------------------------------------------------------------------------

KEPT = "Kept."
NOT_KEPT = "The line was not kept."
KEPT_AFTER_ALL = "It was kept beside the journal, and is in it now. Kept."
TRY_AGAIN = "What you answered is still here. An empty line tries again; back lets it be."
TRY_AGAIN_EXPLAINED = (
    "The journal could not be written. Make room, or close what holds it, then press enter: "
    "nothing has to be typed twice. back goes back without keeping this."
)
NOTHING_TO_UNDO = "There is nothing to take back here."
EMPTY_LINE = "There is nothing in this line but its kind. It was not kept."
PERSON_GONE = "This person is not in the journal any more."
TALK_GONE = "This one-to-one is not in the journal any more."
FOLLOW_UP_GONE = "This follow-up is not in the journal any more."
UNREADABLE = (
    "What was written there cannot be read now: the file is damaged. Nothing in it was changed. "
    "alongside check says what can be brought back."
)
UNREADABLE_SUMMARY = f"There is no summary. {UNREADABLE}"

# -- whom, and what ------------------------------------------------------------------------

NOBODY = "Nobody is in this journal yet. A one-to-one begins with a person."
WHO_EXPLAINED = (
    "Whom is it about? Type the number of a line, or a name or its beginning. new adds somebody. "
    "An empty line takes the first: of them something has been asked the longest. quit ends."
)
NEW_NAME = "What are they called? A name; back adds nobody."
HOW_OFTEN = "How often do you talk? Such as every 2 weeks, or monthly. An empty line: no rhythm."
WHAT_NOW_EXPLAINED = (
    "Type the number of a part, or its name or its beginning; list reads all of them again. undo "
    "takes back what was done last. An empty line goes on to the next part. back chooses somebody "
    "else, quit ends."
)
NO_SUCH_PART = "That is no part. Type its number or its name; list reads all of them."
NO_EARLIER = "There is no earlier talk."

# -- before --------------------------------------------------------------------------------

ITEM_ANSWERS = "Answer done, skip or why."
ITEM_EXPLAINED = (
    "done ticks it. skip, or an empty line, leaves it for later. why says why it is on the list. "
    "back goes to the one before, quit ends."
)
NO_REASON = "No reason was written down."
OFFER_ANSWERS = "Answer yes, other or no."
OFFER_EXPLAINED = (
    "yes takes this question along. other offers another one. no, or an empty line, takes no "
    "more. Three is the most for one talk: more is a script."
)
TICKED = "Done."
TAKEN = "Taken along."
BACK_IN_DECK = "Put back."
PUT_BACK = "Put one back? Its number; an empty line keeps them."
NO_MORE_QUESTIONS = "There is no other question for this talk now."
WHEN_IS_IT = "When is it? Such as now, tue 14:00, in 2 weeks. An empty line plans none."
WHEN_EXPLAINED = (
    "A day, a time or both: tomorrow 9:30, fri, tue 14:00, in 2 weeks, 4 dec, 2026-12-04 14:00. "
    "A day without a time is at 9:00. An empty line leaves it as it is."
)
MOVE_TO = "Another day or time moves it. An empty line leaves it."
MOVER_ANSWERS = "Answer me, them or neither."

# -- the talk ------------------------------------------------------------------------------

START = "Start it now? yes starts the clock. An empty line only opens the notes."
START_EXPLAINED = (
    "yes notes that you are talking now. Put the keyboard away then, and come back when you have "
    "talked. Without it your first line starts the talk."
)
STARTED = "The talk has started."
IS_IT_THIS_EXPLAINED = (
    "yes holds that talk now, with its checklist and questions. An empty line begins another one "
    "today and leaves that one where it is."
)
FIRST_LINE = (
    "One line a note: its first character says what it is, such as > for what you promise. ? "
    "lists them. undo takes the last one back. An empty line ends the notes."
)
NEXT_LINE = "Next line."
BEGUN_LINE = "You had begun a line. It is kept as far as it was typed."
NOTHING_UNSURE = "There is no line here that you could be unsure of."
CLOSING_LIST = "Go through the closing list? yes or no. An empty line leaves it out."
CLOSING_LEFT = "The closing list is left."
IS_OVER = "Is the talk over? yes ends it. An empty line lets it go on."
IS_OVER_EXPLAINED = (
    "yes ends the talk; the debrief comes next. Until then it is under way, also after you quit."
)
ENDED = "The talk is over."


def _kinds() -> str:
    """Return what the first character of a line says, one kind a line."""
    lines = ["The first character of a line says what it is. Without one it is what you heard."]
    for kind in KINDS:
        alone = ", for you alone" if kind.side is Side.MINE else ""
        lines.append(f"{_KEY_NAMES[kind.key]} {kind.key} {kind.label}: {kind.meaning}{alone}.")
    lines += [
        f"hyphen {MINE_MARK} before one of them keeps the line to yourself.",
        f"backslash {LITERAL} at the beginning makes the next character an ordinary one.",
        "What you promise or they plan may end with a day: by fri, in 2 weeks, by next 1:1.",
        "undo takes the last line back. unsure says of it that you only think so.",
        EVERYWHERE,
        'A note that is one of these words: put a quotation mark before it, such as " back.',
    ]
    return "\n".join(lines)


_KEY_NAMES = {
    '"': "quotation mark", "!": "exclamation mark", "*": "star", "^": "caret", "=": "equals sign",
    "+": "plus", ">": "greater than", "<": "less than", "&": "ampersand", "~": "tilde",
    "?": "question mark",
}  # fmt: skip
"""How the keys are called: a screen reader may pass over the signs themselves."""
KINDS_EXPLAINED = _kinds()

# -- the debrief ---------------------------------------------------------------------------

NOTHING_TO_DEBRIEF = "There is no talk of the last week to bring back."
CUE_EXPLAINED = (
    "One line an answer, as many as there are. An empty line goes on to the next question; back "
    "goes to the one before. Where you stop it goes on next time.\n" + KINDS_EXPLAINED
)
MORE_ANSWERS = "Another answer, or an empty line to go on."
KNOWN_ALREADY = "Open already:"
ASKED = "Noted as asked."
DID_IT_LAND = "Did it land? yes or no. An empty line does not know."
LANDED = {Landed.YES: "It landed.", Landed.NO: "It did not land."}
CARRIED_ANSWERS = "Answer with one of the four, or its number."
USEFUL_EXPLAINED = "In their words, if you asked. An empty line leaves it as it is."
DEBRIEFED = "The debrief is done."

# -- follow-ups ----------------------------------------------------------------------------

NOTHING_OPEN = "Nothing is open between the two of you."
WHICH_FOLLOW_UP = (
    "Which one, and what with it? Such as 1 done, or 2 let go. An empty line goes on; ? explains."
)
NUMBER_FIRST = "Begin with the number of a line, such as 1 done."
FOLLOW_UP_ANSWERS = "Answer done, agree, move, again or let go."
FOLLOW_UP_EXPLAINED = (
    "done: it is kept. agree: both know who, and by when or when what happens; you are asked for "
    "that. move: to another stage. again: it came up once more in this talk. let go: it will not "
    "be done; you are asked for one line why. undo takes back what was done last. An empty line "
    "leaves it as it is."
)
LEFT_AS_IT_IS = "It is left as it is."
WHICH_STAGE = "Where to? captured, agreed, waiting, done or let go. An empty line leaves it."
STAGE_ANSWERS = "Answer captured, agreed, waiting, done or let go."
STAGES_EXPLAINED = "\n".join(f"{row.label}: {row.meaning}." for row in STAGES)
WHY_LET_GO = "Why is it let go? One line, so that you can still say it. An empty line leaves it."
BY_WHEN = "By when? A day, or what it hangs on, such as: when I pass the shop."
BY_WHEN_EXPLAINED = (
    "A day such as fri, in 2 weeks, 4 dec, next 1:1. Or the moment that brings it to mind, "
    "beginning with when. An empty line leaves it as it is."
)
CAME_UP_ALREADY = "That it came up is noted already."

# -- the summary ---------------------------------------------------------------------------

NOTHING_TO_SUM_UP = "There is no one-to-one to sum up yet."
WHAT_WITH_SUMMARY = "copy, or save as a file? An empty line goes on."
SUMMARY_ANSWERS = "Answer copy or save."
SUMMARY_EXPLAINED = (
    "copy puts it on the clipboard of this machine, and says what is known of that. save writes it "
    "into a file in this folder, which only you can read. Nothing is sent from here."
)
