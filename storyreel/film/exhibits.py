"""What a gallery shows of all that ships: each thing with what to write for it, and how its file is made."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyreel.assets import digest
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.film import puppet_sheet
from storyreel.film.episode import Episode
from storyreel.film.makings import Making, all_made, key_of
from storyreel.film.specimens import Case, Specimen, cases
from storyreel.publish.gallery_page import Exhibit, Room
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
_LEAD, _MOST = 12, 120
"""Frames before a change of scene that its loop begins with; frames of a loop at the most."""


@dataclass(frozen=True)
class Hung:
    """An exhibit, under which heading it hangs, and how its file is made."""

    kind: str
    title: str
    exhibit: Exhibit
    making: Making


def rooms_of(kinds: Sequence[str]) -> list[Room]:
    """The rooms of a gallery that shows these kinds; nothing is drawn yet.

    Raises:
        StoryreelError: there is no such kind.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise StoryreelError(f"a gallery shows no {kind}{did_you_mean(kind, KINDS)}")
    rooms: dict[str, Room] = {}
    for one in _hung(tuple(kinds)):
        before = rooms.get(one.title, Room(one.kind, one.title, ()))
        rooms[one.title] = Room(one.kind, one.title, (*before.exhibits, one.exhibit))
    return list(rooms.values())


def made(kinds: Sequence[str]) -> Iterator[bytes]:
    """The files of a gallery's exhibits, in the order in which its rooms have them.

    Raises:
        RenderError: one can't be made.
    """
    return all_made(partial(_makings, tuple(kinds)))


def making_of(kind: str, file: str) -> Making | None:
    """How the file of one exhibit is made; None where there is none of that name."""
    found = (one.making for one in (_hung((kind,)) if kind in KINDS else ()) if one.exhibit.file == file)
    return next(found, None)


def _makings(kinds: tuple[str, ...]) -> list[Making]:
    return [one.making for one in _hung(kinds)]


@cache
def _hung(kinds: tuple[str, ...]) -> tuple[Hung, ...]:
    """All of these kinds, those of a room beside each other."""
    found: list[Hung] = []
    for case in cases(frozenset(kinds)):
        found += _of_case(case)
    for kind, list_ in (("sounds", _sounds), ("tracks", _tracks), ("voices", _voices)):
        if kind in kinds:
            title = kind.capitalize()
            for name, about, yaml, script, make in list_():
                exhibit = Exhibit(name, about, yaml, _file(title, name, ".m4a"))
                found.append(Hung(kind, title, exhibit, Making(key_of(f"{kind} {name}", script, _here()), make)))
    return tuple(found)


@cache
def _here() -> str:
    """Digest of how pictures and sounds are made here."""
    return "".join(digest(Path(file)) for file in (__file__, puppet_sheet.__file__))


def _file(title: str, name: str, suffix: str) -> str:
    return f"{'-'.join(f'{title} {name}'.lower().split())}{suffix}"


def _of_case(case: Case) -> Iterator[Hung]:
    script = Script.model_validate(case.film())
    film = cache(lambda: Episode.from_script(script))
    for number, one in enumerate(case.specimens):
        if one.shown != "hidden":
            exhibit = Exhibit(one.name, one.about, one.yaml, _file(case.title, one.name, ".webp"))
            key = key_of("exhibit", script, case.kind, number, one.shown, _here())
            yield Hung(case.kind, case.title, exhibit, Making(key, partial(_pictured, case.kind, one, number, film)))


def _pictured(kind: str, specimen: Specimen, number: int, film: Callable[[], Episode]) -> bytes:
    """A specimen, the scene of that number of its film, as a WebP."""
    timeline = film().timeline
    spans = [(start, start + scene.length) for start, scene in timeline.starts() if scene.kind == "story"]
    start, end = spans[number]
    if specimen.shown == "still":
        return webp([film().picture(end - 1, captions=False)], SMALL)
    if specimen.shown == "face":
        return webp([puppet_sheet.face(timeline, end - 1, SMALL)], SMALL)
    step = max(round(float(timeline.rate) / _FASTEST), 1)
    # A change between two scenes begins in the one before.
    begun = max(start - _LEAD, 0) if kind == "transitions" else start
    frames = range(begun, min(end, begun + _MOST), step)
    return webp(film().pictures(frames, captions=False), SMALL, step / float(timeline.rate))


def webp(pictures: Iterable[Image], size: tuple[int, int], seconds: float = 0) -> bytes:
    """Pictures as a WebP; several loop for ever, each so many seconds."""
    from PIL import Image

    small = [picture.resize(size, Image.Resampling.LANCZOS) for picture in pictures]
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": small[1:], "duration": round(1000 * seconds), "loop": 0}
    small[0].save(buffer, format="WEBP", quality=78, method=4, **(more if len(small) > 1 else {}))
    return buffer.getvalue()


_Sound = tuple[str, str, str, Script, Callable[[], bytes]]
"""A name, what it is, what to write for it, a film that it is heard in, and its bytes."""


def _film(name: str, **more: Any) -> Script:
    scenes = [{"id": "a", "beats": [{"wait": f"{_TRACK:g}s"}]}]
    return Script.model_validate({"storyreel": 2, "title": name, **more, "scenes": scenes})


def _sounds() -> Iterator[_Sound]:
    from storyreel.sound.effects import EFFECTS, effect
    from storyreel.timeline.clock import SAMPLE_RATE

    def heard(name: str) -> bytes:
        return encoded(effect(name)[: round(_LONGEST * SAMPLE_RATE)])

    for name in sorted(EFFECTS):
        yield name, "", f"sfx: {name}", _film(name), partial(heard, name)


def _tracks() -> Iterator[_Sound]:
    from storyreel.film.lists import rows

    def heard(script: Script) -> bytes:
        return encoded(Episode.from_script(script).samples())

    for name, sections in rows("tracks"):
        script = _film(name, music={"track": name})
        yield name, sections, f"music: {name}", script, partial(heard, script)


def _voices() -> Iterator[_Sound]:
    import numpy as np

    from storyreel.sound.resample import resampled
    from storyreel.sound.voice import SAMPLE, VOICES, missing, speaker, voice

    def heard(name: str) -> bytes:
        clip = voice(name).speak(SAMPLE)
        both = np.repeat(np.asarray(clip.samples, np.float32)[:, None], 2, axis=1)
        return encoded(resampled(both, clip.rate))

    for name in VOICES:
        if missing(name) is None:
            one = speaker(name)
            about = f"{one.language}, {one.pitch} Hz. {one.character}"
            yield name, about, f"voice: {{use: {name}}}", _film(name), partial(heard, name)


def encoded(samples: Samples) -> bytes:
    """Sound as a small file that browsers play."""
    from storyreel.render.encode import encode_sound

    return encode_sound(samples)
