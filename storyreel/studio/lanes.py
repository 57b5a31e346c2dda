"""A film as the lanes under its picture: who does and says what when, in film frames."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from storyreel.puppet.naming import MOUTHS
from storyreel.puppet.rig import read_rig
from storyreel.script.files import is_sheet
from storyreel.timeline.cuts import cuts
from storyreel.timeline.model import GroupContent, Held, Layer, PuppetContent, Timeline
from storyreel.timeline.track import samples

Piece = dict[str, Any]


def lanes(timeline: Timeline) -> dict[str, list[Piece]]:
    """Shots, words, mouths, effects and music: each a list of pieces with `start`, `end` (half-open) and `text`."""
    return {
        "shots": [
            _piece(start + cut, start + end, scene.id if number == 0 else f"{scene.id} ({number + 1})")
            for start, scene in timeline.starts()
            for number, (cut, end) in enumerate(cuts(scene))
        ],
        "words": [
            {**_piece(word.start, word.end, word.text), "who": line.speaker, "colour": line.colour}
            for line in timeline.lines
            for word in line.words
        ],
        "mouths": list(_mouths(timeline)),
        "effects": sorted(_effects(timeline), key=lambda piece: piece["start"]),
        "music": list(_music(timeline)),
    }


def _piece(start: int, end: int, text: str) -> Piece:
    return {"start": start, "end": end, "text": text}


def _mouths(timeline: Timeline) -> Iterator[Piece]:
    """The shapes of whoever speaks, while they do: at rest between lines nothing is said of a mouth."""
    spoken = {(line.scene, line.speaker) for line in timeline.lines}
    for start, scene in timeline.starts():
        for layer, content in _puppets(scene.layers):
            who = next((name for id_, name in spoken if id_ == scene.id and layer.id.split(" ")[0] == name), None)
            if who is None:
                continue
            at, names = start, _shapes(content)
            shapes = samples(dict(layer.channels).get("mouth", 0.0), scene.length)
            for value, run in itertools.groupby(shapes, round):
                length = sum(1 for _ in run)
                if 0 < value < len(names):
                    yield {**_piece(at, at + length, names[value]), "who": who}
                at += length


def _shapes(content: PuppetContent) -> tuple[str, ...]:
    """The shapes of a mouth, in the order of its channel: those of a sheet of cells are its own."""
    sheet = content.rig is not None and is_sheet(content.rig.path)
    return read_rig(Path(content.rig.path)).mouths if sheet and content.rig else MOUTHS


def _puppets(layers: tuple[Layer, ...]) -> Iterator[tuple[Layer, PuppetContent]]:
    for layer in layers:
        if isinstance(layer.content, PuppetContent):
            yield layer, layer.content
        elif isinstance(layer.content, GroupContent):
            yield from _puppets(layer.children)


def _effects(timeline: Timeline) -> Iterator[Piece]:
    for cue in timeline.sound.effects:
        yield {**_piece(cue.frame, cue.frame + max(cue.frames, 1), _named(cue.effect)), "gain": cue.gain_db}
    for clip in timeline.sound.clips:
        yield {**_piece(clip.frame, clip.frame + clip.frames, _named(clip.clip)), "gain": clip.gain_db}


def _named(sound: str) -> str:
    return sound.replace("\\", "/").rpartition("/")[2]


def _music(timeline: Timeline) -> Iterator[Piece]:
    """The track as far as no section is asked for, then the sections."""
    music = timeline.sound.music
    if music is None:
        return
    asked = [(frame, _asked(section)) for frame, section in music.sections]
    if not asked or asked[0][0] > 0:
        asked.insert(0, (0, _named(music.track)))
    for (start, text), (end, _) in itertools.pairwise([*asked, (timeline.length, "")]):
        if end > start and text:
            yield _piece(start, end, text)


def _asked(section: str | Held | None) -> str:
    return "" if section is None else section if isinstance(section, str) else f"hold {section.what}"
