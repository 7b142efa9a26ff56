"""Loads Textual without what it loads and no screen of ours needs: a tenth of its import.

Stand-ins are there only while Textual is imported. One that is asked for more than was foreseen, as
by a later Textual, gives the real thing.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class StandIn(ModuleType):
    """Stands for a module until more than a few of its names are asked for."""

    def __init__(self, name: str, known: dict[str, Callable[[], Any]]) -> None:
        """Stand for a module.

        Args:
            name: The module's name.
            known: What gives those of its names that can be had without it.
        """
        super().__init__(name)
        self._known = known

    def __getattr__(self, name: str) -> Any:
        """Return what a name of the module stands for."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._known:
            return self._known[name]()
        _go(self.__name__)
        return getattr(import_module(self.__name__), name)


def import_textual() -> None:
    """Import Textual's app; does nothing where it is there already.

    Left out (Textual 8.2) are ``ssl``, without which asyncio does, as we speak to no network;
    ``platformdirs``, which is asked where downloads go once there is one (``app.py``); and
    ``textual.types``, which loads widgets for the sake of a type (``command.py``). This can go when
    Textual imports these where it needs them.
    """
    if "textual" in sys.modules:
        return
    os.environ.setdefault("TEXTUAL_FPS", "120")  # how soon what a key did is drawn; read on import
    known: dict[str, dict[str, Callable[[], Any]]] = {
        "platformdirs": {"user_downloads_path": lambda: _downloads},
        "textual.types": {"IgnoreReturnCallbackType": _callback_type},
    }
    names = [name for name in known if name not in sys.modules]
    for name in names:
        sys.modules[name] = StandIn(name, known[name])
    hides_ssl = "ssl" not in sys.modules
    if hides_ssl:
        sys.modules["ssl"] = None  # type: ignore[assignment]  # as where Python has none
    try:
        import_module("textual.app")
    finally:
        for name in names:
            _go(name)
        if hides_ssl and sys.modules.get("ssl", _go) is None:
            del sys.modules["ssl"]


def _go(name: str) -> None:
    """Have a module imported as usual from now on."""
    if isinstance(sys.modules.get(name), StandIn):
        del sys.modules[name]


def _downloads() -> Any:
    return import_module("platformdirs").user_downloads_path()


def _callback_type() -> Any:
    return import_module("textual._types").IgnoreReturnCallbackType
