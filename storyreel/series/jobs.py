"""What workers do for a film of a batch beside drawing its chunks: direct it, mix its sound, look the result over."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.errors import DirectingError, Place, Problem, SceneError, StoryreelError, did_you_mean
from storyreel.render.film import Plan, plan
from storyreel.script.captions import Captions, over
from storyreel.script.ending import written
from storyreel.script.models import Creator, CustomFormat, Script
from storyreel.script.series import Entry

if TYPE_CHECKING:
    from storyreel.publish.captions import Phrase
    from storyreel.sound.clip import Speech
    from storyreel.source.places import Places
    from storyreel.timeline.model import Timeline

TEMPO = 120.0
"""Music beats a minute that a cover's time is counted in where there is no music."""


@dataclass(frozen=True)
class FilmOrder:
    """One film of a batch: a scene file in one format and look.

    Attributes:
        name: what its files are called.
        scene: the scene file.
        entry: what the series says about it.
        own: keys that its own entry in the series says, and not just what is shared.
        series: the folder of the series, where there is one.
        form, look: instead of the scene's own.
        captions: where they go.
        draft: small and quick.
        titled: its cover has its title on it.
        script: what it says, where it was built in Python and stands in no file; `scene` is then a name for it in the
            folder whose files it may use.
        place: where the series names it.
    """

    name: str
    scene: Path
    entry: Entry
    own: frozenset[str] = frozenset()
    series: Path | None = None
    form: str | CustomFormat | None = None
    look: str | None = None
    captions: Captions = "both"
    draft: bool = False
    titled: bool = True
    script: Script | None = None
    place: Place | None = None


@dataclass(frozen=True)
class Refused:
    """Why a film can't be made: problems with their places in the author's files."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Directed:
    """A directed film.

    Attributes:
        plan: its chunks; its timeline is in the size that is rendered.
        clips: what is spoken in it, by key.
        sound_key: the key of its encoded sound.
        phrases: its captions.
        format: its format's name.
        creator, hashtags: for its post.
        cover: the frame that its entry names for the cover.
        notes: what the author should know.
        cpu: CPU seconds that directing took.
    """

    plan: Plan
    clips: Mapping[str, Speech]
    sound_key: str
    phrases: tuple[Phrase, ...]
    format: str
    creator: Creator | None
    hashtags: tuple[str, ...]
    cover: int | None
    notes: tuple[str, ...] = ()
    cpu: float = 0.0

    @property
    def timeline(self) -> Timeline:
        """The film as data."""
        return self.plan.timeline


@dataclass(frozen=True)
class Checked:
    """A film's files are as they should be."""


@dataclass(frozen=True)
class Checking:
    """Reads a scene file, and does nothing more."""

    film: FilmOrder

    def run(self) -> Checked | Refused:
        """Gives what is wrong with it, if anything."""
        try:
            script_of(self.film)
        except StoryreelError as error:
            return _refused(self.film, error)
        return Checked()


@dataclass(frozen=True)
class Directing:
    """Reads a scene file, speaks its lines and directs it; `clips` is the folder where spoken lines are kept."""

    film: FilmOrder
    clips: Path

    def run(self) -> Directed | Refused:
        """Gives the directed film, or what is wrong with it."""
        from storyreel.film.reading import located

        began = time.process_time()
        try:
            return self._directed(began)
        except DirectingError as error:
            return _refused(self.film, located(error, *_said(self.film)))
        except StoryreelError as error:
            return _refused(self.film, error)

    def _directed(self, began: float) -> Directed:
        from storyreel.direct.director import direct
        from storyreel.publish.captions import phrases
        from storyreel.render.keys import fingerprint_of, sound_key
        from storyreel.script.formats import format_of
        from storyreel.sound.store import ClipStore

        film = self.film
        script, notes = _read(film)
        store = ClipStore(self.clips)
        directed = direct(script, film.scene.parent, store, film.series)
        timeline = directed.timeline
        # The film's key is made of this too, so another loudness is another film.
        key = sound_key(timeline)
        if film.entry.loudness is not None:
            key = fingerprint_of("loudness", film.entry.loudness, key)
        return Directed(
            plan(timeline, key, draft=film.draft, captions=film.captions in ("burn", "both")),
            directed.clips,
            key,
            phrases(timeline.lines, timeline.clock, timeline.length),
            format_of(script).name,
            _revealed(script),
            tuple(script.hashtags),
            _cover(film.entry, timeline),
            (*notes, *filter(None, [store.trouble])),
            time.process_time() - began,
        )


def _revealed(script: Script) -> Creator | None:
    """The creator, with the message that the film's card writes."""
    creator = script.creator
    return creator.model_copy(update={"message": written(script, creator)}) if creator is not None else None


def _refused(film: FilmOrder, error: StoryreelError) -> Refused:
    """What an error says, with places where it has none."""
    if isinstance(error, SceneError):
        return Refused(error.problems)
    return Refused((Problem(Place(str(film.scene)), str(error)),))


