"""The question deck: what is offered and why, what is drawn, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW
from tests.domain.test_journal import facts
from tests.services.scene import Desk
from tui.desk.shipped import questions
from tui.domain.journal import Journal
from tui.domain.onetoones import WALK, OneToOne, Status
from tui.domain.questions import AREAS, Landed, Moment, Pick, Question
from tui.domain.text import clean_line
from tui.errors import UsageError
from tui.services import deck
from tui.services.deck import AT_MOST, LANDED_BACK, RESTS, TALKS_FOR_DEPTH, draw, offers, say_months

TODAY = NOW.date()
SHIPPED = questions()
PLAIN = Question("plain", "How is it going?", Moment.OPEN, area="team")


class Story:
    """What has been asked of one person so far, in talks that count up to today's."""

    def __init__(self, *, place: str = WALK) -> None:
        self.one = OneToOne("today", "p", NOW, place)
        self._numbers = count()
        self._talks: list[OneToOne] = []
        self._picks: dict[str, tuple[Pick, ...]] = {}

    def talk(self, ago: int, *asked: Question, landed: Landed = Landed.UNKNOWN) -> Story:
        """Hold a talk, some days ago, in which these were asked."""
        return self._add(ago, asked, landed, Status.CLOSED)

    def considered(self, ago: int, *some: Question) -> Story:
        """Hold a talk for which these were considered and not asked."""
        return self._add(ago, some, None, Status.CLOSED)

    def planned(self, ago: int, *asked: Question) -> Story:
        """Plan a talk that was never held."""
        return self._add(ago, asked, Landed.UNKNOWN, Status.PLANNED)

    def talks(self, number: int) -> Story:
        """Hold this many talks long ago, in which nothing was asked."""
        for n in range(number):
            self.talk(400 + n)
        return self

    def here(self, *some: Question) -> Story:
        """Consider these for today's talk."""
        self._picks["today"] = tuple(self._pick(q, None) for q in some)
        return self

    def _pick(self, question: Question, landed: Landed | None, ago: int = 0) -> Pick:
        n = next(self._numbers)
        asked = None if landed is None else NOW - timedelta(days=ago)
        q = question
        return Pick(
            f"k{n}", q.id, q.text, q.cue, q.moment, q.area, n, asked, landed or Landed.UNKNOWN
        )

    def _add(
        self, ago: int, some: tuple[Question, ...], landed: Landed | None, status: Status
    ) -> Story:
        one = OneToOne(f"t{next(self._numbers)}", "p", NOW - timedelta(days=ago), status=status)
        self._talks.append(one)
        self._picks[one.id] = tuple(self._pick(question, landed, ago) for question in some)
        return self

    @property
    def journal(self) -> Journal:
        ones = {one.id: one for one in (*self._talks, self.one)}
        return Journal(one_to_ones=ones, picks=self._picks)

    def offers(self, *some: Question) -> tuple[deck.Offer, ...]:
        return offers(self.journal, self.one, some or SHIPPED, TODAY)

    def ids(self, *some: Question) -> set[str]:
        return {offer.question.id for offer in self.offers(*some)}

    def reason(self, question: Question) -> str:
        (offer,) = self.offers(question)
        return offer.reason


# -- what is offered ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ago", "is_offered"), [(0, False), (1, False), (RESTS - 1, False), (RESTS, True), (400, True)]
)
def test_what_was_asked_rests_for_two_months(ago: int, is_offered: bool) -> None:
    assert RESTS == 56
    assert bool(Story().talk(ago, PLAIN).offers(PLAIN)) is is_offered


def test_the_last_time_counts() -> None:
    assert not Story().talk(400, PLAIN).talk(3, PLAIN).offers(PLAIN)
    assert not Story().talk(3, PLAIN).talk(400, PLAIN).offers(PLAIN), "in whatever order"


