"""Lines that are cut short: at a frame the voice breaks off, the mouth shuts, and what is left is neither said nor
written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from storyreel.direct.cast import Performer
from storyreel.direct.moments import asked
from storyreel.direct.schedule import Times, begin
from storyreel.direct.speaking import Interrupted, Speaking
from storyreel.script.dot import Time
from storyreel.script.part import Part
from storyreel.sound.lipsync import REST, MouthCue
from storyreel.timeline.clock import SAMPLE_RATE
from storyreel.timeline.model import Word


def cut_short(part: Part) -> bool:
    """Whether a part's `until` is that of its line, and of nothing else that goes on."""
    return part.say is not None and part.until is not None and not part.touches and not part.do


def ends(until: Time, beat: int, moments: Mapping[str, int], start: int, times: Times) -> int | None:
    """The film frame of a moment; None as long as it hasn't come. `moments` count from the film frame `start` on."""
    name = asked(until)
    if name is not None and name not in moments:
        return None
    return start + begin(until, beat - start, moments, times)


def until_then(words: tuple[Word, ...], end: int) -> tuple[Word, ...]:
    """The words that have begun by a film frame; the first in any case."""
    said = tuple(replace(word, end=min(word.end, end)) for word in words if word.start < end)
    return said or words[:1]


def interrupt(one: Interrupted, end: int, speaking: Speaking, performer: Performer | None, shot: int) -> None:
    """Lets a line break off at a film frame, if it lasts as long; `shot` is the first film frame of the shot."""
    clock, cue = one.clock, speaking.cues[one.cue]
    length = clock.sample(end) - cue.sample
    if not 0 < length < cue.length:
        return
    speaking.cues[one.cue] = replace(cue, length=length)
    who, speech, at = speaking.sounding[one.cue]
    last = at + clock.frames(speech.seconds)
    heard = replace(speech, samples=speech.samples[: length * speech.rate // SAMPLE_RATE])
    speaking.sounding[one.cue] = (who, heard, at)
    line = speaking.lines[one.line]
    speaking.lines[one.line] = replace(line, words=until_then(line.words, end))
    if performer is not None:
        kept = [each for each in performer.mouth if not end <= each.frame + shot <= last + 1]
        performer.mouth = [*kept, MouthCue(end - shot, REST)]
