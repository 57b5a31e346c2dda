"""The colours of `sketch`: paper, graphite, and one accent that the story holds back."""

from __future__ import annotations

from storyreel.treatment.tones import channels

PAPER = "#F4EFE6"
FILL = "#FBF8F1"
CLOTH = "#DDD4C6"
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


def is_accent(hexed: str) -> bool:
    """Whether a colour is the one that this look holds back: a warm yellow that is no cream."""
    red, green, blue = channels(hexed)
    return red > 225 and green < 240 and blue < 172 and red - blue > 80 and 0.6 < (green - blue) / (red - blue) < 0.97