def test_what_was_only_considered_is_offered_again() -> None:
    story = Story().considered(7, PLAIN)
    assert story.reason(PLAIN) == "not asked yet"
    assert Story().talk(9).planned(7, PLAIN).reason(PLAIN) == "not asked yet", "they never talked"


def test_untouched_never_counts_what_was_only_considered() -> None:
    other = PLAIN._replace(id="other", area="growth")
    story = Story().talk(20, other).considered(7, PLAIN)
    assert story.reason(PLAIN) == "not asked about the team yet"
    assert story.talk(5, PLAIN._replace(id="third")).reason(PLAIN) == "not asked yet"


@pytest.mark.parametrize("depth", TALKS_FOR_DEPTH)
@pytest.mark.parametrize("talks", range(1, 8))
def test_what_asks_for_trust_waits_for_it(depth: int, talks: int) -> None:
    story = Story().talks(talks).planned(30)
    assert TALKS_FOR_DEPTH == {1: 0, 2: 2, 3: 6}
    assert bool(story.offers(PLAIN._replace(depth=depth))) is (talks >= TALKS_FOR_DEPTH[depth])


@pytest.mark.parametrize("depth", TALKS_FOR_DEPTH)
@pytest.mark.parametrize("first", [True, False])
def test_the_first_time_only_what_suits_it_is_offered(depth: int, first: bool) -> None:
    question = PLAIN._replace(depth=depth, first=first)
    found = Story().offers(question)
    assert [offer.reason for offer in found] == (["for a first one-to-one"] if first else [])


@pytest.mark.parametrize(
    ("place", "walks", "is_offered"),
    [(WALK, True, True), (WALK, False, False), ("call", True, True), ("call", False, True)],
)
def test_on_foot_nothing_is_offered_that_needs_a_room(
    place: str, walks: bool, is_offered: bool
) -> None:
    found = Story(place=place).talks(9).offers(PLAIN._replace(walks=walks))
    assert bool(found) is is_offered


def test_what_is_considered_already_is_not_offered_again() -> None:
    assert not Story().talks(1).here(PLAIN).offers(PLAIN)


# -- why ------------------------------------------------------------------------------------

OWN = PLAIN._replace(id="own", is_own=True, area="")
OTHER_AREA = PLAIN._replace(id="other", area="growth")


@pytest.mark.parametrize(
    ("story", "question", "reason"),
    [
        (Story().talks(1), PLAIN, "not asked yet"),
        (Story().talks(1), OWN, "your own, not asked yet"),
        (Story().talk(70, PLAIN), PLAIN, "not asked for 10 weeks"),
        (Story().talk(120, PLAIN), PLAIN, "not asked for four months"),
        (Story().talk(120, PLAIN, landed=Landed.YES), PLAIN, "landed four months ago"),
        (Story().talk(89, PLAIN, landed=Landed.YES), PLAIN, "not asked for three months"),
        (Story().talk(120, PLAIN, landed=Landed.NO), PLAIN, "did not land four months ago"),
        (Story().talk(60, OTHER_AREA), PLAIN, "not asked about the team yet"),
        (Story().talk(56, OTHER_AREA), PLAIN._replace(area="growth"),
         "not asked about learning since Sun 27 Sep"),
        (Story().talk(55, OTHER_AREA), PLAIN._replace(area="growth"), "not asked yet"),
        (Story().talk(60, OTHER_AREA), PLAIN._replace(area=""), "not asked yet"),
        (Story().talk(60, OTHER_AREA), PLAIN._replace(area="odd"), "not asked about odd yet"),
    ],
)  # fmt: skip
def test_why_a_question_is_offered_is_said(story: Story, question: Question, reason: str) -> None:
    assert LANDED_BACK == 90
    assert story.reason(question) == reason