def _cover(entry: Entry, timeline: Timeline) -> int | None:
    if entry.cover is None:
        return None
    frame = timeline.clock.frames(entry.cover.seconds(Fraction(timeline.rate), TEMPO))
    if frame >= timeline.length:
        seconds = timeline.clock.seconds(timeline.length)
        raise StoryreelError(f"there is no cover at {entry.cover}: the film lasts {seconds:.2f} s")
    return frame


def script_of(film: FilmOrder) -> Script:
    """The script of a film with what its series says about it.

    Raises:
        SceneError: everything that is wrong with its scene file, or with its series' intro or outro.
    """
    return _read(film)[0]


def _read(film: FilmOrder) -> tuple[Script, tuple[str, ...]]:
    """The script of a film with what its series says about it, and what its author should know of it."""
    from storyreel.script.hints import hints

    (script, places), entry = _said(film), film.entry
    creator = entry.creator if "creator" in film.own else script.creator or entry.creator
    if creator is not None and entry.message is not None:
        creator = creator.model_copy(update={"message": entry.message})
    changes = {
        "title": entry.title or script.title,
        "hashtags": [*dict.fromkeys([*script.hashtags, *entry.hashtags])],
        "creator": creator,
        "look": film.look or script.look,
        "format": film.form or script.format,
        "captions": over(script.captions, entry.captions),
    }
    script = script.model_copy(update=changes)
    notes = tuple(map(str, hints(script, places)))
    for name, first in ((entry.intro, True), (entry.outro, False)):
        if name is not None and film.series is not None:
            script = _with_scenes(script, film.series / name, first)
    return script, notes


def _said(film: FilmOrder) -> tuple[Script, Places]:
    """What a film's scene file says, or its script, and where everything in it stands."""
    from storyreel.film.reading import read, written_places

    if film.place is not None and film.script is None and not film.scene.exists():
        there = [path.name for path in film.scene.parent.glob("*.yaml")]
        said = f"there is no scene file {film.scene}{did_you_mean(film.scene.name, there)}"
        raise SceneError([Problem(film.place, said)])
    return read(film.scene) if film.script is None else (film.script, written_places(film.script))


def _with_scenes(script: Script, path: Path, first: bool) -> Script:
    """A script with the scenes of another scene file before or after its own."""
    from storyreel.film.reading import read

    part, places = read(path)
    problems = []
    for name, member in part.cast.items():
        if script.cast.get(name, member) != member:
            said = f"'{name}' is someone else in the film '{script.title}'; give one of the two another name"
            problems.append(Problem(places.key(("cast", name)), said))
    ids = {scene.id for scene in script.scenes}
    for index, scene in enumerate(part.scenes):
        if scene.id in ids:
            said = f"the film '{script.title}' has a scene '{scene.id}' too; give this one another id"
            problems.append(Problem(places(("scenes", index, "id")), said))
    if problems:
        raise SceneError(problems)
    scenes = [*part.scenes, *script.scenes] if first else [*script.scenes, *part.scenes]
    return script.model_copy(update={"scenes": scenes, "cast": {**script.cast, **part.cast}})


@dataclass(frozen=True)
class Mixing:
    """Mixes, masters and encodes a film's sound; `loudness` in LUFS, the usual one if None."""

    timeline: Timeline
    clips: Mapping[str, Speech]
    loudness: float | None = None

    def run(self) -> Mixed:
        """Gives the sound as AAC."""
        from storyreel.render.encode import encode_sound
        from storyreel.sound.loudness import TARGET_LUFS, master
        from storyreel.sound.mix import mix

        began = time.process_time()
        target = TARGET_LUFS if self.loudness is None else self.loudness
        encoded = encode_sound(master(mix(self.timeline, self.clips), target))
        return Mixed(encoded, time.process_time() - began)


@dataclass(frozen=True)
class Mixed:
    """A film's encoded sound, and the CPU seconds it took."""

    sound: bytes
    cpu: float


@dataclass(frozen=True)
class Reviewing:
    """Measures a finished film as it will be heard, and draws its cover with a title on it, if there is one; `cache` is
    the folder of finished pieces."""

    film: Path
    timeline: Timeline
    cover: Path
    cover_at: int | None = None
    title: str = ""
    cache: Path | None = None

    def run(self) -> Review:
        """Gives what was measured."""
        from storyreel.publish.poster import write_cover
        from storyreel.render.cache import Cache
        from storyreel.sound.interchange import decoded
        from storyreel.sound.loudness import loudness, true_peak

        began = time.process_time()
        cache = Cache(self.cache) if self.cache is not None else None
        write_cover(self.timeline, self.cover, self.cover_at, self.title, cache)
        sound = decoded(self.film)
        return Review(loudness(sound), true_peak(sound), self.film.stat().st_size, time.process_time() - began)


@dataclass(frozen=True)
class Review:
    """What was measured on a finished film.

    Attributes:
        lufs, dbtp: integrated loudness and true peak of its decoded sound; minus infinity for silence.
        size: in bytes.
        cpu: CPU seconds that it took.
    """

    lufs: float
    dbtp: float
    size: int
    cpu: float = field(default=0.0, compare=False)
