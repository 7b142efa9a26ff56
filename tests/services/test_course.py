# -- the clock of a talk --------------------------------------------------------------------


def test_a_talk_starts_ends_and_goes_on(desk: Desk) -> None:
    started = course.start(desk.notebook, desk.one)
    assert (started.status, started.started, started.ended) == (Status.UNDER_WAY, NOW, None)
    desk.clock.forward(minutes=40)
    ended = course.end(desk.notebook, started)
    assert (ended.status, ended.started) == (Status.CLOSED, NOW)
    assert ended.ended == NOW + timedelta(minutes=40)
    desk.clock.forward(minutes=5)
    again = course.start(desk.notebook, ended)
    assert (again.status, again.started, again.ended) == (Status.UNDER_WAY, NOW, None)
    assert desk.now == again
    assert [desk.notebook.undo() for _ in range(3)] == [
        "talk started",
        "talk ended",
        "talk started",
    ]
    assert desk.now == desk.one


def test_a_talk_nobody_started_can_be_ended(desk: Desk) -> None:
    ended = course.end(desk.notebook, desk.one)
    assert (ended.status, ended.started, ended.ended) == (Status.CLOSED, NOW, NOW)
    assert ended.took_place
    assert not ended.is_open


def test_starting_leaves_the_place_another_window_changed(desk: Desk) -> None:
    course.edit(desk.notebook, desk.one, desk.one._replace(place="call"))
    course.start(desk.notebook, desk.one)
    assert (desk.now.place, desk.now.status) == ("call", Status.UNDER_WAY)


