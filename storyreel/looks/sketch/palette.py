"""The colours of `sketch`: paper, graphite, and one accent that the story holds back."""

from __future__ import annotations

PAPER = "#F4EFE6"
FILL = "#FBF8F1"
GRAPHITE = "#2B2B30"
DUST = "#5F6678"
BLUE_GREY = "#8A93A6"
MARKER = "#C3C9D6"
STRIP = "#FAF6EE"
ACCENT = "#FFC93C"
ACCENT_DARK, ACCENT_PALE = "#F7B52C", "#FFE08A"
