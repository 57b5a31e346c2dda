"""In which size and how finely a film is rendered: as it is, as a draft, or quickly."""

from __future__ import annotations

from dataclasses import replace

from storyreel.looks import look, pen
from storyreel.paint.finish import cells
from storyreel.render.encode import EncoderSettings
from storyreel.timeline.model import Timeline

DRAFT_SHORT_SIDE = 540
DRAFT_PRESET, DRAFT_CRF = "superfast", 23
"""A draft's file takes a quarter of what libx264's quickest preset makes of it with the film's own rate factor, which
is more than the film itself takes; encoding it takes 8 ms a frame instead of 6, beside what drawing takes."""

QUICK_PRESET, QUICK_CRF, QUICK_AHEAD = "superfast", 17, 10
"""As fine as a film's own, in three fifths of the time, for a quarter to a third more bytes (benchmarks/README.md)."""


def encoder_settings(
    timeline: Timeline, draft: bool = False, crf: int | None = None, quick: bool = False
) -> EncoderSettings:
    """How a timeline's pictures are encoded; a draft more quickly, and more coarsely unless `crf` says how; with
    `quick` more quickly, and larger."""
    settings = EncoderSettings(timeline.width, timeline.height, timeline.rate)
    if draft:
        settings = replace(settings, preset=DRAFT_PRESET, crf=DRAFT_CRF)
    elif quick:
        settings = replace(settings, preset=QUICK_PRESET, crf=QUICK_CRF, ahead=QUICK_AHEAD)
    return settings if crf is None else replace(settings, crf=crf)


def drafted(timeline: Timeline) -> Timeline:
    """The same film in a small picture, its short side at most `DRAFT_SHORT_SIDE` pixels.

    Where the look works in cells, the picture has as many of them as the film, if so many pixels can show them.
    """
    short = min(timeline.width, timeline.height)
    # Only a crisp look works in cells: for no other one what it draws with is loaded here.
    if look(timeline.look).kit.crisp:
        cell, *sides = cells(pen(timeline.look).finish, timeline.width, timeline.height)
        if cell > 1:
            factor = min(max(DRAFT_SHORT_SIDE // min(sides), 1), cell)
            width, height = (-(-side * factor // 2) * 2 for side in sides)
            return replace(timeline, width=width, height=height)
    share = min(1.0, DRAFT_SHORT_SIDE / short)
    width, height = (max(2, round(side * share / 2) * 2) for side in (timeline.width, timeline.height))
    return replace(timeline, width=width, height=height)
