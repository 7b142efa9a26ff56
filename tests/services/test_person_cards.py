"""The card of a person, line by line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import HOSTILE, NOW, add_person
from tests.services.test_notebook import notebook_in_memory
from tui.domain.dates import Cadence, WhenError
from tui.domain.journal import Contents, Home
from tui.domain.people import CARD_PROMPTS, CardLine, Person, Pronoun
from tui.domain.text import clean_line
from tui.errors import UsageError
from tui.services import folk
from tui.services import person_cards as cards
from tui.services.notebook import Notebook
from tui.services.person_cards import Entered
from tui.services.ports import Reply

BEFORE = NOW.date() - timedelta(days=90)
OLD = (CardLine("Tea", "black"), CardLine("feedback", "in private", BEFORE))


def with_card(*card: CardLine) -> tuple[Notebook, Person]:
    notebook = notebook_in_memory()
    dana = add_person(notebook)
    folk.edit(notebook, dana, dana._replace(card=card))
    return notebook, notebook.journal.people[dana.id]


def lines(person: Person) -> dict[str, Entered]:
    return {entered.label: entered for entered in cards.sheet_of(person)[1]}


def test_every_question_is_there_and_every_line_once() -> None:
    _, dana = with_card(*OLD)
    found = cards.sheet_of(dana)[1]
    assert [entered.label for entered in found] == [
        "feedback", *(prompt.label for prompt in CARD_PROMPTS[1:]), "Tea",
    ]  # fmt: skip
    assert [entered.text for entered in found if entered.text] == ["in private", "black"]
    assert [entered.line for entered in found if entered.line] == [OLD[1], OLD[0]]


def test_an_answer_is_learned_today() -> None:
    notebook, dana = with_card(*OLD)
    row_id = cards.write(notebook, dana, lines(dana)["Recognition"], " in writing ")
    dana = notebook.journal.people[dana.id]
    assert dana.card == (*OLD, CardLine("Recognition", "in writing", NOW.date()))
    assert row_id == lines(dana)["Recognition"].id


def test_what_stays_as_it_is_is_not_learned_anew() -> None:
    notebook, dana = with_card(*OLD)
    for label in ("feedback", "Tea"):
        entered = lines(dana)[label]
        cards.write(notebook, dana, entered, cards.typed(entered))
    assert notebook.journal.people[dana.id].card == OLD
    cards.write(notebook, dana, lines(dana)["feedback"], "in private, soon")
    assert notebook.journal.people[dana.id].card[1].learned == NOW.date()


def test_emptied_it_goes() -> None:
    notebook, dana = with_card(*OLD)
    cards.write(notebook, dana, lines(dana)["feedback"], "  ")
    cards.write(notebook, notebook.journal.people[dana.id], lines(dana)["Tea"], "")
    assert notebook.journal.people[dana.id].card == ()
    notebook.undo()
    assert notebook.journal.people[dana.id].card == OLD[:1]


def test_a_line_of_ones_own_says_what_it_is_about() -> None:
    notebook, dana = with_card()
    row_id = cards.write(notebook, dana, None, "Coffee: black, before ten: never after")
    dana = notebook.journal.people[dana.id]
    assert dana.card == (CardLine("Coffee", "black, before ten: never after", NOW.date()),)
    assert row_id == lines(dana)["Coffee"].id
    entered = lines(dana)["Coffee"]
    assert cards.typed(entered) == "Coffee: black, before ten: never after"
    cards.write(notebook, dana, entered, "Tea: black")
    assert notebook.journal.people[dana.id].card == (CardLine("Tea", "black", NOW.date()),)


@pytest.mark.parametrize(
    ("typed", "label", "said"),
    [
        ("Partner שלום :smile: x", "", "Partner שלום :smile: x"),
        ("Partner: שלום :smile: x", "Partner", "שלום :smile: x"),
        ("free from 9:30: never before", "", "free from 9:30: never before"),
        (f"{'a' * 24}: b", "a" * 24, "b"),
        (f"{'a' * 25}: b", "", f"{'a' * 25}: b"),
        ("Coffee : black", "Coffee", "black"),
        ("black", "", "black"),
        (": black", "", ": black"),
        ("Coffee:", "", "Coffee:"),
        ("Coffee : ", "", "Coffee :"),
    ],
)
def test_only_a_few_words_before_a_colon_and_a_blank_are_a_label(
    typed: str, label: str, said: str
) -> None:
    notebook, dana = with_card()
    cards.write(notebook, dana, None, typed)
    dana = notebook.journal.people[dana.id]
    assert dana.card == (CardLine(label, said, NOW.date()),)
    assert cards.write(notebook, dana, lines(dana)[label], cards.typed(lines(dana)[label]))
    assert notebook.journal.people[dana.id].card == dana.card


def test_nothing_typed_is_no_line() -> None:
    notebook, dana = with_card()
    assert cards.write(notebook, dana, None, "  ") == cards.OWN
    assert notebook.journal.people[dana.id].card == ()


def test_a_long_label_of_old_stays_a_label() -> None:
    old = CardLine("What to say when the build breaks again", "nothing", BEFORE)
    notebook, dana = with_card(old)
    entered = lines(dana)[old.label]
    cards.write(notebook, dana, entered, cards.typed(entered))
    assert notebook.journal.people[dana.id].card == (old,)


def test_a_line_another_window_changed_meanwhile_is_kept_beside() -> None:
    notebook, dana = with_card(*OLD)
    entered = lines(dana)["feedback"]
    folk.set_card_line(notebook, dana, 1, "feedback", "aloud")
    cards.write(notebook, notebook.journal.people[dana.id], entered, "in writing")
    assert [c.text for c in notebook.journal.people[dana.id].card] == [
        "black", "aloud", "in writing",
    ]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:16]))
def test_any_answer_is_kept(text: str) -> None:
    notebook, dana = with_card()
    cards.write(notebook, dana, lines(dana)["Feedback"], text)
    [line] = notebook.journal.people[dana.id].card
    assert line.text == clean_line(text)


def test_the_facts_are_changed_there_too() -> None:
    notebook, dana = with_card()

    def write(fact: str, value: str) -> Person:
        person = notebook.journal.people[dana.id]
        entered = {e.id: e for e in cards.sheet_of(person)[0]}[fact]
        assert cards.write(notebook, person, entered, value) == fact
        return notebook.journal.people[dana.id]

    assert write("name", " Dana  Okafor-Bell ").name == "Dana Okafor-Bell"
    assert write("role", "staff engineer").role == "staff engineer"
    assert write("cadence", "fortnightly").cadence == Cadence(2, "week")
    assert write("cadence", "").cadence is None
    assert write("place", "call").place == "call"
    assert write("helps", "time to think").helps == "time to think"
    assert write("pronoun", "she").pronoun is Pronoun.SHE
    with pytest.raises(UsageError, match="needs a name"):
        write("name", " ")
    with pytest.raises(WhenError):
        write("cadence", "now and then")


def test_the_pronoun_goes_round() -> None:
    _, dana = with_card()
    seen = []
    for _ in Pronoun:
        dana = dana._replace(pronoun=cards.next_pronoun(dana))
        seen.append(dana.pronoun)
    assert sorted(seen) == sorted(Pronoun)
    assert dana.pronoun is Pronoun.THEY


def test_undo_takes_back_only_the_line_that_was_mine() -> None:
    """Two windows on one card: each changes a line of its own, one of them thinks better of it."""
    notebook = notebook_in_memory()
    person = add_person(notebook)
    learned = (CardLine("Feedback", "in writing"), CardLine("A bad day", "a walk"))
    folk.edit(notebook, person, person._replace(card=learned))
    mine = notebook.journal.people[person.id]
    lines = (CardLine("Feedback", "aloud"), learned[1])
    folk.edit(notebook, mine, mine._replace(card=lines))
    theirs = notebook.journal.people[person.id]._replace(
        card=(lines[0], CardLine("A bad day", "quiet"), CardLine("Dates", "4 March"))
    )
    notebook.receive(Reply(9, 9, contents=(Contents(Home(person.id), (theirs,)),)))
    notebook.undo()
    assert notebook.journal.people[person.id].card == (learned[0], *theirs.card[1:])
    notebook.redo()
    assert notebook.journal.people[person.id].card == theirs.card
