"""Text mode: the questions for a talk, up to three, each with the reason it is offered for."""

from __future__ import annotations

from tui.desk.shipped import questions
from tui.domain.questions import Pick
from tui.services import deck
from tui.services.deck import Offer
from tui.shell.plain import planning
from tui.shell.plain.session import Session
from tui.words import plain as words
from tui.words import prompts, spoken

TAKE = frozenset({"yes", "y", "take", "t"})
LEAVE = frozenset({"", "no", "n", "skip", "s"})
OTHER = frozenset({"other", "another", "o"})


def consider(session: Session) -> None:
    """Say which questions are taken, and offer as many as there is still room for."""
    one_id = planning.current_or_planned(session)
    if _picks(session, one_id):
        _put_back(session, one_id)
    passed: set[str] = set()
    while len(_picks(session, one_id)) < deck.AT_MOST:
        offer = _next_offer(session, one_id, passed)
        if offer is None:
            session.say(words.NO_MORE_QUESTIONS)
            break
        passed.add(offer.question.id)
        if not _is_offered(session, one_id, offer):
            break
    session.say(spoken.taken(_picks(session, one_id)))


def _picks(session: Session, one_id: str) -> tuple[Pick, ...]:
    return session.notebook.journal.picks_of(one_id)


def _next_offer(session: Session, one_id: str, passed: set[str]) -> Offer | None:
    """Return the offer that fits what is taken, then any; none that was passed over."""
    journal, today = session.notebook.journal, session.notebook.today()
    whole = (*questions(), *journal.questions.values())
    found = deck.offers(journal, session.one(one_id), whole, today)
    fresh = [offer for offer in found if offer.question.id not in passed]
    drawn = deck.draw(fresh, _picks(session, one_id))
    return next(iter((*drawn, *fresh)), None)


def _is_offered(session: Session, one_id: str, offer: Offer) -> bool:
    """Offer one question; returns whether to offer another."""
    question = prompts.offer(offer, len(_picks(session, one_id)) + 1)
    while True:
        answer = session.ask(question, words.OFFER_EXPLAINED).strip().casefold()
        if answer in LEAVE:
            return False
        if answer in OTHER:
            return True
        if answer in TAKE:
            return session.keep(
                lambda: deck.take(session.notebook, session.one(one_id), (offer.question,)),
                words.TAKEN,
            )
        session.say(words.OFFER_ANSWERS)


def _put_back(session: Session, one_id: str) -> None:
    while picks := _picks(session, one_id):
        for number, pick in enumerate(picks, 1):
            session.say(f"{number}. {pick.text}")
        answer = session.ask(words.PUT_BACK)
        if not answer:
            return
        place = session.number(answer, len(picks))
        if place is None:
            continue
        pick_id = picks[place].id

        def put_back(pick_id: str = pick_id) -> None:
            for pick in _picks(session, one_id):
                if pick.id == pick_id:
                    deck.put_back(session.notebook, session.one(one_id), pick)

        session.keep(put_back, words.BACK_IN_DECK)
