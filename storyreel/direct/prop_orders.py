"""What a look is asked to draw for a prop: its kind, and the settings that say what of it."""

from __future__ import annotations

from storyreel.script.placing import SEND
from storyreel.script.props import PLACING, Lamp, Pane, Phone, Prop
from storyreel.timeline.model import Setting, settings


def look_settings(model: Prop) -> tuple[tuple[str, Setting], ...]:
    """What the look draws a prop from: every key but those that place it and what it shows."""
    unseen = {"kind", "set", "zoom", "file", "colours", "groups", "shows", "radius", "dark", "corners", "camera"}
    if isinstance(model, Pane):
        unseen |= {"sound"} | ({"label", "mood"} if model.window else {"shape", "edge"})
    given = model.model_dump(exclude=set(PLACING) | unseen | model.led)
    if isinstance(model, Lamp) and model.light is not None:
        given["colour"] = model.light.colour
    if isinstance(model, Pane | Phone) and model.sends is not None:
        given[SEND] = 1.0
    return settings({**given, "shape": "corners"} if isinstance(model, Pane) and model.corners is not None else given)


def drawn_as(model: Prop) -> str:
    """The kind that the look draws a prop as."""
    return "window" if isinstance(model, Pane) and model.window else str(model.kind)
