"""The colours of `sketch`: paper, graphite, and one accent that the story holds back."""

from __future__ import annotations

PAPER = "#F4EFE6"
FILL = "#FBF8F1"
WHITE = "#FFFEFA"
GRAPHITE = "#2B2B30"
"""Lines, hair, type."""
HATCH = "#3C3F49"
SOFT = "#6E7383"
"""Lines of what stands in the room."""
DUST = "#5F6678"
STRAND = "#5A5D67"
BLUE_GREY = "#8A93A6"
MARKER = "#C3C9D6"
STRIP = "#FFFDF7"
ACCENT, ACCENT_DARK, ACCENT_PALE = "#FFC93C", "#F7B52C", "#FFE08A"
"""Crayon: only while the story has it."""


def channels(hexed: str) -> tuple[int, int, int]:
    """Red, green and blue of "#RRGGBB", 0 to 255."""
    return int(hexed[1:3], 16), int(hexed[3:5], 16), int(hexed[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """A colour between two: 0 is the first, 1 the other."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
