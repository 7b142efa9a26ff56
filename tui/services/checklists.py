"""What can be done with checklists: tick, change, take from a template, keep as one's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui.domain.checklist import (
    ChecklistItem,
    Phase,
    Template,
    TemplateItem,
    in_order,
    position_after,
)
from tui.domain.journal import OWN, Change
from tui.domain.onetoones import OneToOne
from tui.domain.text import clean_line, fold, slug
from tui.errors import UsageError
from tui.services.course import home_of
from tui.services.notebook import Notebook

LOOK_BACK = 6
"""How many earlier talks are looked through for items left open."""


def items_of(notebook: Notebook, template: Template) -> tuple[ChecklistItem, ...]:
    """Return fresh items as a template has them."""
    return tuple(
        ChecklistItem(notebook.new_id(), item.text, item.phase, float(place), item.reason)
        for place, item in enumerate(template.items, 1)
    )


def tick(notebook: Notebook, one: OneToOne, item: ChecklistItem) -> None:
    """Tick an item with the time, or take its tick away."""
    after = item._replace(ticked=None if item.ticked else notebook.now())
    label = "tick" if after.ticked else "untick"
    notebook.commit(label, (Change(home_of(one), item, after),))


def add_item(
    notebook: Notebook, one: OneToOne, phase: Phase, text: str, reason: str, index: int
) -> ChecklistItem:
    """Add an item to a phase of the checklist, at ``index`` among its items.

    Raises:
        UsageError: Where the text is empty.
    """
    items = in_order(notebook.page(one.id).items, phase)
    item = ChecklistItem(
        notebook.new_id(),
        _item_text(text),
        phase,
        position_after(items, index),
        clean_line(reason),
        is_own=True,
    )
    notebook.commit("item added", (Change(home_of(one), None, item),))
    return item


def edit_item(
    notebook: Notebook, one: OneToOne, item: ChecklistItem, text: str, reason: str
) -> None:
    """Change the words of an item or its reason.

    Raises:
        UsageError: Where the text is empty.
    """
    after = item._replace(text=_item_text(text), reason=clean_line(reason))
    notebook.commit("item changed", (Change(home_of(one), item, after),))


def _item_text(text: str) -> str:
    if not (text := clean_line(text)):
        raise UsageError("An item needs a few words.")
    return text


def delete_item(notebook: Notebook, one: OneToOne, item: ChecklistItem) -> None:
    """Delete an item from this checklist."""
    notebook.commit("item deleted", (Change(home_of(one), item, None),))


def move_item(notebook: Notebook, one: OneToOne, item: ChecklistItem, step: int) -> None:
    """Move an item up (-1) or down (1) within its phase; at the ends nothing happens."""
    items = in_order(notebook.page(one.id).items, item.phase)
    places = {other.id: place for place, other in enumerate(items)}
    target = places.get(item.id, -1) + step
    if item.id not in places or not 0 <= target < len(items):
        return
    moved = items[places[item.id]]
    others = tuple(other for other in items if other.id != item.id)
    after = moved._replace(position=position_after(others, target))
    order = (*others[:target], after, *others[target:])
    home = home_of(one)
    if in_order(order, item.phase) != order:  # the gap between the neighbours is used up
        renumbered = (i._replace(position=float(place)) for place, i in enumerate(order, 1))
        by_id = {i.id: i for i in items}
        notebook.commit("item moved", (Change(home, by_id[i.id], i) for i in renumbered))
        return
    notebook.commit("item moved", (Change(home, moved, after),))


# -- left open -----------------------------------------------------------------------------


class LeftOpen(NamedTuple):
    """An item written for an earlier talk and not done since: shown again, never copied."""

    one: OneToOne
    """Where it lives."""
    item: ChecklistItem


def left_open(notebook: Notebook, one: OneToOne) -> tuple[LeftOpen, ...]:
    """Return own items of earlier talks with this person that are not ticked, oldest first."""
    earlier = [
        other
        for other in notebook.journal.one_to_ones_of(one.person_id)
        if other.at < one.at and other.id != one.id and other.took_place
    ]
    return tuple(
        LeftOpen(other, item)
        for other in earlier[-LOOK_BACK:]
        for item in sorted(notebook.page(other.id).items, key=lambda i: (i.position, i.id))
        if item.is_own and item.ticked is None
    )


# -- templates -----------------------------------------------------------------------------


def use_template(notebook: Notebook, one: OneToOne, template: Template) -> None:
    """Take another template: what is ticked or one's own stays, the rest is replaced.

    An item that both have stays as it is.
    """
    there = notebook.page(one.id).items
    wanted = {(item.phase, item.text) for item in template.items}
    kept = [i for i in there if i.ticked or i.is_own or (i.phase, i.text) in wanted]
    known = {(item.phase, item.text): item for item in kept}
    changes = [Change(home_of(one), item, None) for item in there if item not in kept]
    for fresh in items_of(notebook, template):
        same = known.get((fresh.phase, fresh.text))
        after = fresh if same is None else same._replace(position=fresh.position)
        changes.append(Change(home_of(one), same, after))
    changes += _at_the_end(one, (i for i in kept if (i.phase, i.text) not in wanted), len(wanted))
    changes.append(Change(home_of(one), one, one._replace(template=template.id)))
    notebook.commit(f"checklist from {template.title}", changes)


def _at_the_end(one: OneToOne, items: Iterable[ChecklistItem], after: int) -> list[Change]:
    ordered = sorted(items, key=lambda item: (item.position, item.id))
    return [
        Change(home_of(one), item, item._replace(position=float(after + place)))
        for place, item in enumerate(ordered, 1)
    ]


def save_template(notebook: Notebook, one: OneToOne, title: str) -> Template:
    """Keep the checklist of a one-to-one as one's own template; one of that title is replaced.

    Raises:
        UsageError: Where the title is empty, or there is nothing to keep.
    """
    title = clean_line(title)
    if not title:
        raise UsageError("A template needs a name, such as: new project.")
    items = notebook.page(one.id).items
    ordered = [item for phase in Phase for item in in_order(items, phase)]
    if not ordered:
        raise UsageError("This checklist is empty, so there is nothing to keep as a template.")
    own = notebook.journal.templates
    before = next((t for t in own.values() if fold(t.title) == fold(title)), None)
    lines = tuple(
        TemplateItem(slug(item.text)[:24], item.text, item.phase, item.reason) for item in ordered
    )
    template_id = before.id if before else notebook.new_id()
    template = Template(template_id, title, lines, is_own=True)
    changes = [Change(OWN, before, template)]
    if one.template != template_id:
        changes.append(Change(home_of(one), one, one._replace(template=template_id)))
    # An item that belongs to the template from now on is not carried over from talk to talk.
    changes += [Change(home_of(one), i, i._replace(is_own=False)) for i in ordered if i.is_own]
    notebook.commit(f"template {title} kept", changes)
    return template


def delete_template(notebook: Notebook, template: Template) -> None:
    """Delete one of the manager's own templates; checklists made from it stay."""
    notebook.commit(f"template {template.title} deleted", (Change(OWN, template, None),))
