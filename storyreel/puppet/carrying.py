"""Which part carries which: by `data-parent`, or by the groups around each."""

from __future__ import annotations

from collections.abc import Container

from storyreel.puppet.model import Node


def _links(root: Node) -> dict[str, str]:
    """For every layer's name what carries it: its `data-parent`, or the nearest named group around it.

    Of layers with the same name the first counts, so that one inside another of its name goes along with it: editors
    number such layers, and the numbers are no part of the name.
    """
    found: dict[str, tuple[str, str]] = {}
    left = [(root, "")]
    while left:
        node, around = left.pop()
        if node.id:
            found.setdefault(node.id, (node.parent, around))
        left += [(child, node.id or around) for child in reversed(node.children)]
    # What is named, but stands outside of all this, moves as the whole does.
    elsewhere = root.id
    return {
        name: (parent if parent in found else elsewhere) if parent else around
        for name, (parent, around) in found.items()
    }


def carriers(root: Node, parts: Container[str]) -> dict[str, str]:
    """For every part what carries it, "" for what nothing does; `root` has to be free of circles."""
    links = _links(root)
    found = {}
    for name in links:
        if name in parts:
            carrier = links[name]
            while carrier and carrier not in parts:
                carrier = links[carrier]
            found[name] = carrier
    return found


def circles(root: Node) -> set[str]:
    """The names of layers that would carry themselves, or are carried by such."""
    links = _links(root)
    ends: dict[str, bool] = {"": True}
    for name in links:
        way: dict[str, None] = {}
        while name not in ends and name not in way:
            way[name] = None
            name = links[name]
        ends |= dict.fromkeys(way, ends.get(name, False))
    return {name for name, ending in ends.items() if not ending}
