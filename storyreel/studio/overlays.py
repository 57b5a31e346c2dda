"""What can be laid over the picture: where platforms put their own, where captions stand, who holds what."""

from __future__ import annotations

from typing import Any

from storyreel.looks import look
from storyreel.publish.hands import HOLDS, deeds
from storyreel.script.formats import Box, Format, format_names, format_of, named_format
from storyreel.script.models import Script
from storyreel.text.chain import FontChain, face
from storyreel.text.setting import layout
from storyreel.timeline.model import Timeline

_LETS_GO = frozenset(("put", "give", "drop", "throw", "take-off"))


def captions(timeline: Timeline) -> list[dict[str, Any]]:
    """Every caption page with the box of its ink."""
    chosen = look(timeline.look)
    chain = FontChain(tuple(face(name) for name in chosen.faces["caption"]))
    width, height = timeline.stage_size
    found = []
    for page in timeline.captions:
        left, top, right, bottom = layout(page, chain, chosen.caption, timeline.safe, timeline.language).ink
        box = [left / width, top / height, right / width, bottom / height]
        found.append({"start": page.start, "end": page.end, "box": box})
    return found


def holdings(timeline: Timeline) -> list[dict[str, Any]]:
    """Who holds what for how long; nobody holds anything over a cut that the next shot doesn't begin with."""
    ends = {scene.id: start + scene.length for start, scene in timeline.starts()}
    found: list[dict[str, Any]] = []
    under_way: dict[tuple[str, str, str], dict[str, Any]] = {}
    for deed in sorted(deeds(timeline), key=lambda deed: (deed.frame, deed.verb != HOLDS)):
        thing = (deed.scene, deed.who, deed.what)
        if deed.verb in _LETS_GO:
            if thing in under_way:
                under_way.pop(thing)["end"] = deed.frame
        elif thing not in under_way:
            under_way[thing] = {"start": deed.frame, "end": ends[deed.scene], "who": deed.who, "what": deed.what}
            found.append(under_way[thing])
    return found


def zones(script: Script) -> dict[str, dict[str, Any]]:
    """What each format of the picture's shape leaves free, the film's own first; boxes overlap."""
    own = format_of(script)
    others = [named_format(name) for name in format_names() if name != own.name]
    alike = [form for form in others if form.width * own.height == form.height * own.width]
    return {form.name: _zone(form) for form in (own, *alike)}


def _zone(form: Format) -> dict[str, Any]:
    def shares(boxes: tuple[Box, ...]) -> list[list[float]]:
        width, height = form.width, form.height
        return [[left / width, top / height, right / width, bottom / height] for left, top, right, bottom in boxes]

    return {
        "measured": shares(form.measured),
        "strict": shares(form.strict_zone),
        "text": shares((form.strict,)),
        "dated": form.dated,
    }
