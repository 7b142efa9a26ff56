"""The files that ship with the program: checklists, the demo journal."""

from __future__ import annotations

import json
import os
from typing import Any

from tui.domain.checklist import Phase, Template, TemplateItem
from tui.errors import StorageError

STANDARD = "standard"


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


def standard_template() -> Template:
    """Return the checklist a one-to-one starts with unless another is chosen."""
    return next(template for template in templates() if template.id == STANDARD)
