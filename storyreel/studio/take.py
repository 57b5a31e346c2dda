"""One version of the film, as a save has left it: directed, cut into chunks, and told to the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyreel.errors import Place, Problem, SceneError, StoryreelError
from storyreel.film.directed import SceneFile, files_read
from storyreel.film.episode import Episode
from storyreel.looks import look_names
from storyreel.render.film import plan
from storyreel.render.keys import sound_key
from storyreel.render.settings import drafted
from storyreel.script.files import companion
from storyreel.script.formats import format_names, format_of
from storyreel.studio.errands import Mixing, Settling
from storyreel.studio.lanes import lanes
from storyreel.studio.lines import BeatLines, beat_lines
from storyreel.studio.overlays import captions, holdings, zones
from storyreel.studio.wants import Want, chunk_wants, plain
from storyreel.timeline.model import Timeline

if TYPE_CHECKING:
    from storyreel.direct.rushes import Rushes
    from storyreel.script.models import Script
    from storyreel.source.places import Places


@dataclass(frozen=True)
class Take:
    """A directed film; what is drawn of it is planned when that is first asked for, as its still is painted before.

    Attributes:
        number: one more than that of the take before it.
        path: the scene file.
        text: what that said.
        drafts_alone: drafts are enough.
        small: the film as drafts and stills show it.
    """

    number: int
    path: Path
    text: str
    drafts_alone: bool
    script: Script = field(repr=False)
    places: Places = field(repr=False)
    episode: Episode = field(repr=False)
    timeline: Timeline = field(repr=False)
    small: Timeline = field(repr=False)
    beats: tuple[BeatLines, ...] = field(repr=False)

    @cached_property
    def drafts(self) -> tuple[Want, ...]:
        """Its chunks as drafts."""
        return tuple(chunk_wants(plan(self.timeline, draft=True), "draft"))

    @cached_property
    def full(self) -> tuple[Want, ...]:
        """Its own chunks; none where drafts are enough."""
        return () if self.drafts_alone else tuple(chunk_wants(plan(self.timeline), "full"))

    @cached_property
    def sound(self) -> Want:
        """Its mastered sound."""
        mixing = Mixing(self.timeline, self.episode.clips)
        return Want(sound_key(self.timeline), mixing, 0, self.timeline.length, "sound")

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """What it was made from, and what would count if it were there."""
        read = files_read(self.episode.beside, self.path.parent)
        return (self.path, *(one for file in read for one in (file, companion(file))))

    @property
    def wants(self) -> Iterator[Want]:
        """All that has to be made."""
        yield from self.drafts
        yield self.sound
        yield from self.full

    def as_data(self, file: str) -> dict[str, Any]:
        """As the page is told of it; frames are the film's, boxes are shares of the picture. `file`: the scene's."""
        timeline = self.timeline
        return {
            "take": self.number,
            "file": file,
            "title": timeline.title,
            "look": timeline.look,
            "width": timeline.width,
            "height": timeline.height,
            "rate": [timeline.rate.numerator, timeline.rate.denominator],
            "length": timeline.length,
            "text": self.text,
            "beats": [vars(beat) for beat in self.beats],
            "lanes": lanes(timeline),
            "drafts": [plain(want) for want in self.drafts],
            "full": [plain(want) for want in self.full],
            "sound": self.sound.key,
            "captions": captions(timeline),
            "holdings": holdings(timeline),
            "zones": zones(self.script),
            "looks": [name for name in look_names() if name != timeline.look],
            "formats": [name for name in format_names() if name != format_of(self.script).name],
        }


def take(number: int, path: Path, look: str | None, form: str | None, drafts_alone: bool, rushes: Rushes) -> Take:
    """Reads a scene file and directs its film; `rushes` are those of its last take.

    Raises:
        SceneError: everything that is wrong with it.
        StoryreelError: it can't be directed.
    """
    file = SceneFile(path, look, form)
    script, places = file.script, file.places()
    text = path.read_text(encoding="utf-8-sig")
    episode = Episode(file, path.parent, rushes)
    timeline = episode.timeline
    beats = beat_lines(timeline, script, places, text)
    return Take(number, path, text, drafts_alone, script, places, episode, timeline, drafted(timeline), beats)


def settling(one: Take) -> Settling:
    """What workers do before anything is wanted of them."""
    from storyreel.film.warmup import pictures

    return Settling(pictures(one.script, one.episode.base))


def faults(error: StoryreelError, path: Path) -> tuple[Problem, ...]:
    """What is wrong, each with its place."""
    return error.problems if isinstance(error, SceneError) else (Problem(Place(str(path)), str(error)),)


def warnings(one: Take) -> tuple[Problem, ...]:
    """What is worth a second look in a film that is right (`storyreel.film.review`).

    A film that was kept is directed anew for it: what that loads the next save needs.
    """
    from storyreel.film.reading import placed
    from storyreel.script.hints import hints

    found = set(hints(one.script, one.places))
    notes = one.episode.direction.notes
    if one.script.storyreel >= 2:
        found |= {Problem(placed(note.path, one.script, one.places), note.message, "warning") for note in notes}
    return tuple(sorted(found))