def test_of_the_reasons_the_better_comes_first() -> None:
    dull = PLAIN._replace(id="dull")
    story = Story().talk(120, dull, landed=Landed.NO).talk(110, PLAIN).talk(3, OTHER_AREA)
    fresh = PLAIN._replace(id="fresh", area="goals")
    found = [offer.question.id for offer in story.offers(dull, PLAIN, fresh, OWN)]
    assert found == ["own", "fresh", "plain", "dull"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "0 days"), (10, "10 days"), (11, "2 weeks"), (56, "8 weeks"), (74, "11 weeks"),
        (75, "two months"), (92, "three months"), (330, "eleven months"), (350, "a year"),
        (366, "a year"), (540, "a year"), (560, "2 years"), (1100, "3 years"),
    ],
)  # fmt: skip
def test_how_long_ago_is_said_as_one_would(days: int, said: str) -> None:
    assert say_months(days) == said


@given(st.integers(0, 5000))
def test_any_number_of_days_can_be_said(days: int) -> None:
    assert say_months(days)


# -- drawing --------------------------------------------------------------------------------


def test_one_to_open_one_to_look_further_one_to_end() -> None:
    drawn = draw(Story().talks(9).offers(), ())
    assert [offer.question.moment for offer in drawn][:2] == [Moment.OPEN, Moment.EXPLORE]
    assert drawn[2].question.moment in (Moment.DECIDE, Moment.CLOSE)
    assert len({offer.question.area for offer in drawn}) == 3


SHUFFLED = st.lists(
    st.builds(
        Question,
        st.integers(0, 10**6).map(str),
        st.just("Why?"),
        st.sampled_from(Moment),
        area=st.sampled_from([area.id for area in AREAS[:3]]),
        first=st.just(True),
        walks=st.just(True),
        depth=st.just(1),
        cues=st.just(()),
        source=st.just(""),
        is_own=st.just(False),
    ),
    max_size=14,
    unique_by=lambda question: question.id,
)


@settings(deadline=None, max_examples=80)
@given(SHUFFLED, st.integers(0, 4))
def test_three_at_most_one_for_each_part_and_no_area_twice_where_the_part_has_another(
    some: list[Question], number: int
) -> None:
    taken = Story().here(*some[:number]).journal.picks_of("today")
    drawn = draw(Story().offers(*some[number:]), taken)
    assert len(taken) + len(drawn) <= max(AT_MOST, len(taken))
    parts = {Moment.OPEN: 0, Moment.EXPLORE: 1, Moment.DECIDE: 2, Moment.CLOSE: 2}
    slots = [parts[offer.question.moment] for offer in drawn]
    assert slots == sorted(set(slots)), "in the order of the talk"
    assert not set(slots) & {parts[pick.moment] for pick in taken}
    areas = {pick.area for pick in taken}
    for offer, slot in zip(drawn, slots, strict=True):
        if offer.question.area in areas:
            fitting = [q for q in some[number:] if parts[q.moment] == slot]
            assert {q.area for q in fitting} <= areas, "this part has no other"
        areas.add(offer.question.area)


def test_questions_about_nothing_in_particular_may_be_drawn_together() -> None:
    """An empty area is no area: two of one's own are no repetition."""
    own = [PLAIN._replace(id=f"own{m}", moment=m, area="", is_own=True) for m in Moment]
    ours = [PLAIN._replace(id=f"ours{m}", moment=m, area=f"of {m}") for m in Moment]
    drawn = draw([deck.Offer(question, "", (0, 0)) for question in (*own, *ours)], ())
    assert [offer.question.is_own for offer in drawn] == [True, True, True]


def drawn_for(one_id: str) -> list[str]:
    story = Story().talks(9)
    story.one = story.one._replace(id=one_id)
    return [offer.question.id for offer in draw(story.offers(), ())]


def test_in_one_talk_the_same_is_drawn_and_in_another_another() -> None:
    talks = [f"talk {n}" for n in range(12)]
    found = [drawn_for(one_id) for one_id in talks]
    assert found == [drawn_for(one_id) for one_id in talks]
    assert len({tuple(ids) for ids in found}) == len(talks)


