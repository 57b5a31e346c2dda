"""The director: a script in, the film as data out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

from storyreel.direct.board import Board
from storyreel.direct.captioning import pages
from storyreel.direct.crowds import peopled
from storyreel.direct.focus import Focus
from storyreel.direct.handing import Handed, handed_over
from storyreel.direct.heard import Heard
from storyreel.direct.lanes import laned
from storyreel.direct.leaving import Way, entered
from storyreel.direct.portrait import direct_portrait
from storyreel.direct.production import Production
from storyreel.direct.reveal import direct_reveal
from storyreel.direct.rushes import Rushes
from storyreel.direct.scenery import Scenery
from storyreel.direct.schedule import Times
from storyreel.direct.speaking import Speaking
from storyreel.direct.story import story
from storyreel.errors import Note, directing
from storyreel.looks import look as look_named
from storyreel.script.captions import CaptionSpec
from storyreel.script.ending import with_first
from storyreel.script.formats import Box, Format, format_of
from storyreel.script.models import Creator, Script
from storyreel.script.sounds import SoundStart
from storyreel.sound.clip import Speech
from storyreel.sound.score import UNKNOWN_TEMPO, Score, is_score, load_track
from storyreel.sound.store import ClipStore
from storyreel.text.chain import FontChain, face
from storyreel.text.setting import layout
from storyreel.timeline.clock import Clock
from storyreel.timeline.excerpt import still
from storyreel.timeline.model import (
    STAGE,
    CaptionChange,
    CaptionPage,
    ClipCue,
    EffectCue,
    MusicCue,
    Scene,
    Sound,
    Timeline,
    Transition,
)
from storyreel.treatment.look import Look

_TALL = 1230.0
"""Height of the safe box that stories are staged in: TikTok's, in stage units."""


@dataclass(frozen=True)
class Direction:
    """A directed film: its timeline, the spoken clips that its sound names, and what is worth a second look."""

    timeline: Timeline
    clips: Mapping[str, Speech]
    notes: tuple[Note, ...] = ()


def direct(
    script: Script,
    base: Path,
    store: ClipStore | None = None,
    shared: Path | None = None,
    rushes: Rushes | None = None,
) -> Direction:
    """Directs a film.

    Args:
        base: the folder whose files the script may name.
        store: keeps what was spoken.
        shared: the folder of the film's series, where files may lie that are not in `base`.
        rushes: of the same film as it was directed last, and then as it is now.

    Raises:
        DirectingError: something the script names is missing or can't be done; it says where.
    """
    look = look_named(script.look)
    form = format_of(script)
    clock = Clock(form.rate)
    stage = _stage(form)
    scale = min(form.width, form.height) / stage
    picture = (form.width / scale, form.height / scale)
    safe = _scaled(form.strict, 1 / scale)
    scenery = Scenery(base, shared)
    speaking = Speaking(store or ClipStore(None), base, script.storyreel)
    with directing("music", "track"):
        drawing = look.exposure.held("cast", clock.rate)
        score = _score(script, scenery)
        times = Times(clock, score.tempo if score is not None else UNKNOWN_TEMPO, score, drawing)
    if script.storyreel >= 2:
        script = peopled(with_first(script), times)
    production = Production(script, scenery, speaking, look, times, picture, safe)
    if rushes is None:
        rushes = Rushes()
    rushes.begin(script)
    shots = story(production, rushes)
    scenes = [scene for one in shots for scene in one.scenes]
    faces = [face for one in shots for face in one.faces]
    ways = [way for one in shots for way in one.ways]
    spans = [span for one in shots for span in one.spans]
    heard = [each for one in shots for each in one.heard]
    effects = [effect for one in shots for effect in one.effects] + production.copies.sounds()
    clips = [clip for one in shots for clip in one.clips]
    start = sum(scene.length for scene in scenes)
    handed = Handed()
    if script.creator is not None and script.reveal:
        creator = script.creator
        with directing("creator"):
            if script.storyreel >= 2:
                handed = _handed(production, creator, shots[-1].last)
                reveal = rushes.take(
                    "", (handed,), start, production, lambda: direct_portrait(production, creator, start, handed)
                )
            else:
                reveal = rushes.take("", (), start, production, lambda: direct_reveal(production, creator, start))
        scenes.append(reveal.scene)
        faces.append((None, None))
        effects += reveal.effects
        clips += reveal.clips
        start += reveal.scene.length
    chain = FontChain(tuple(face(name) for name in look.faces["caption"]))
    middle = picture[0] / 2 if script.storyreel >= 2 else None
    captions = _captions(speaking, chain, look, safe, script, clock, start, middle)
    if script.storyreel >= 2:
        captions = _between_cuts(captions, scenes)

        def ink(page: CaptionPage) -> Box:
            return layout(page, chain, look.caption, safe, script.language).ink

        captions = laned(captions, spans, ink, safe, production.warn)
    timeline = Timeline(
        script.title,
        script.look,
        form.width,
        form.height,
        form.rate,
        safe,
        _joined(script, scenes, faces, ways, look, clock, handed, _silences(speaking, scenes)),
        tuple(speaking.lines),
        captions,
        _sound(script, scenery, speaking, heard, effects, clips),
        script.language,
        stage,
    )
    return Direction(timeline, speaking.clips, tuple(production.notes))


def _handed(production: Production, creator: Creator, last: Board) -> Handed:
    """What the last shot of a story hands over to its reveal."""
    span, seen = last.beats.spans[-1], (last.shooting, last.beats.staging.where)
    return handed_over(production, creator, last.scene.beats[-1], span.end - span.start, last.beats.way, seen)


