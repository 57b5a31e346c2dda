"""What workers do while a film is read and directed, so that its first chunks find everything loaded.

A film's start is one step after the other: its file is read, its lines are spoken, it is directed. Most of that is the
interpreter's own work, which threads can't share, while the workers would stand idle.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.errors import StoryreelError
from storyreel.script.files import is_sheet

if TYPE_CHECKING:
    from storyreel.puppet.rig import ReadRig
    from storyreel.render.pool import Pool
    from storyreel.render.shelf import Wanted
    from storyreel.script.models import Script, VoiceSpec
    from storyreel.sound.clip import Speech
    from storyreel.sound.store import ClipStore

Colours = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Utterance:
    """A line to be spoken, with what decides how (`storyreel.sound.store.ClipStore.speech`); its manner comes after."""

    text: str
    voice: str
    pitch: float
    formant: float
    speed: float
    seed: int = 7

    @property
    def key(self) -> str:
        """The key of its clip."""
        from storyreel.sound.store import clip_key

        return clip_key(self.text, self.voice, self.pitch, self.formant, self.speed, self.seed)


@dataclass(frozen=True)
class LoadingVoices:
    """Loads the voice that most films speak with; others are large, and wait until it is known who is cast."""

    def run(self) -> None:
        """Leaves it in memory."""
        from storyreel.script.models import VoiceSpec
        from storyreel.sound.voice import voice

        voice(VoiceSpec().use)


@dataclass(frozen=True)
class Speaking:
    """Speaks lines."""

    lines: tuple[Utterance, ...]

    def run(self) -> tuple[Speech | None, ...]:
        """The clip of each line; None for one that can't be spoken: whoever directs it is told why."""
        from storyreel.sound.voice import forget

        clips = tuple(map(_spoken, self.lines))
        # A worker that draws has no use for the voices, and they are large.
        forget()
        return clips


def _spoken(line: Utterance) -> Speech | None:
    from storyreel.sound.voice import voice

    try:
        return voice(line.voice).speak(
            line.text, pitch=line.pitch, formant=line.formant, speed=line.speed, seed=line.seed
        )
    except StoryreelError:
        return None


@dataclass(frozen=True)
class LoadingPictures:
    """Loads what draws in a look, and drawings; where the look treats them, they are treated and kept.

    Attributes:
        look: its name; with none only what draws any look is loaded.
        puppets: as `storyreel.stage.body.body` takes them, and in which manner each is drawn.
        stills: sets, all of their planes.
        rigs: rigs of these and of later puppets, so that no worker reads one again.
        share: of the treating, which of how many hands this is: what one treats no other does.
    """

    look: str = ""
    puppets: tuple[tuple[Path, Path | None, Colours, str], ...] = ()
    stills: tuple[Path, ...] = ()
    rigs: tuple[ReadRig, ...] = ()
    share: tuple[int, int] = (0, 1)

    def run(self) -> None:
        """Leaves them in memory.

        Raises:
            StoryreelError: a drawing is missing or has mistakes.
        """
        importlib.import_module("storyreel.render.reel")
        if not self.look:
            return
        from storyreel.looks import pen
        from storyreel.puppet.rig import take
        from storyreel.stage.body import body
        from storyreel.stage.still import DrawnPart

        with_pen = pen(self.look)
        for found in self.rigs:
            take(found)
        if with_pen.treatment.redraws:
            from storyreel.render.shelf import treat

            first, hands = self.share
            treat(with_pen, tuple(self.wanted())[first::hands])
            return
        for drawing, rig, colours, _ in self.puppets:
            body(drawing, rig, colours)
        for still in self.stills:
            DrawnPart.load(still)

    def wanted(self) -> Iterator[Wanted]:
        """What of it the look treats, and where that stands."""
        from storyreel.puppet.planes import planes
        from storyreel.puppet.svg import read_drawing
        from storyreel.render.shelf import boiled
        from storyreel.stage.kept import Figure, Still
        from storyreel.treatment.contract import Place

        for path, rig, colours, manner in self.puppets:
            if rig is None or not is_sheet(rig.name):
                yield from boiled(self.look, Figure(path, rig, colours), Place("cast", manner=manner))
        for path in self.stills:
            for part, depth in planes(read_drawing(path)):
                yield from boiled(self.look, Still(path, (), part), Place("set", plane=depth))


def pictures(script: Script, base: Path) -> LoadingPictures:
    """What a script's first scene is drawn with, and the rigs of its whole cast, read here; `base` is its folder.

    Later scenes' drawings wait for their chunks: while a film is directed there is not a core to spare for them, and
    no worker shows them all.

    Raises:
        StoryreelError: a drawing is missing, or has mistakes.
    """
    from storyreel.direct.scenery import Scenery
    from storyreel.puppet.rig import sourced

    scenery, scene = Scenery(base), script.scenes[0]
    puppets, rigs = [], {}
    for name, member in script.cast.items():
        drawing = scenery.drawing(member.puppet, "puppets")
        rigs[drawing] = sourced(drawing)
        if name in scene.cast:
            _, content = scenery.puppet(member)
            rig = Path(content.rig.path) if content.rig is not None else None
            manner = "inset" if scene.cast[name].in_ else "hero"
            puppets.append((Path(content.drawing.path), rig, content.colours, manner))
    stills = () if is_sheet(scene.set) else (scenery.drawing(scene.set, "sets"),)
    return LoadingPictures(script.look, tuple(puppets), stills, tuple(rigs.values()))


def utterances(script: Script) -> tuple[Utterance, ...]:
    """Every line that a voice speaks, each way of saying it once."""
    from storyreel.script.ending import spoken, with_first
    from storyreel.script.voice import voice_of

    said: dict[Utterance, None] = {}

    def say(text: str | None, voice: VoiceSpec | None) -> None:
        if text and voice is not None:
            said[Utterance(text, voice.use, voice.pitch, voice.formant, voice.speed)] = None

    voices = {name: member.voice for name, member in script.cast.items()}
    for scene in with_first(script).scenes:
        for beat in scene.beats:
            for name, parts in beat.parts.items():
                for part in parts:
                    if part.recording is None:
                        say(part.say, voice_of(voices.get(name), part.voice, script.storyreel))
    if script.creator is not None and script.reveal:
        say(spoken(script, script.creator), voices.get(script.creator.puppet or next(iter(voices), "")))
    return tuple(said)


def begin(pool: Pool) -> None:
    """Has a film's voices loaded before anything is known of the film.

    The other workers wait until it is read: this process and the voices are what everything waits for.
    """
    pool.workers[0].get_ready(LoadingVoices())


def speak(pool: Pool, script: Script, base: Path, store: ClipStore) -> None:
    """Has a worker speak what a film needs and the store lacks, and all of them load what its first scene draws."""
    from storyreel.render.pool import WorkerDied

    voices, *others = pool.workers
    try:
        rehearsal = pictures(script, base)
    except StoryreelError:
        # The director says what is missing, and where.
        rehearsal = LoadingPictures()
    for number, worker in enumerate(others):
        worker.get_ready(replace(rehearsal, share=(number, len(others))))
    missing = tuple(line for line in utterances(script) if store.kept(line.key) is None)
    if missing:
        try:
            clips = voices.errand(Speaking(missing))
        except WorkerDied:
            # Nothing is lost but time: what the store lacks is spoken where it is directed.
            clips = ()
        for line, clip in zip(missing, clips, strict=False):
            if clip is not None:
                store.keep(line.key, clip)
    # What is treated the others have treated, or will have soon.
    voices.get_ready(replace(rehearsal, share=(len(others), len(others))) if others else rehearsal)