def test_a_year_of_weekly_talks_never_repeats_within_two_months() -> None:
    story = Story()
    last: dict[str, int] = {}
    by_id = {question.id: question for question in SHIPPED}
    for week in range(52, -1, -1):
        story.one = OneToOne(f"week {week}", "p", NOW - timedelta(weeks=week))
        found = offers(story.journal, story.one, SHIPPED, TODAY - timedelta(weeks=week))
        drawn = draw(found, ())
        assert len(drawn) == 3, f"{week} weeks ago there was too little to ask"
        for offer in drawn:
            assert last.get(offer.question.id, 99) - week >= RESTS / 7
            last[offer.question.id] = week
        story.talk(week * 7, *(by_id[offer.question.id] for offer in drawn))
    assert len(last) > 60


# -- for one talk ---------------------------------------------------------------------------


def picks(desk: Desk) -> tuple[Pick, ...]:
    return desk.notebook.journal.picks_of(desk.one.id)


def test_questions_are_taken_in_order_as_one_act_and_put_back(desk: Desk) -> None:
    one, two, three = SHIPPED[:3]
    before = facts(desk.notebook.journal)
    taken = deck.take(desk.notebook, desk.one, [one, two])
    assert picks(desk) == taken
    assert [(p.question_id, p.text, p.cue, p.moment, p.area) for p in taken] == [
        (q.id, q.text, q.cue, q.moment, q.area) for q in (one, two)
    ]
    deck.take(desk.notebook, desk.one, [three])
    assert [p.question_id for p in picks(desk)] == [one.id, two.id, three.id]
    deck.put_back(desk.notebook, desk.one, taken[0])
    assert [p.question_id for p in picks(desk)] == [two.id, three.id]
    said = [desk.notebook.undo() for _ in range(3)]
    assert said == ["question put back", "question taken", "2 questions drawn"]
    assert facts(desk.notebook.journal) == before


@pytest.mark.parametrize("there", range(4))
def test_more_than_three_are_a_script(desk: Desk, there: int) -> None:
    deck.take(desk.notebook, desk.one, SHIPPED[:there])
    acts = len(desk.memory.acts)
    with pytest.raises(UsageError, match="Three is the most"):
        deck.take(desk.notebook, desk.one, SHIPPED[there:4])
    assert len(picks(desk)) == there
    assert deck.take(desk.notebook, desk.one, []) == ()
    assert len(desk.memory.acts) == acts


def test_a_question_is_asked_and_it_landed_or_not(desk: Desk) -> None:
    deck.take(desk.notebook, desk.one, SHIPPED[:1])
    (fresh,) = picks(desk)
    deck.flip_asked(desk.notebook, desk.one, fresh)
    (asked,) = picks(desk)
    assert asked == fresh._replace(asked=NOW)
    desk.clock.forward(minutes=50)
    landed = []
    for _ in range(4):
        deck.turn_landed(desk.notebook, desk.one, picks(desk)[0])
        landed.append(picks(desk)[0].landed)
    assert landed == [Landed.YES, Landed.NO, Landed.UNKNOWN, Landed.YES]
    assert picks(desk)[0].asked == NOW, "when it was asked stays"
    deck.flip_asked(desk.notebook, desk.one, picks(desk)[0])
    assert picks(desk) == (fresh,)
    said = [desk.notebook.undo() for _ in range(6)]
    assert said == ["question not asked", *["whether a question landed"] * 4, "question asked"]
    assert picks(desk) == (fresh,)


def test_what_landed_was_asked(desk: Desk) -> None:
    deck.take(desk.notebook, desk.one, SHIPPED[:1])
    deck.turn_landed(desk.notebook, desk.one, picks(desk)[0])
    assert picks(desk)[0].asked == NOW