def _scaled(box: Box, factor: float) -> Box:
    left, top, right, bottom = (value * factor for value in box)
    return left, top, right, bottom


def _stage(form: Format) -> float:
    """The picture's short side in stage units: as many as it takes for a tall picture's action to fit the safe box."""
    short = min(form.width, form.height)
    return max(float(STAGE), _TALL * short / (form.strict[3] - form.strict[1]))


def _score(script: Script, scenery: Scenery) -> Score | None:
    """The music's score; None where there is no music, or a recording."""
    if script.music is None:
        return None
    track = scenery.track(script.music.track)
    return load_track(track) if is_score(track) else None


def _sound(
    script: Script,
    scenery: Scenery,
    speaking: Speaking,
    heard: Sequence[tuple[int, Heard]],
    effects: Sequence[EffectCue],
    clips: Sequence[ClipCue],
) -> Sound:
    """The film's sound; `heard` is what is heard besides in each shot, with its first film frame."""
    said = script.sound or SoundStart()
    widths = tuple(width for _, one in heard for width in one.widths)
    muffles = tuple(muffle for _, one in heard for muffle in one.muffles)
    music: MusicCue | None = None
    if script.music is not None:
        music = MusicCue(
            scenery.track(script.music.track),
            script.music.level,
            tuple((start + frame, level, over) for start, one in heard for frame, level, over in one.levels),
            tuple((start + frame, asked) for start, one in heard for frame, asked in one.sections),
            tuple(muffle for _, one in heard for muffle in one.music_muffles),
        )
    return Sound(
        tuple(speaking.cues),
        tuple(effects),
        music,
        tuple(clips),
        ((0, said.width), *widths) if said.width is not None else widths,
        tuple(hush for _, one in heard for hush in one.hushes),
        ((0, said.muffle), *muffles) if said.muffle is not None else muffles,
    )


def _captions(
    speaking: Speaking,
    chain: FontChain,
    look: Look,
    safe: tuple[float, float, float, float],
    script: Script,
    clock: Clock,
    total: int,
    middle: float | None,
) -> tuple[CaptionPage, ...]:
    """The burned-in captions of what is said."""
    burned = [line for line in speaking.lines if line.burned]
    said = script.captions or CaptionSpec()
    change = CaptionChange(said.size or 1.0, said.colour or "", said.edge or "", said.word or "")
    made = pages(burned, chain, look.caption.sized(change.size), safe, script.language, clock, total, middle)
    return tuple(replace(page, change=change) for page in made)


def _between_cuts(captions: tuple[CaptionPage, ...], scenes: Sequence[Scene]) -> tuple[CaptionPage, ...]:
    """Captions that come no sooner than the cut before their first word, and go with the one behind their last."""
    cuts = [0, *accumulate(scene.length for scene in scenes)]
    return tuple(
        replace(
            page,
            start=max(page.start, max(cut for cut in cuts if cut <= page.words[0].start)),
            end=min(page.end, next((cut for cut in cuts if cut >= page.words[-1].end), page.end)),
        )
        for page in captions
    )


def _silences(speaking: Speaking, scenes: Sequence[Scene]) -> list[int]:
    """For each scene the frames behind the last word that ends in it."""
    ends = [word.end for line in speaking.lines for word in line.words]
    spans = zip(accumulate((scene.length for scene in scenes), initial=0), scenes, strict=False)
    return [
        scene.length - max((end - start for end in ends if start < end <= start + scene.length), default=0)
        for start, scene in spans
    ]


def _joined(
    script: Script,
    scenes: list[Scene],
    faces: list[tuple[Focus, Focus]],
    left: Sequence[Way | None],
    look: Look,
    clock: Clock,
    handed: Handed,
    silences: Sequence[int],
) -> tuple[Scene, ...]:
    """The scenes with the transitions between them: each takes half of its frames from either side.

    `faces` are where each scene begins and ends, for what opens or closes on a face; `left` is how the story's are
    left: as a sheet that lies over the next, perhaps; `handed` is what the last of them hands over to the reveal;
    `silences` are the frames behind each one's last word, which a transition waits for, at half its length if it must.
    """
    joined, block = list(scenes), look.exposure.block(clock.rate)
    ways = {name: scene.enter for scene in script.scenes for name in (scene.id, f"{scene.id}.1")}
    for index in range(1, len(joined)):
        way = left[index - 1]
        if way is not None and way.sheet is not None:
            before = scenes[index - 1]
            joined[index] = entered(way.sheet, still(before, before.length - 1, block), joined[index])
            continue
        over = look.reveal.hands_over if script.storyreel >= 2 else look.reveal_transition
        revealed = "cut" if handed.plain else over
        written = ways.get(joined[index].id) if joined[index].kind == "story" else revealed
        if script.storyreel >= 2 and written is None:
            continue  # shots follow each other by plain cuts
        kind = look.kind(written) if written else look.transition
        most = clock.frames(Fraction(look.lasts(kind)) / 2)
        halves = [min(most, one.length // 2) for one in joined[index - 1 : index + 1]]
        if script.storyreel >= 2:
            halves[0] = min(halves[0], max(silences[index - 1], most // 2))
        both = kind in look.both
        if not both:
            halves = [min(halves)] * 2
        if kind == "cut" or min(halves) < 2:
            continue
        before, after = scenes[index - 1], scenes[index]
        leaving = still(before, before.length - 1, block) if both else None
        coming = still(after, 0, block) if both else None
        joined[index - 1] = replace(joined[index - 1], leave=Transition(kind, halves[0], faces[index - 1][1], coming))
        joined[index] = replace(joined[index], enter=Transition(kind, halves[1], faces[index][0], leaving))
    return tuple(joined)
