"""Every surface looks as it did when somebody last looked at it."""

from __future__ import annotations

import pytest

from tests.looks.pages import KEPT, path_of, played
from tests.looks.play import Scene
from tests.looks.scenes import all_scenes

SCENES = all_scenes()
IN_EVERY_RUN = ("home-normal-dark", "listen-narrow-light", "board-wide-dark")


@pytest.mark.parametrize(
    "scene",
    [pytest.param(s, id=s.name, marks=() if s.name in IN_EVERY_RUN else pytest.mark.sweep)
     for s in SCENES],
)  # fmt: skip
def test_it_looks_as_when_it_was_last_judged(scene: Scene) -> None:
    kept = path_of(scene).read_text(encoding="utf-8")
    assert played(scene) == kept, "look at it (python -m tests.looks --draw), then keep it"


def test_nothing_is_kept_that_is_never_played() -> None:
    assert {path.name for path in KEPT.iterdir()} == {path_of(scene).name for scene in SCENES}