@pytest.mark.parametrize(
    ("text", "cue", "kept"),
    [
        (" Why  now? ", " the\nhurry ", ("Why now?", "the hurry")),
        ("What makes this urgent?", "", ("What makes this urgent?", "makes urgent")),
        *((clean_line(text) or "x", text, (clean_line(text), clean_line(text)))
          for text in HOSTILE[:6]),
    ],
)  # fmt: skip
def test_a_question_gets_other_words_for_this_talk(
    desk: Desk, text: str, cue: str, kept: tuple[str, str]
) -> None:
    deck.take(desk.notebook, desk.one, SHIPPED[:1])
    deck.edit_pick(desk.notebook, desk.one, picks(desk)[0], text, cue)
    (pick,) = picks(desk)
    assert (pick.text, pick.cue) == kept
    assert pick.question_id == SHIPPED[0].id
    assert desk.notebook.undo() == "question changed"


# -- one's own ------------------------------------------------------------------------------


def test_a_question_of_ones_own_is_offered_beside_ours(desk: Desk) -> None:
    own = deck.add_own(desk.notebook, " What  next? ", " onwards ", Moment.DECIDE, "goals")
    assert own == Question(
        own.id, "What next?", Moment.DECIDE, area="goals", first=True, cues=("onwards",),
        is_own=True,
    )  # fmt: skip
    found = offers(desk.notebook.journal, desk.one, (*SHIPPED, own), TODAY)
    assert own.id in {offer.question.id for offer in found}
    deck.take(desk.notebook, desk.one, [own])
    deck.edit_own(desk.notebook, own, "And then?", "", Moment.OPEN, "")
    (changed,) = desk.notebook.journal.questions.values()
    assert (changed.text, changed.cue, changed.moment, changed.area) == (
        "And then?", "then", Moment.OPEN, "",
    )  # fmt: skip
    assert picks(desk)[0].text == "What next?", "the talk keeps the words it had"
    deck.delete_own(desk.notebook, changed)
    assert desk.notebook.journal.questions == {}
    assert len(picks(desk)) == 1
    said = [desk.notebook.undo() for _ in range(4)]
    assert said == ["question deleted", "question changed", "question taken", "question added"]
    assert desk.notebook.journal.questions == {}


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_question_needs_words(desk: Desk, text: str) -> None:
    own = deck.add_own(desk.notebook, "Why?", "", Moment.OPEN, "")
    deck.take(desk.notebook, desk.one, [own])
    before = facts(desk.notebook.journal)
    for act in (
        lambda: deck.add_own(desk.notebook, text, "x", Moment.OPEN, ""),
        lambda: deck.edit_own(desk.notebook, own, text, "x", Moment.OPEN, ""),
        lambda: deck.edit_pick(desk.notebook, desk.one, picks(desk)[0], text, "x"),
    ):
        with pytest.raises(UsageError, match="few words"):
            act()
    assert facts(desk.notebook.journal) == before


@pytest.mark.parametrize(
    ("question", "facts_of"),
    [
        (PLAIN, "the team · easy"),
        (PLAIN._replace(area="", depth=3, walks=False), "takes much trust · not on a walk"),
        (PLAIN._replace(is_own=True, source="OARS"), "your own · the team · easy · idea: OARS"),
        (PLAIN._replace(area="odd", depth=9), ""),
    ],
)
def test_what_is_to_be_known_of_a_question(question: Question, facts_of: str) -> None:
    assert deck.facts_of(question) == facts_of


def test_a_form_offers_every_area_and_none() -> None:
    assert [value for value, _ in deck.area_choices()] == ["", *(area.id for area in AREAS)]


def test_the_day_it_was_asked_on_counts_not_the_day_it_was_planned_for() -> None:
    story = Story().talk(30, PLAIN)
    (one_id,) = [one_id for one_id, found in story.journal.picks.items() if found]
    late = tuple(p._replace(asked=NOW - timedelta(days=RESTS)) for p in story.journal.picks[one_id])
    journal = Journal(one_to_ones=story.journal.one_to_ones, picks={one_id: late})
    assert offers(journal, story.one, [PLAIN], TODAY)
    assert deck.past_of(journal, story.one).questions[PLAIN.id].day == date(2026, 9, 27)
