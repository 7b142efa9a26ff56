"""From the files of older versions to this one's, each document as it is read.

A file is written in the newest schema only when something in it changes, so that nothing is
rewritten because of an upgrade and there is nothing to interrupt. What it was before is among its
versions (`tui.store.versions`). Documents in logs are brought up to date the same way.

A step is needed only where what is written *means* something else: a new field that may be missing
needs none.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.store.files import Document, Tables

SCHEMA = 2
"""The version of the files this program writes. A file with a higher one is opened read-only."""

ABOUT = "about"
"""The table that says which schema a file has."""


def _route_in_landmarks(table: str, document: Document) -> None:
    """1 → 2: the route of a walk is a list of landmarks, no longer one line."""
    route = document.get("route")
    if table == "one_to_one" and isinstance(route, str):
        document["route"] = [route] if route else []


STEPS: dict[int, Callable[[str, Document], None]] = {1: _route_in_landmarks}
"""What changes a document of one version into one of the next."""


def schema_of(tables: Tables) -> int:
    """Return the schema version a file says it has; a file that says nothing has the first."""
    version = tables.get(ABOUT, {}).get("file", {}).get("schema", 1)
    return version if isinstance(version, int) and not isinstance(version, bool) else SCHEMA + 1


def migrated(tables: Tables) -> Tables:
    """Return a file's tables as this version would have written them.

    The tables given are changed. Those of a newer version, and those of one that never was, are
    left alone.
    """
    schema = schema_of(tables)
    if schema not in STEPS:
        return tables
    for name, table in tables.items():
        if name != ABOUT:
            for document in table.values():
                migrate_document(name, document, schema)
    if "file" in tables.get(ABOUT, {}):
        tables[ABOUT]["file"]["schema"] = SCHEMA
    return tables


def migrate_document(table: str, document: Document, schema: int) -> None:
    """Bring one document of a table up to date, in place."""
    for version in range(schema, SCHEMA):
        STEPS[version](table, document)
