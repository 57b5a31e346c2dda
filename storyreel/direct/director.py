"""The director: a script in, the film as data out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

from storyreel.direct.board import Board
from storyreel.direct.captioning import pages
from storyreel.direct.carried import Carried
from storyreel.direct.copies import Copies
from storyreel.direct.crowds import peopled
from storyreel.direct.focus import Focus
from storyreel.direct.footage import Looped, loop_effects
from storyreel.direct.handing import Handed, handed_over
from storyreel.direct.heard import Asked
from storyreel.direct.lanes import Span, laned
from storyreel.direct.leaving import Way, entered
from storyreel.direct.portrait import direct_portrait
from storyreel.direct.production import Production
from storyreel.direct.reveal import direct_reveal
from storyreel.direct.scenery import Scenery
from storyreel.direct.schedule import Times
from storyreel.direct.setups import Take, takes
from storyreel.direct.speaking import Speaking
from storyreel.errors import Note, directing
from storyreel.looks import look as look_named
from storyreel.script.captions import CaptionSpec
from storyreel.script.ending import with_first
from storyreel.script.formats import Box, Format, format_of
from storyreel.script.models import Creator, Script
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


def direct(script: Script, base: Path, store: ClipStore | None = None, shared: Path | None = None) -> Direction:
    """Directs a film; `base` is the folder whose files the script may name, `store` keeps what was spoken.

    Files that are not in `base` may lie in `shared`, the folder of the film's series.

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
    scenes: list[Scene] = []
    ways: list[Way | None] = []
    faces: list[tuple[Focus, Focus]] = []
    effects: list[EffectCue] = []
    clips: list[ClipCue] = []
    widths: list[tuple[int, float]] = []
    hushes: list[tuple[int, int]] = []
    muffles: list[tuple[int, str]] = []
    sections: list[tuple[int, Asked]] = []
    levels: list[tuple[int, float, int]] = []
    music_muffles: list[tuple[int, str]] = []
    if script.sound is not None:
        widths += [(0, script.sound.width)] if script.sound.width is not None else []
        muffles += [(0, script.sound.muffle)] if script.sound.muffle is not None else []
    bars = (0.0, 0.0)
    spans: list[Span] = []
    start = 0
    film = {scene.id: scene for scene in script.scenes}
    loops: dict[str, Looped] = {}
    for clip in (scene for scene in script.scenes if scene.clip):
        board = Board(production, next(takes(clip, film)), 0)
        production.clips[clip.id] = board.freeze()
        loops[clip.id] = Looped(tuple(board.beats.effects), board.beats.length)
    production = replace(production, copies=Copies())  # what clips are heard doing isn't heard
    for written in (scene for scene in script.scenes if not scene.clip):
        carried: Carried | None = None
        for take in takes(written, film) if script.storyreel >= 2 else (Take(written, written.id),):
            board = Board(production, take, start, sections, carried, ways[-1] if ways else None, bars)
            scenes.append(board.freeze())
            ways.append(board.beats.way)
            bars = board.beats.bars.left(board.beats.length)
            carried = board.left() if take.among is not None else None
            faces.append(board.faces())
            spans.append(board.span())
            effects += board.beats.effects
            things = board.things.by_name
            effects += (
                one
                for thing in things.values()
                if board.shooting.shows(thing.name)
                for one in loop_effects(thing, things, loops, start, board.beats.length)
            )
            heard = board.beats.heard
            widths += heard.widths
            hushes += heard.hushes
            muffles += heard.muffles
            music_muffles += heard.music_muffles
            clips += board.clips()
            sections += [(start + frame, asked) for frame, asked in heard.sections]
            levels += [(start + frame, level, over) for frame, level, over in heard.levels]
            start += board.beats.length
    effects += production.copies.sounds()
    handed = Handed()
    if script.creator is not None and script.reveal:
        creator = script.creator
        with directing("creator"):
            if script.storyreel >= 2:
                handed = _handed(production, creator, board)
                reveal = direct_portrait(production, creator, start, handed)
            else:
                reveal = direct_reveal(production, creator, start)
        scenes.append(reveal.scene)
        faces.append((None, None))
        effects += reveal.effects
        clips += reveal.clips
        start += reveal.scene.length
    chain = FontChain(tuple(face(name) for name in look.faces["caption"]))
    middle = picture[0] / 2 if script.storyreel >= 2 else None
    captions = _captions(speaking, chain, look, safe, script, clock, start, middle)
    if script.storyreel >= 2:
        captions = _until_cuts(captions, scenes)

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
        Sound(
            tuple(speaking.cues),
            tuple(effects),
            _music(script, scenery, sections, levels, music_muffles),
            tuple(clips),
            tuple(widths),
            tuple(hushes),
            tuple(muffles),
        ),
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


def _music(
    script: Script,
    scenery: Scenery,
    sections: list[tuple[int, Asked]],
    levels: list[tuple[int, float, int]],
    muffles: list[tuple[int, str]],
) -> MusicCue | None:
    if script.music is None:
        return None
    return MusicCue(
        scenery.track(script.music.track), script.music.level, tuple(levels), tuple(sections), tuple(muffles)
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


def _until_cuts(captions: tuple[CaptionPage, ...], scenes: Sequence[Scene]) -> tuple[CaptionPage, ...]:
    """Captions that go with the cut behind their last word, where one comes before their time is over."""
    cuts = list(accumulate(scene.length for scene in scenes))
    return tuple(
        replace(page, end=min(page.end, next((cut for cut in cuts if cut >= page.words[-1].end), page.end)))
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
