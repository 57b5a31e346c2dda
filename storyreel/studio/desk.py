"""The studio's desk: a save comes in, the film is directed anew, and whoever looks at it is told what has changed."""

from __future__ import annotations

import base64
import contextlib
import io
import math
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from storyreel.direct.rushes import Rushes
from storyreel.errors import Place, Problem, StoryreelError
from storyreel.film.directed import SceneFile
from storyreel.film.episode import Episode
from storyreel.render.settings import drafted
from storyreel.studio.bones import bones
from storyreel.studio.moments import moment
from storyreel.studio.take import Take, faults, settling, take, warnings
from storyreel.studio.wants import Playhead
from storyreel.studio.watch import Watch
from storyreel.studio.work import State, Work
from storyreel.timeline.model import Timeline

LOOK_EVERY = 0.02
"""Seconds between two looks at the files."""
PATIENCE = 2.0
"""Seconds for which nothing new may be shown because each film was outdated before it was directed."""
QUALITY = 88
"""Of a still, as JPEG counts it."""

Told = dict[str, Any]
END: Told = {"type": "end"}
"""The last that is told."""


class Desk:
    """One scene file under work. `work` draws its chunks; `listen` is told of everything that happens.

    Args:
        look, form: in this look and format instead of the file's own.
        drafts_alone: no chunk is drawn in full.
    """

    def __init__(self, path: Path, work: Callable[[Callable[[str, State], None]], Work], **ways: Any) -> None:
        self.path, self.base = path, path.parent
        self._look: str | None = ways.get("look")
        self._form: str | None = ways.get("form")
        self._drafts_alone: bool = ways.get("drafts_alone", False)
        self.work = work(self._piece)
        self._ears: set[Callable[[Told], None]] = set()
        self._pen, self._beside = threading.Lock(), threading.Lock()
        self._other: tuple[tuple[int, str | None, str | None], Timeline] | None = None
        self._stopped = threading.Event()
        self._watch = Watch([path])
        self._takes, self._put_at = 0, -math.inf
        self._rushes = Rushes()
        self.take: Take | None = None
        self._text: Told | None = None
        self._problems: tuple[Problem, ...] = ()
        self._problems_of = 0
        self._playhead = Playhead()

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Watches the files for the time of the block."""
        threads = [threading.Thread(target=one, daemon=True) for one in (self._direct, self.work.run)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            self.work.close()

    @contextlib.contextmanager
    def heard(self, ear: Callable[[Told], None]) -> Iterator[None]:
        """Has somebody told of what there is, and of what happens for the time of the block."""
        for told in self._all():
            ear(told)
        self._ears.add(ear)
        try:
            yield
        finally:
            self._ears.discard(ear)

    def end(self) -> None:
        """Tells everybody that this is the end."""
        self._tell(END)

    def look_at(self, frame: int, playing: bool) -> None:
        """The playhead is at a film frame now."""
        self._playhead = Playhead(max(frame, 0), playing)
        self.work.look(self._playhead)

    def still(self, frame: int) -> bytes | None:
        """The picture of a film frame in the size of a draft, as JPEG; None where there is no such picture."""
        one = self.take
        if one is None or not 0 <= frame < one.timeline.length:
            return None
        return self._painted(one.small, frame, "JPEG")

    def picture(self, frame: int) -> bytes | None:
        """The film's own picture of a frame, as PNG: what `storyreel frame` writes."""
        one = self.take
        if one is None or not 0 <= frame < one.timeline.length:
            return None
        return self._painted(one.timeline, frame, "PNG")

    def beside(self, frame: int, look: str | None, form: str | None) -> bytes | None:
        """The same moment in another look or format, as a still; None where there is no such picture."""
        one = self.take
        if one is None:
            return None
        asked = (one.number, look, form)
        with self._beside, contextlib.suppress(StoryreelError):
            if self._other is None or self._other[0] != asked:
                with self._pen:
                    other = Episode(SceneFile(self.path, look or self._look, form or self._form), self.base)
                    self._other = (asked, drafted(other.timeline))
            timeline = self._other[1]
            return self._painted(timeline, min(frame, timeline.length - 1), "JPEG")
        return None

    def bones(self, frame: int) -> list[Told] | None:
        """The bones of a film frame (`storyreel.studio.bones`); None where there is no such picture."""
        one = self.take
        if one is None or not 0 <= frame < one.timeline.length:
            return None
        with self._pen:
            return bones(one.timeline, frame)

    def _painted(self, timeline: Timeline, frame: int, kind: str) -> bytes:
        from PIL import Image

        from storyreel.paint.painter import blank
        from storyreel.render.still import paint

        pixels = blank(timeline)
        with self._pen:
            paint(timeline, frame, pixels)
        height, width = pixels.shape[:2]
        buffer = io.BytesIO()
        image = Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", 0, 1)
        image.save(buffer, kind, **({"quality": QUALITY} if kind == "JPEG" else {"compress_level": 1}))
        return buffer.getvalue()

    def _direct(self) -> None:
        """Directs the film whenever its files have changed, for ever."""
        due = True
        while not self._stopped.is_set():
            if due or self._watch.settled():
                due = False
                self._watch.take()
                self._anew()
            self._stopped.wait(LOOK_EVERY)

    def _anew(self) -> None:
        """Reads and directs what there is now. The last good take stays where there is something wrong with it."""
        self._takes += 1
        self.work.make_way()
        self._show()
        self._tell({"type": "directing", "take": self._takes})
        try:
            self._taken()
        except StoryreelError as error:
            self._refuse(faults(error, self.path))
        except OSError as error:
            # An editor may take the file away for a moment, and put another in its place.
            self._refuse((Problem(Place(str(self.path)), f"can't be read: {error.strerror}"),))
        except Exception as error:
            traceback.print_exc()
            said = f"storyreel stumbled over this: {type(error).__name__}: {error}; the terminal says more"
            self._refuse((Problem(Place(str(self.path)), said),))
        finally:
            self.work.go_on()

    def _show(self) -> None:
        """Tells what the file says as it was saved, be it right or wrong, before anything is made of it."""
        # Why it can't be read is said when it is directed.
        with contextlib.suppress(OSError):
            text = self.path.read_text(encoding="utf-8-sig", errors="replace")
            self._text = {"type": "text", "take": self._takes, "file": self.path.name, "text": text}
            self._tell(self._text)

    def _taken(self) -> None:
        """Directs the film, and puts it on the desk unless a newer save has outdated it.

        Raises:
            StoryreelError, OSError: it can't be read, directed or drawn.
        """
        began, first = time.monotonic(), self.take is None
        with self._pen:
            one = take(self._takes, self.path, self._look, self._form, self._drafts_alone, self._rushes)
        self._watch.follow(one.files)
        # Whoever saves faster than their film is directed sees something all the same.
        if self._watch.changed() and began - self._put_at < PATIENCE:
            return
        if first:
            # Before they are given anything: a worker is started by one thread alone.
            self.work.get_ready(settling(one))
        self._put(one, time.monotonic() - began)
        self._say(())
        with self._pen:
            found = warnings(one)
        self._say(found)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        """Says what is wrong; what is missing may be put there without the scene being saved again."""
        self._watch.follow([self.path, self.base, *(self.take.files if self.take else ())])
        self._say(problems)

    def _put(self, one: Take, seconds: float) -> None:
        """Puts a take on the desk: the picture under the playhead first.

        Raises:
            StoryreelError: it can't be planned. Then the take before it stays, and the picture is taken back.
        """
        goes = None if self.take is None else moment(self.take, one, self._playhead)
        at = min(self._playhead.frame if goes is None else goes, one.timeline.length - 1)
        still = _address(self._painted(one.small, at, "JPEG"))
        self._tell({"type": "still", "take": one.number, "at": at, "still": still})
        told = {"type": "film", "goes": goes, "seconds": round(seconds, 3), "still": still, "at": at}
        try:
            told |= one.as_data(self.path.name)
        except Exception:
            self._tell({"type": "withdrawn", "take": one.number})
            raise
        stays = min(self._playhead.frame, one.timeline.length - 1)
        self._playhead = replace(self._playhead, frame=stays) if goes is None else Playhead(at)
        self.take = one
        self.work.take(one.wants, self._playhead)
        self._put_at = time.monotonic()
        self._tell({**told, "states": self.work.states()})

    def _piece(self, key: str, state: State) -> None:
        """Tells how it is with a piece of the film; of one that can't be made, why."""
        self._tell({"type": "chunk", "key": key, "state": state})
        if state == "failed":
            self._tell(self._messages())

    def _say(self, problems: tuple[Problem, ...]) -> None:
        self._problems, self._problems_of = problems, self._takes
        self._tell(self._messages())

    def _messages(self) -> Told:
        failed = (Problem(Place(str(self.path)), fault) for fault in self.work.faults())
        said = [self._message(one) for one in (*failed, *self._problems)]
        # A piece may fail while a newer save is directed, of which nothing is said by that.
        return {"type": "messages", "take": self._problems_of, "messages": said}

    def _message(self, problem: Problem) -> Told:
        place = problem.place
        if Path(place.file) == self.path:
            return _message(problem, self.path.name)
        with contextlib.suppress(ValueError, OSError):
            named = Path(place.file).resolve().relative_to(self.base.resolve()).as_posix()
            return _message(problem, named)
        return _message(problem, place.file)

    def _all(self) -> Iterator[Told]:
        """What somebody has to know who was not there."""
        one = self.take
        if one is not None:
            film = one.as_data(self.path.name)
            still = _address(self.still(self._playhead.frame))
            yield {
                "type": "film",
                "goes": None,
                **film,
                "states": self.work.states(),
                "still": still,
                "at": self._playhead.frame,
            }
        if self._text is not None:
            yield self._text
        yield self._messages()

    def _tell(self, told: Told) -> None:
        for ear in tuple(self._ears):
            ear(told)


def _message(problem: Problem, file: str) -> Told:
    place = problem.place
    return {"level": problem.level, "text": problem.message, "file": file, "line": place.line, "column": place.column}


def _address(jpeg: bytes | None) -> str | None:
    """A picture as an address that holds it."""
    return None if jpeg is None else f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
