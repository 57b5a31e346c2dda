"""What is said in a shot: whole or in pieces, by one or by several, and where it can be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from storyreel.direct.cast import Cast, Performer
from storyreel.direct.interrupted import cut_short, ends, interrupt, until_then
from storyreel.direct.moments import asked, line_moments
from storyreel.direct.production import Production
from storyreel.direct.schedule import begin
from storyreel.direct.shooting import Shooting
from storyreel.direct.speakers import speaker_colour
from storyreel.direct.speaking import Interrupted, Waiting, timed_words
from storyreel.script.dot import Time
from storyreel.script.models import Part
from storyreel.script.props import Pane, Phone
from storyreel.sound.clip import OPEN, Speech
from storyreel.sound.lipsync import MouthCue, hold_for, mouths
from storyreel.text.words import words as spelt_words
from storyreel.timeline.model import Line, Word

AFTER_SPEECH = Fraction(1, 6)
"""Seconds of air after a line before the next beat begins."""
_SMALL, _FAR = 0.05, 0.5
"""What share of the picture a pane takes up from which one speaks as from afar, and on which plane it is far away."""
_PAUSE = " / "
_LANES = frozenset(("lane", "low", "high"))


@dataclass(frozen=True)
class Piece:
    """A piece of a line: what is said, what is written, where, and what it waits for (None: the part's start).

    `whole` is all that will have been written there at the end of the line.
    """

    said: str
    written: str
    on: str
    waits: Time | None
    whole: str = ""


def pieces(part: Part) -> list[Piece]:
    """The pieces of a line: each « / » waits for a `resume`; those without one come with the last that has one."""
    waits: list[Time | None] = [None, *part.resume]
    said = _joined((part.say or "").split(_PAUSE), len(waits))
    written = _joined((part.as_ or part.say or "").split(_PAUSE), len(said))
    places = part.on or [""]
    told = [
        Piece(text, written[min(number, len(written) - 1)], places[min(number, len(places) - 1)], waits[number])
        for number, text in enumerate(said)
    ]
    return [replace(one, whole=" ".join(other.written for other in told if other.on == one.on)) for one in told]


def _joined(parts: list[str], most: int) -> list[str]:
    return [*parts[: most - 1], " ".join(parts[most - 1 :])] if len(parts) > most else parts


class Lines:
    """The lines of one shot; `voices` is who speaks, line by line."""

    def __init__(self, production: Production, cast: Cast, shooting: Shooting, start: int) -> None:
        self.production, self.cast, self.shooting, self.start = production, cast, shooting, start
        self.clock, self.times = production.clock, production.times
        self.voices: list[str] = []
        self.late: list[Waiting] = []

    def say(self, one: Performer, part: Part, at: int, beat: int, moments: dict[str, int]) -> int:
        """Says a line from a frame on; gives the frame at which it is over. `beat` is its beat's first frame."""
        if self.production.script.storyreel < 2:
            return self._piece(one, part, Piece(part.say or "", part.say or "", "", None), at, moments, True)
        if part.early is not None:
            at = max(at - self.times.frames(part.early), -self.start)
        told, end = pieces(part), at
        for number, piece in enumerate(told):
            last = number + 1 == len(told)
            if piece.waits is not None:
                name = asked(piece.waits)
                if name is not None and name not in moments:
                    waiting = Waiting(one.name, part, number, piece.waits)
                    self.late.append(waiting)
                    continue
                at = max(begin(piece.waits, beat, moments, self.times), end)
            end = self._piece(one, part, piece, at, moments, last, beat)
        return end

    def take_up(self, moments: dict[str, int]) -> int:
        """Goes on with lines whose moment has come in this beat; gives the frame at which the last is over."""
        speaking, end = self.production.speaking, 0
        waiting, speaking.waiting, self.late = [*speaking.waiting, *self.late], [], []
        for late in waiting:
            name = asked(late.moment)
            if name not in moments or late.speaker not in self.cast.by_name:
                speaking.waiting.append(late)
                continue
            told = pieces(late.part)
            at = begin(late.moment, 0, moments, self.times)
            one = self.cast.by_name[late.speaker]
            last = late.number + 1 == len(told)
            end = max(end, self._piece(one, late.part, told[late.number], at, moments, last))
        self._interrupt(moments)
        return end

    def _interrupt(self, moments: dict[str, int]) -> None:
        """Cuts those lines short whose moment has come in this beat."""
        speaking, waiting = self.production.speaking, self.production.speaking.interrupted
        speaking.interrupted = []
        for line in waiting:
            end = ends(line.until, line.beat, moments, self.start, self.times)
            if end is None:
                speaking.interrupted.append(line)
            else:
                interrupt(line, end, speaking, self.cast.by_name.get(line.who), self.start)

    def _piece(
        self, one: Performer, part: Part, piece: Piece, at: int, moments: dict[str, int], last: bool, beat: int = 0
    ) -> int:
        production, clock = self.production, self.clock
        speaking, cast = production.speaking, production.script.cast
        spoken = part if piece.said == part.say else part.model_copy(update={"say": piece.said})
        key, speech = speaking.clip(spoken, one.name, cast, self._through(one.name))
        self.voices.append(one.name)
        words = timed_words(speech, piece.said, self.start + at, clock)
        breaks = self._breaks(part, at, beat, moments)
        words = until_then(words, breaks) if breaks is not None else words
        burned = part.caption and (not piece.on or piece.on in _LANES)
        shown = as_written(words, piece.written) if piece.written != piece.said else words
        told = Line(self.shooting.take.scene.id, one.name, shown, burned=burned)
        if production.script.storyreel >= 2:
            lane = self.shooting.lane
            burned = burned and lane != "none"
            told = replace(told, burned=burned, lane=lane, colour=speaker_colour(one.rig, one.content, cast[one.name]))
            told = replace(told, off=_from(part))
        speaking.say(key, speech, self.start + at, told, clock, _from(part))
        one.mouth += self._mouths(speech, at)
        said = at + clock.frames(len(speech.samples) / speech.rate)
        sayers = [one, *(self.cast.by_name[name] for name in part.and_ if name in self.cast.by_name)]
        for other in sayers[1:]:
            self._along(other, spoken, at)
        if part.until is not None and cut_short(part):
            first, line = len(speaking.cues) - len(sayers), len(speaking.lines) - 1
            for cue, each in enumerate(sayers, first):
                short = Interrupted(each.name, part.until, self.start + beat, cue, line, clock)
                if breaks is None:
                    speaking.interrupted.append(short)
                else:
                    interrupt(short, breaks, speaking, each, self.start)
            said = said if breaks is None else min(said, breaks - self.start)
        for moment, frame in line_moments([one.name, *part.and_], words, self.start, said, last).items():
            moments.setdefault(moment, frame)
        if piece.on not in (*_LANES, "nowhere", ""):
            self.shooting.write(piece.on, shown, piece.whole, self.start, one.name)
        return said + clock.frames(AFTER_SPEECH)

    def _breaks(self, part: Part, at: int, beat: int, moments: dict[str, int]) -> int | None:
        """The film frame at which a line that begins at a frame is cut short, as far as that is known."""
        if part.until is None or not cut_short(part):
            return None
        end = ends(part.until, self.start + beat, moments, self.start, self.times)
        return end if end is None or end > self.start + at else None

    def _mouths(self, speech: Speech, at: int) -> tuple[MouthCue, ...]:
        """The shapes of a mouth that begins to speak at a frame."""
        hold = hold_for(speech.phonemes) if self.production.script.storyreel >= 2 else 2
        return mouths(speech.phonemes, self.clock.seconds(at), self.clock, hold)

    def _through(self, name: str) -> str:
        """What somebody is heard through by where they are: in a phone, or far off in what is small or far away."""
        holder = self.cast.by_name[name].placement.in_
        if holder is None or self.production.script.storyreel < 2:
            return OPEN
        model = self.cast.things.by_name[holder].model
        if isinstance(model, Phone) or (isinstance(model, Pane) and model.edge == "phone"):
            return "phone"
        width, height = self.production.picture
        size = model.size * self.shooting.camera.lines["zoom"].at(0)
        small = isinstance(model, Pane) and model.width * model.height * size**2 < _SMALL * width * height
        return "far" if small or model.plane <= _FAR else OPEN

    def _along(self, one: Performer, part: Part, at: int) -> None:
        """Somebody else says the same along."""
        speaking, cast = self.production.speaking, self.production.script.cast
        key, speech = speaking.clip(part, one.name, cast, self._through(one.name))
        speaking.say_along(key, speech, self.start + at, self.clock, one.name)
        one.mouth += self._mouths(speech, at)


def _from(part: Part) -> str:
    """From which side a line of one who isn't seen comes; "" where its speaker is, and of a voice-over."""
    return "" if part.off in (None, "over") else str(part.off)


def as_written(said: tuple[Word, ...], text: str) -> tuple[Word, ...]:
    """A line as it is written, in the times of what is said: word for word, or else as far as its letters go."""
    written = spelt_words(text)
    if len(written) == len(said):
        return tuple(replace(word, text=one.text, space=one.space) for word, one in zip(said, written, strict=True))
    first, last = said[0].start, said[-1].end
    whole = max(sum(len(one.text) for one in written), 1)
    made, passed = [], 0
    for one in written:
        start = first + (last - first) * passed // whole
        passed += len(one.text)
        made.append(Word(one.text, start, max(first + (last - first) * passed // whole, start + 1), one.space))
    return tuple(made)
