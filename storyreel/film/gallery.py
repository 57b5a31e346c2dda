"""A gallery of all that ships: pictures, loops and sounds in a folder, and a page that shows them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.film.episode import Episode
from storyreel.film.puppet_sheet import face
from storyreel.film.specimens import Case, Specimen, cases
from storyreel.publish.gallery_page import Exhibit, Room, gallery_page
from storyreel.render.atomic import whole_or_nothing
from storyreel.render.errors import writing
from storyreel.script.models import Script

if TYPE_CHECKING:
    from PIL.Image import Image

    from storyreel.sound.tape import Samples

SEEN = ("puppets", "faces", "poses", "acts", "sets", "props", "looks", "transitions")
HEARD = ("sounds", "tracks", "voices")
KINDS = (*SEEN, *HEARD)
"""What a gallery may show, in its order."""
SMALL = (216, 270)
"""Pixels of a picture."""
_FASTEST = 12
"""Pictures a second of a loop, at the most."""
_LONGEST, _TRACK = 6.0, 16.0
"""Seconds of a sound, at the most, and of a track."""


def write_gallery(folder: Path, kinds: Sequence[str] = KINDS, told: Callable[[str], None] = lambda name: None) -> int:
    """Writes a gallery into a folder, `index.html` last; gives how many things it shows.

    Args:
        kinds: of `KINDS`, those that it shows.
        told: is told of each thing once it is there.

    Raises:
        StoryreelError: there is no such kind, or the folder can't be written.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise StoryreelError(f"a gallery shows no {kind}{did_you_mean(kind, KINDS)}")
    rooms: dict[str, Room] = {}

    def hung(kind: str, title: str, exhibit: Exhibit, data: bytes) -> None:
        path = folder / exhibit.file
        with whole_or_nothing(path) as temporary, writing(path):
            temporary.write_bytes(data)
        before = rooms.get(title, Room(kind, title, ()))
        rooms[title] = Room(kind, title, (*before.exhibits, exhibit))
        told(f"{title}: {exhibit.name}")

    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for case in cases():
        if case.kind in kinds:
            for specimen, data in _pictured(case):
                file = _file(case.title, specimen.name, ".webp")
                hung(case.kind, case.title, Exhibit(specimen.name, specimen.about, specimen.yaml, file), data)
    for kind, title, make in (
        ("sounds", "Sounds", _sounds),
        ("tracks", "Tracks", _tracks),
        ("voices", "Voices", _voices),
    ):
        if kind in kinds:
            for name, about, yaml, samples in make():
                hung(kind, title, Exhibit(name, about, yaml, _file(title, name, ".m4a")), _encoded(samples))
    index = folder / "index.html"
    with whole_or_nothing(index) as temporary, writing(index):
        temporary.write_text(gallery_page(rooms.values(), SMALL), encoding="utf-8")
    return sum(len(room.exhibits) for room in rooms.values())


def _file(title: str, name: str, suffix: str) -> str:
    return f"{'-'.join(f'{title} {name}'.lower().split())}{suffix}"


def _pictured(case: Case) -> Iterator[tuple[Specimen, bytes]]:
    """Each specimen of a case as a WebP."""
    episode = Episode.from_script(Script.model_validate(case.film()))
    timeline = episode.timeline
    spans = [(start, start + scene.length) for start, scene in timeline.starts() if scene.kind == "story"]
    step = max(round(float(timeline.rate) / _FASTEST), 1)
    for specimen, (start, end) in zip(case.specimens, spans, strict=True):
        if specimen.shown == "still":
            yield specimen, _webp([episode.picture(end - 1, captions=False)], 0)
        elif specimen.shown == "face":
            yield specimen, _webp([face(timeline, end - 1, SMALL)], 0)
        elif specimen.shown == "loop":
            # A change between two scenes begins in the one before.
            begun = max(start - _LEAD, 0) if case.kind == "transitions" else start
            frames = range(begun, min(end, begun + _MOST), step)
            yield specimen, _webp(list(episode.pictures(frames, captions=False)), step / float(timeline.rate))


_LEAD, _MOST = 12, 120
"""Frames before a change of scene that its loop begins with; frames of a loop at the most."""


def _webp(pictures: Sequence[Image], seconds: float) -> bytes:
    """Pictures as a WebP that loops for ever."""
    from PIL import Image

    small = [picture.resize(SMALL, Image.Resampling.LANCZOS) for picture in pictures]
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": small[1:], "duration": round(1000 * seconds), "loop": 0}
    small[0].save(buffer, format="WEBP", quality=78, method=4, **(more if len(small) > 1 else {}))
    return buffer.getvalue()


_Sound = tuple[str, str, str, "Samples"]
"""A name, what it is, what to write for it, and how it sounds."""


def _sounds() -> Iterator[_Sound]:
    from storyreel.sound.effects import EFFECTS, effect
    from storyreel.timeline.clock import SAMPLE_RATE

    for name in sorted(EFFECTS):
        yield name, "", f"sfx: {name}", effect(name)[: round(_LONGEST * SAMPLE_RATE)]


def _tracks() -> Iterator[_Sound]:
    from storyreel.film.lists import rows

    for name, sections in rows("tracks"):
        tree = {
            **{"storyreel": 2, "title": name, "music": {"track": name}},
            "scenes": [{"id": "a", "beats": [{"wait": f"{_TRACK:g}s"}]}],
        }
        yield name, sections, f"music: {name}", Episode.from_script(Script.model_validate(tree)).samples()


def _voices() -> Iterator[_Sound]:
    import numpy as np

    from storyreel.sound.resample import resampled
    from storyreel.sound.voice import SAMPLE, VOICES, missing, speaker, voice

    for name in VOICES:
        if missing(name) is None:
            clip, one = voice(name).speak(SAMPLE), speaker(name)
            both = np.repeat(np.asarray(clip.samples, np.float32)[:, None], 2, axis=1)
            about = f"{one.language}, {one.pitch} Hz. {one.character}"
            yield name, about, f"voice: {{use: {name}}}", resampled(both, clip.rate)


def _encoded(samples: Samples) -> bytes:
    from storyreel.render.encode import encode_sound

    return encode_sound(samples)
