"""Keys and clicks in the order they were made, even when they come faster than screens can change.

Textual passes each key on at once to whatever has the focus at that moment. Keys that arrive in one
bundle, as over a slow line or after a busy moment, are then handled by a screen that is about to
go: text typed ahead is lost, or taken for commands. Here the next key is passed on only when the
one before it has been dealt with, and when a screen it brought forward is there. A click waits in
the same line: on a screen that is not drawn yet it would fall on nothing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.screen import Screen

PATIENCE = 3.0
"""Seconds after which the next key is passed on, whatever became of the one before."""

R = TypeVar("R")


class AppInOrder(App[R]):
    """An app that deals with one key, one paste or one click at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._in_hand: events.Event | None = None
        self._waiting: deque[events.Event] = deque()
        self._arriving: Screen[Any] | None = None
        self._is_laid_out = False

    async def on_ready(self) -> None:
        """Deal with what came before the first screen was there."""
        await self._arrived(self._arriving)

    async def on_event(self, event: events.Event) -> None:
        """Pass a key or a click on, or let it wait for its turn."""
        is_typed = isinstance(event, events.Key | events.Paste)
        is_click = isinstance(event, events.MouseDown | events.MouseUp)
        if not (is_typed or is_click) or event.is_forwarded:
            await super().on_event(event)
        elif self._in_hand is not None or self._waiting:
            self._waiting.append(event)
        elif not self._is_laid_out or (is_click and self._arriving is not None):
            self._waiting.append(event)
            loop = asyncio.get_running_loop()
            loop.call_later(PATIENCE, self.call_later, self._arrived, self._arriving)
        else:
            await self._pass_on(event)

    async def _pass_on(self, event: events.Event) -> None:
        self._in_hand = event
        asyncio.get_running_loop().call_later(PATIENCE, self._give_up, event)
        target = self.screen.focused or self.screen
        await super().on_event(event)
        # Then behind what its action posted, which goes the same way, and through the app's queue
        # once more: what the key set going, such as a change of focus.
        end = partial(self.call_later, self._dealt_with, event)
        self._follow(target, event, partial(self._follow, target, event, end))

    def _follow(
        self, node: MessagePump | None, event: events.Event, then: Callable[[], object]
    ) -> None:
        """Queue up behind a key in a node; it bubbles up from there to the app."""
        while node is not None and node is not self:
            if node.call_later(self._after, node, event, then):
                return
            node = node._parent if isinstance(node, DOMNode) else None
        self.call_later(then)

    def _after(self, node: MessagePump, event: events.Event, then: Callable[[], object]) -> None:
        self._follow(node._parent, event, then)

    def _give_up(self, event: events.Event) -> None:
        if self._in_hand is event:
            self._arriving = None
            self.call_later(self._dealt_with, event)

    async def _dealt_with(self, event: events.Event) -> None:
        if self._in_hand is not event or self._arriving is not None:
            return
        self._in_hand = None
        if self._waiting:
            await self._pass_on(self._waiting.popleft())

    # -- screens on their way --------------------------------------------------------------

    def push_screen(self, *args: Any, **kwargs: Any) -> Any:
        """Put a screen in front; keys wait until it is there."""
        result = super().push_screen(*args, **kwargs)
        self._expect(self.screen)
        return result

    def switch_screen(self, screen: Screen[Any] | str) -> Any:
        """Replace the screen in front; keys wait until the new one is there."""
        result = super().switch_screen(screen)
        self._expect(self.screen)
        return result

    def _expect(self, screen: Screen[Any]) -> None:
        self._arriving = screen
        screen.call_after_refresh(self.call_later, self.call_later, self._arrived, screen)

    async def _arrived(self, screen: Screen[Any] | None) -> None:
        if self._arriving is screen:
            self._arriving = None
            self._is_laid_out = True
            if self._in_hand is not None:
                await self._dealt_with(self._in_hand)
            elif self._waiting:
                await self._pass_on(self._waiting.popleft())
