"""The files that ship with the program: checklists, the question deck, the demo journal."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from tui.domain.checklist import Phase, Template, TemplateItem
from tui.domain.questions import Moment, Question
from tui.errors import StorageError

STANDARD = "standard"
FOR_ONCE = frozenset({"first", "hard"})
"""Templates for one occasion."""


def data_folder() -> str:
    """Return the folder of shipped files: inside the installed package, or beside it in a checkout.

    Raises:
        StorageError: Where neither is there, which means that the installation is broken.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (os.path.join(package, "data"), os.path.join(os.path.dirname(package), "data")):
        if os.path.exists(os.path.join(folder, "checklists.json")):
            return folder
    raise StorageError("The files that come with alongside are missing. Please install it again.")


def read_data(name: str) -> Any:
    """Return the JSON in a shipped file."""
    with open(os.path.join(data_folder(), name), encoding="utf-8") as file:
        return json.load(file)


def templates() -> tuple[Template, ...]:
    """Return the checklist templates that ship with the program."""
    return tuple(
        Template(
            template["id"],
            template["title"],
            tuple(
                TemplateItem(item["key"], item["text"], Phase(item["phase"]), item["reason"])
                for item in template["items"]
            ),
        )
        for template in read_data("checklists.json")["templates"]
    )


def questions() -> tuple[Question, ...]:
    """Return the questions that ship with the program."""
    return tuple(
        Question(
            question["id"],
            question["text"],
            Moment(question["phase"]),
            question["depth"],
            question["area"],
            question["walks"],
            question["first"],
            tuple(question["cues"]),
            question["source"],
        )
        for question in read_data("questions.json")["questions"]
    )


def template_after(template_id: str, own: Mapping[str, Template]) -> Template:
    """Return the template for the talk after one: the same, unless that was for one occasion."""
    every = {template.id: template for template in (*templates(), *own.values())}
    again = STANDARD if template_id in FOR_ONCE else template_id
    return every.get(again) or every[STANDARD]


def standard_template() -> Template:
    """Return the checklist a one-to-one starts with unless another is chosen."""
    return next(template for template in templates() if template.id == STANDARD)
