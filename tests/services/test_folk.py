"""People: adding, changing, archiving, and finding the one who is meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, add_person
from tests.services.test_notebook import Memory, notebook_in_memory
from tui.domain.dates import Cadence
from tui.domain.journal import Journal
from tui.domain.people import CardLine, Person, Pronoun, Topic
from tui.domain.text import clean_line
from tui.errors import EXIT_NOT_FOUND, EXIT_USAGE, NotFoundError, UsageError
from tui.services import folk
from tui.services.notebook import Notebook


def notebook_with(*names: str, archived: tuple[str, ...] = ()) -> Notebook:
    notebook = notebook_in_memory()
    for name in names:
        add_person(notebook, name)
    for name in archived:
        folk.archive(notebook, add_person(notebook, name))
    return notebook


def people(notebook: Notebook) -> list[Person]:
    return list(notebook.journal.people.values())


# -- adding ---------------------------------------------------------------------------------


def test_a_person_is_added_with_an_id_and_a_first_day() -> None:
    notebook = notebook_in_memory()
    draft = Person(
        "",
        "  Dana   Okafor ",
        "staff engineer",
        Pronoun.SHE,
        Cadence(2, "week"),
        "call",
        "time",
        (CardLine("Thanks", "quietly"),),
    )
    dana = folk.add(notebook, draft)
    assert dana.id
    assert dana == draft._replace(id=dana.id, name="Dana Okafor", since=notebook.today())
    assert people(notebook) == [dana]
    assert notebook.undo() == "Dana Okafor added"
    assert people(notebook) == []


@pytest.mark.parametrize("name", ["", " ", "\n\t", "\u3000", "\u2028"])
def test_a_person_needs_a_name(name: str) -> None:
    notebook = notebook_in_memory()
    with pytest.raises(UsageError, match="needs a name") as refusal:
        add_person(notebook, name)
    assert refusal.value.exit_code == EXIT_USAGE
    assert people(notebook) == []
    assert notebook.undo() is None


@pytest.mark.parametrize(
    ("there", "new"),
    [
        ("Dana Okafor", "Dana Okafor"),
        ("Dana Okafor", "dana okafor"),
        ("Dana Okafor", "  DANA\tOKAFOR "),
        ("Ana García", "ana garcia"),
        ("Ana Garcia", "Ana Garci\u0301a"),
        ("Zoë", "ZOE"),
        ("Straße", "Strasse"),
    ],
)
@pytest.mark.parametrize("is_archived", [False, True])
def test_two_people_cannot_be_called_the_same(there: str, new: str, is_archived: bool) -> None:
    notebook = notebook_with(*[] if is_archived else [there], archived=(there,) * is_archived)
    before = notebook.journal
    with pytest.raises(UsageError, match="already somebody called") as refusal:
        add_person(notebook, new)
    assert there in str(refusal.value)
    assert ("(archived)" in str(refusal.value)) is is_archived
    assert notebook.journal is before


def test_any_name_is_kept_clean_and_found_again() -> None:
    notebook = notebook_with("Somebody Else")
    for name in HOSTILE:
        person = add_person(notebook, name)
        assert person.name == clean_line(name)
        assert folk.find(notebook.journal, name) == person


# -- changing -------------------------------------------------------------------------------


def test_a_person_is_changed_and_the_act_is_called_by_the_old_name() -> None:
    notebook = notebook_with("Dana Okafor")
    (dana,) = people(notebook)
    folk.edit(notebook, dana, dana._replace(name=" Dana  Ruiz ", role="principal"))
    assert people(notebook) == [dana._replace(name="Dana Ruiz", role="principal")]
    assert notebook.undo() == "Dana Okafor changed"
    assert people(notebook) == [dana]


def test_ones_own_name_may_stay_or_change_its_case() -> None:
    notebook = notebook_with("Ana Garcia", "Sam Reyes")
    ana, _ = people(notebook)
    folk.edit(notebook, ana, ana._replace(role="engineer"))
    folk.edit(notebook, ana, ana._replace(name="Ana García"))
    assert people(notebook)[0] == ana._replace(name="Ana García", role="engineer")


@pytest.mark.parametrize(("name", "why"), [("sam reyes", "already"), ("  ", "needs a name")])
def test_a_change_keeps_to_the_same_rules(name: str, why: str) -> None:
    notebook = notebook_with("Dana Okafor", "Sam Reyes")
    dana, _ = people(notebook)
    before = notebook.journal
    with pytest.raises(UsageError, match=why):
        folk.edit(notebook, dana, dana._replace(name=name))
    assert notebook.journal is before


def test_archiving_touches_nothing_else_and_can_be_taken_back() -> None:
    notebook = notebook_with("Dana Okafor")
    (dana,) = people(notebook)
    folk.archive(notebook, dana)
    archived = dana._replace(archived=True)
    assert people(notebook) == [archived]
    folk.archive(notebook, archived)
    assert people(notebook) == [dana]
    assert notebook.undo() == "Dana Okafor brought back"
    assert notebook.undo() == "Dana Okafor archived"
    assert people(notebook) == [dana]


def test_a_topic_leaves_the_shelf_when_it_was_raised_and_can_be_put_back() -> None:
    notebook = notebook_with("Dana Okafor")
    (dana,) = people(notebook)
    topic = Topic("s", "the talk", notebook.today())
    notebook.journal = Journal(notebook.journal.people, topics={dana.id: (topic,)})
    folk.set_raised(notebook, dana.id, topic, True)
    assert notebook.journal.shelf_of(dana.id) == ()
    folk.set_raised(notebook, dana.id, topic._replace(raised=True), False)
    assert notebook.journal.shelf_of(dana.id) == (topic,)
    assert notebook.undo() == "topic put back on the shelf"
    assert notebook.undo() == "topic raised"


# -- finding --------------------------------------------------------------------------------

TEAM = ("Dana Okafor", "Daniel Reyes", "Mei-Lin Zhou", "Ana García", "Ana", "Sam Reyes-Ruiz")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dana Okafor", "Dana Okafor"),
        ("dana", "Dana Okafor"),
        ("DANA O", "Dana Okafor"),
        ("dani", "Daniel Reyes"),
        ("  mei-lin  ", "Mei-Lin Zhou"),
        ("zhou", "Mei-Lin Zhou"),
        ("zho", "Mei-Lin Zhou"),
        ("oka", "Dana Okafor"),
        ("garcia", "Ana García"),
        ("GARCÍA", "Ana García"),
        ("ana g", "Ana García"),
        ("ana", "Ana"),  # the whole name wins over the longer one
        ("an", None),  # both begin so
        ("dan", None),
        ("d", None),
        ("reyes", None),  # a word of two names
        ("s", "Sam Reyes-Ruiz"),
        ("sam reyes", "Sam Reyes-Ruiz"),
        ("ruiz", ""),  # only the beginning of a word counts
        ("lin", ""),
        ("dana okafor x", ""),
        ("bob", ""),
        ("", ""),
        (" ", ""),
    ],
)
def test_who_is_meant(name: str, expected: str | None) -> None:
    journal = notebook_with(*TEAM).journal
    if expected:
        assert folk.find(journal, name).name == expected
        return
    with pytest.raises(NotFoundError) as refusal:
        folk.find(journal, name)
    said = str(refusal.value)
    assert refusal.value.exit_code == EXIT_NOT_FOUND
    if expected is None:
        assert "Which one?" in said
        assert "Mei-Lin Zhou" not in said
    else:
        assert all(there in said for there in TEAM)


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("dan", ["Dana Okafor", "Daniel Reyes"]),
        ("an", ["Ana", "Ana García"]),
        ("reyes", ["Daniel Reyes", "Sam Reyes-Ruiz"]),
    ],
)
def test_the_choices_are_listed_and_nobody_else(name: str, choices: list[str]) -> None:
    with pytest.raises(NotFoundError) as refusal:
        folk.find(notebook_with(*TEAM).journal, name)
    assert str(refusal.value) == f"“{name}” could be {', '.join(choices)}. Which one?"


def test_the_archived_count_only_where_nobody_else_fits() -> None:
    journal = notebook_with("Dana Okafor", archived=("Dana Ruiz", "Olu Okafor", "Tom")).journal
    assert folk.find(journal, "dana").name == "Dana Okafor"
    assert folk.find(journal, "okafor").name == "Dana Okafor"
    assert folk.find(journal, "dana r").name == "Dana Ruiz"
    assert folk.find(journal, "tom").name == "Tom"
    with pytest.raises(NotFoundError) as refusal:
        folk.find(journal, "bob")
    assert str(refusal.value).endswith("There are: Dana Okafor.")


def test_an_empty_journal_says_how_to_begin() -> None:
    with pytest.raises(NotFoundError, match="alongside people add NAME"):
        folk.find(Journal(), "dana")


def test_a_journal_of_archived_people_says_so() -> None:
    with pytest.raises(NotFoundError, match="nobody but the archived"):
        folk.find(notebook_with(archived=("Dana",)).journal, "bob")


NAMES = st.text(st.sampled_from("abÁé ÿ-ß"), min_size=1, max_size=5).filter(str.strip)


@settings(deadline=None, max_examples=50)
@given(st.lists(NAMES, max_size=5), NAMES)
def test_finding_never_guesses(names: list[str], wanted: str) -> None:
    """Whoever is found fits, and nobody else fits as well as they do."""
    notebook = notebook_in_memory(memory=Memory())
    kept = []
    for name in names:
        try:
            kept.append(add_person(notebook, name))
        except UsageError:
            continue
    for person in kept:
        assert folk.find(notebook.journal, person.name) == person
    try:
        found = folk.find(notebook.journal, wanted)
    except NotFoundError:
        return
    others = [person.name for person in kept if person != found]
    assert clean_line(wanted) not in others


# -- the card of a person -------------------------------------------------------------------

LEARNED = notebook_in_memory().today()
CARD = (CardLine("Thanks", "quietly"), CardLine("Feedback", "in writing"))


@pytest.mark.parametrize(
    ("place", "label", "text", "card"),
    [
        (0, " Thanks ", "out\nloud ", (CardLine("Thanks", "out loud", LEARNED), CARD[1])),
        (1, "Tea", "black", (CARD[0], CardLine("Tea", "black", LEARNED))),
        (2, "Tea", "black", (*CARD, CardLine("Tea", "black", LEARNED))),
        (9, "Tea", "black", (*CARD, CardLine("Tea", "black", LEARNED))),
        (0, "Thanks", " ", (CARD[1],)),
        (1, "", "", (CARD[0],)),
        (0, " Thanks", "quietly ", CARD),
        (2, "Tea", "", CARD),
    ],
)
def test_a_line_of_the_card_changes_comes_and_goes(
    place: int, label: str, text: str, card: tuple[CardLine, ...]
) -> None:
    notebook = notebook_in_memory()
    dana = folk.add(notebook, Person("", "Dana Okafor", card=CARD))
    folk.set_card_line(notebook, dana, place, label, text)
    assert people(notebook) == [dana._replace(card=card)]
    if card != CARD:
        assert notebook.undo() == "Dana Okafor changed"
    assert people(notebook) == [dana]


def test_a_line_of_the_card_may_be_about_nothing_in_particular() -> None:
    notebook = notebook_in_memory()
    dana = folk.add(notebook, Person("", "Dana Okafor", card=CARD))
    folk.set_card_line(notebook, dana, 0, " ", "quietly")
    [person] = people(notebook)
    assert person.card == (CardLine("", "quietly", LEARNED), CARD[1])
