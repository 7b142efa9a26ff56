"""Text mode: the debrief, cue by cue, one's own promises first."""

from __future__ import annotations

from functools import partial

from tui.domain.capture import Entry
from tui.domain.debrief import CARRIED, Asks, Cue
from tui.domain.notes import HEARD
from tui.domain.onetoones import OneToOne
from tui.domain.questions import Landed, Pick
from tui.services import course, debrief, deck
from tui.shell.console import Interrupted, WentBack
from tui.shell.plain import planning
from tui.shell.plain.lines import Pad
from tui.shell.plain.session import Session
from tui.words import plain as words
from tui.words import prompts, spoken


def bring_back(session: Session) -> None:
    """Bring a talk back cue by cue; where it stands is kept with each step.

    ``back`` goes to the cue before; from the first, out of it.
    """
    one = course.to_debrief(session.notebook.journal, session.person_id, session.notebook.now())
    if one is None:
        session.say(words.NOTHING_TO_DEBRIEF)
        return
    if session.notebook.is_unreadable(one.id):
        session.say(words.UNREADABLE)
        return
    now = session.notebook.now()
    session.say(spoken.debrief_begins(session.person, debrief.say_since(one, now)))
    while True:
        stand = debrief.debrief_of(session.one(one.id))
        try:
            _ask(session, one.id, stand)
        except WentBack:
            if not stand.at:
                raise
            _go(session, one.id, stand.mark(-1))
            continue
        if stand.is_last:
            break
        if debrief.debrief_of(session.one(one.id)).at == stand.at:
            _go(session, one.id, stand.mark(1))
    session.keep(lambda: debrief.finish(session.notebook, session.one(one.id)), words.DEBRIEFED)


def _go(session: Session, one_id: str, mark: str) -> None:
    """Remember the cue it stands at; there is nothing to say of it."""
    session.keep(lambda: debrief.go_to(session.notebook, session.one(one_id), mark), quietly=True)


def _ask(session: Session, one_id: str, stand: debrief.Debrief) -> None:
    """Ask for the answers to a cue."""
    match stand.cue.asks:
        case Asks.LINES:
            _lines(session, one_id, stand)
        case Asks.CARRIED:
            _which_asked(session, one_id)
            _carried(session, one_id, stand)
        case Asks.USEFUL:
            _useful(session, one_id, stand)
        case Asks.NEXT:
            session.say(prompts.cue(stand, session.person))
            planning.plan(session)


def _lines(session: Session, one_id: str, stand: debrief.Debrief) -> None:
    cue = stand.cue
    kind = cue.kind or HEARD

    def answer(one: OneToOne, entries: tuple[Entry, ...]) -> None:
        debrief.answer(session.notebook, one, entries, stand.mark(0))

    pad = Pad(session, one_id, answer)
    for line in _from_before(session, one_id, cue):
        session.say(line)
    question = prompts.cue(stand, session.person, is_asked=True)
    while True:
        try:
            line = session.ask(question, words.CUE_EXPLAINED)
        except Interrupted as halt:
            if not halt.begun:
                raise
            pad.keep_begun(halt.begun, kind)
            raise Interrupted("") from None
        if not line:
            return
        if not pad.command(line):
            pad.keep(line, kind)
        question = words.MORE_ANSWERS


def _from_before(session: Session, one_id: str, cue: Cue) -> list[str]:
    """Return what is known already where a cue asks for it: open from before, had in mind."""
    journal, person = session.notebook.journal, session.person
    lines = []
    if cue.id in ("promises", "plans"):
        lines = [
            spoken.follow_up(f, person, session.notebook.today())
            for f in journal.follow_ups_of(person.id)
            if f.is_open and f.kind is cue.kind
        ]
        lines[:0] = [words.KNOWN_ALREADY] if lines else []
    one = session.one(one_id)
    if cue.id == "words" and (picks := journal.picks_of(one_id)):
        lines.append(spoken.had_in_mind(picks))
    if cue.id == "shared" and one.thanks:
        lines.append(spoken.meant_to_thank(one.thanks))
    return lines


def _which_asked(session: Session, one_id: str) -> None:
    """Ask which of the questions taken along were asked, and whether they landed."""
    for pick in session.notebook.journal.picks_of(one_id):
        if pick.asked is None and session.agrees(prompts.was_asked(pick)):
            session.keep(partial(_asked, session, one_id, pick.id), words.ASKED)
            _landed(session, one_id, pick.id)


def _pick(session: Session, one_id: str, pick_id: str) -> Pick | None:
    picks = session.notebook.journal.picks_of(one_id)
    return next((pick for pick in picks if pick.id == pick_id), None)


def _asked(session: Session, one_id: str, pick_id: str) -> None:
    pick = _pick(session, one_id, pick_id)
    if pick is not None and pick.asked is None:
        deck.flip_asked(session.notebook, session.one(one_id), pick)


def _landed(session: Session, one_id: str, pick_id: str) -> None:
    """Ask whether a question landed; an empty line does not know."""
    wanted = {"yes": Landed.YES, "y": Landed.YES, "no": Landed.NO, "n": Landed.NO}
    while True:
        answer = session.ask(words.DID_IT_LAND).strip().casefold()
        if not answer:
            return
        if answer in wanted:
            break
        session.say(words.YES_OR_NO)

    def turn() -> None:
        while (pick := _pick(session, one_id, pick_id)) and pick.landed is not wanted[answer]:
            deck.turn_landed(session.notebook, session.one(one_id), pick)

    session.keep(turn, words.LANDED[wanted[answer]])


def _carried(session: Session, one_id: str, stand: debrief.Debrief) -> None:
    question = prompts.cue(stand, session.person)
    session.say(question)
    for number, said in enumerate(CARRIED, 1):
        session.say(f"{number}. {said}")
    while True:
        answer = session.ask(prompts.who_carried(session.one(one_id).carried))
        if not answer:
            return
        folded = answer.strip().casefold()
        place = CARRIED.index(folded) if folded in CARRIED else session.number(answer, len(CARRIED))
        if place is None:
            session.say(words.CARRIED_ANSWERS)
            continue
        said, mark = CARRIED[place], stand.mark(1)
        if session.keep(partial(_set_carried, session, one_id, said, mark), spoken.carried(said)):
            return


def _set_carried(session: Session, one_id: str, said: str, mark: str) -> None:
    debrief.set_carried(session.notebook, session.one(one_id), said, mark)


def _useful(session: Session, one_id: str, stand: debrief.Debrief) -> None:
    """Ask what was most useful; what was answered before stays where nothing is."""
    one = session.one(one_id)
    if one.useful:
        session.say(spoken.useful(one.useful))
    line = session.ask(prompts.cue(stand, session.person, is_asked=True), words.USEFUL_EXPLAINED)
    if line:
        session.keep(
            lambda: debrief.set_useful(session.notebook, session.one(one_id), line, stand.mark(1)),
            spoken.useful(line),
        )
