"""What waits for what, as a graph, and the rings in it: none of their moments would ever come."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass
class Waits(Generic[Key]):
    """Nodes, and for each the groups that it waits for: for one of each group, at least.

    A node that waits for nothing, or whose every group holds one that comes, comes itself.
    """

    groups: dict[Key, list[tuple[Key, ...]]] = field(default_factory=dict)

    def add(self, node: Key, *others: Key) -> None:
        """Lets a node wait for one of the others; for nothing, where there are none."""
        held = self.groups.setdefault(node, [])
        if others:
            held.append(others)
        for other in others:
            self.groups.setdefault(other, [])

    def rings(self) -> list[tuple[Key, ...]]:
        """Every ring, once, each from its first node on in the order in which nodes were added."""
        left = self._left()
        order = {node: number for number, node in enumerate(self.groups)}
        found: list[tuple[Key, ...]] = []
        seen: set[Key] = set()
        for node in filter(left.__contains__, order):
            way: list[Key] = []
            while node not in seen:
                seen.add(node)
                way.append(node)
                node = next(group for group in self.groups[node] if left.issuperset(group))[0]
            if node in way:
                ring = way[way.index(node) :]
                first = ring.index(min(ring, key=order.__getitem__))
                found.append(tuple(ring[first:] + ring[:first]))
        return found

    def _left(self) -> set[Key]:
        """The nodes that never come."""
        open_groups = {node: len(groups) for node, groups in self.groups.items()}
        waiting: dict[Key, list[tuple[Key, int]]] = {}
        for node, groups in self.groups.items():
            for number, group in enumerate(groups):
                for other in dict.fromkeys(group):
                    waiting.setdefault(other, []).append((node, number))
        come: set[tuple[Key, int]] = set()
        ready = [node for node, count in open_groups.items() if not count]
        left = set(self.groups)
        while ready:
            node = ready.pop()
            left.discard(node)
            for other, number in waiting.get(node, ()):
                if (other, number) not in come:
                    come.add((other, number))
                    open_groups[other] -= 1
                    if not open_groups[other]:
                        ready.append(other)
        return left
