"""The region this machine is set to, and how its weeks go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from tui.domain.reckoning import Week

VARIABLES = ("LC_ALL", "LC_TIME", "LANG")
"""Of these the first that is set counts, as for every other program."""
_TERRITORY = r"[A-Za-z]{2,3}(?:[_-][A-Za-z]{4})?[_-]([A-Za-z]{2}|[0-9]{3})(?:[.@].*)?"
"""Finds DE in de_DE.UTF-8, RS in sr-Latn-RS."""


def week_here(environ: Mapping[str, str]) -> Week:
    """Return how weeks go where the environment says we are; as ISO 8601 where it says nothing.

    Weeks belong to a territory, not to a language: who writes English in Cairo (``en_EG``) has
    Cairo's. The first call for one imports babel and reads its file, 30 ms together, so this is
    asked only once a phrase turns on it.

    Args:
        environ: The environment.
    """
    name = next((environ[name] for name in VARIABLES if environ.get(name)), "")
    found = re.fullmatch(_TERRITORY, name)
    return _week_of(found[1].upper()) if found else Week()


@cache
def _week_of(territory: str) -> Week:
    from babel import Locale, UnknownLocaleError

    try:
        region = Locale.parse(f"und_{territory}")
    except (UnknownLocaleError, ValueError, OSError):
        return Week()
    if region.territory != territory:  # a name nobody has given away is read as the United States
        return Week()
    return Week(region.first_week_day, (region.weekend_start - 1) % 7)
