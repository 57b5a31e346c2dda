"""What no drawing may hold, and what an artist does instead."""

from __future__ import annotations

from collections.abc import Mapping

REFUSED: Mapping[str, str] = {
    "image": "trace it into shapes; pictures are props of their own",
    "script": "a drawing can't run code",
    "foreignObject": "only shapes can be drawn",
    "text": "convert text to outlines",
    "tspan": "convert text to outlines",
    "textPath": "convert text to outlines",
    "animate": "storyreel moves the parts",
    "animateColor": "storyreel moves the parts",
    "animateTransform": "storyreel moves the parts",
    "animateMotion": "storyreel moves the parts",
    "set": "storyreel moves the parts",
    "discard": "storyreel moves the parts",
    "iframe": "only shapes can be drawn",
    "audio": "sounds are cues of the scene",
    "video": "only shapes can be drawn",
    "filter": "draw the effect as shapes, or let the look do it",
    "mix-blend-mode": "paint the mixed colour itself",
    "marker-start": "draw the marker as a shape",
    "marker-mid": "draw the marker as a shape",
    "marker-end": "draw the marker as a shape",
}
"""Elements and properties that are refused, and what to do instead."""

PROPERTIES = ("filter", "mix-blend-mode", "marker-start", "marker-mid", "marker-end")
"""Those of them that are properties."""
