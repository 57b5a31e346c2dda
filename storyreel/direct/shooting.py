"""One shot in the making: its camera, whom it shows and where, and in which of their drawings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.camerawork import CameraWork
from storyreel.direct.cast import Cast, Performer
from storyreel.direct.framing import Eye, Head, looking, seen_at, size_of, whole
from storyreel.direct.inscriptions import beside_mouth, inscribe
from storyreel.direct.lettering import WRITTEN, bare, standing
from storyreel.direct.pictured import Pictured
from storyreel.direct.production import Production
from storyreel.direct.set_places import set_box
from storyreel.direct.setups import Take
from storyreel.direct.things import Thing, Things
from storyreel.direct.views import ASIDE, FRONT, Sight, has_turn, sights, view_for
from storyreel.errors import StoryreelError, did_you_mean, directing
from storyreel.puppet.model import Rig
from storyreel.script.models import Shot
from storyreel.script.props import Typing
from storyreel.timeline.model import Lane, Layer, WidgetContent, Word, settings, spelt
from storyreel.timeline.track import baked, keyed, sample

_SHOULDER, _NEARER, _BEFORE = (0.86, 0.8), 1.5, 8.0
"""Whom one looks past: where in the picture's width and height, how much larger, and how far before all others."""
STAGE = "stage"
"""What a set-up looks at that shows the whole of it."""
_LEAST_FACE = 480.0
"""How high a close-up's face is at the least, in units of a picture 1080 wide."""
_PLAIN = 300.0
"""How large a thing is taken to be that doesn't say it."""
_BROADEST, _NARROWEST = 0.7, 420.0
"""How wide words are written in the picture: a share of it at the most, and so many units at the least."""
_STANDS = 1.0
"""What moves by less than so many units stands still."""
_WRITTEN = 6.5
"""Where they are among the layers."""
_SIDES: Mapping[str, tuple[float, float]] = {
    **{"middle": (0.0, 0.0), "top": (0.0, -0.5), "bottom": (0.0, 0.5), "left": (-0.5, 0.0), "right": (0.5, 0.0)}
}


@dataclass(frozen=True)
class Appearance:
    """Somebody as one of their drawings from a frame on to another."""

    one: Performer
    view: str
    start: int
    end: int


class Shooting:
    """A shot of a scene, once everybody is in their places."""

    def __init__(self, production: Production, take: Take, cast: Cast, things: Things, camera: CameraWork) -> None:
        self.production, self.take, self.cast, self.things, self.camera = production, take, cast, things, camera
        self.shot = take.shot
        self.drawn: frozenset[str] | None = None
        """Who and what is in it; None: everybody who is placed."""
        self.sizes: list[tuple[int, Eye, Shot]] = []
        self.written: list[Layer] = []
        self._home: Performer | None = None
        """Past whom the shot looks, as they stand otherwise."""
        if self.shot is None:
            return
        with directing(*take.path("shot")):
            self._set_up(self.shot)

    def eye(self, shot: Shot, part: tuple[float, float] | None = None) -> Eye:
        """Where the camera of a set-up stands; `part`: how much of the picture is seen, where a pane shows it.

        Raises:
            StoryreelError: it looks at nobody and nothing that there is.
        """
        picture, safe = (part, (0.0, 0.0, *part)) if part else (self.production.picture, self.production.safe)
        if shot.on is None or shot.on == STAGE:
            width, height = self.production.picture
            return Eye(width / 2, height / 2, 1.0, shot.tilt or 0.0)
        eye = looking(shot, self.head(shot.on), picture, safe)
        return whole(eye, self.head(shot.on), self._seen_besides(shot), picture)

    def _seen_besides(self, shot: Shot) -> list[Head]:
        """The heads of whom a shot sees where they stand."""
        names = (name for name, at in (shot.sees or {}).items() if at is None and name in self.cast.by_name)
        return [self.cast.head(one) for one in map(self.cast.by_name.__getitem__, names) if not one.placement.in_]

    def head(self, on: str) -> Head:
        """What a set-up looks at: somebody's head, a place of their body, a thing.

        Raises:
            StoryreelError: there is no such name or place.
        """
        name, _, place = on.partition(".")
        if name in self.cast.by_name:
            one = self.cast.by_name[name]
            head = self.cast.head(one)
            at = _part(one.rig, place) if place and place != "head" else None
            if at is None:
                return head
            x, y = self.cast.outside(one, *_on_stage(one, at))
            return replace(head, x=x, y=y)
        if name == STAGE and place:
            left, top, right, bottom = set_box(self.ground, place)
            return Head((left + right) / 2, (top + bottom) / 2, max(bottom - top, 1.0), max(right - left, 1.0))
        if name not in self.things.by_name:
            raise self._unknown(name)
        thing = self.things.by_name[name]
        width, height = self.things.extent(thing) or (_PLAIN, _PLAIN)
        scale = thing.scale.at(0) or thing.model.size
        across, down = _SIDES.get(place, (0.0, 0.0))
        x, y = self.things.outside(thing, 0)
        return Head(x + across * width * scale, y + down * height * scale, height * scale, width * scale)

    @cached_property
    def ground(self) -> tuple[Layer, ...]:
        """The planes of the set behind the shot, as it begins."""
        width, height = self.production.picture
        foot = (width / 2, self.cast.ground.point("centre", standing=True)[1])
        return tuple(self.production.scenery.planes(self.take.scene.set, 1, (0.0, 0.0, width, height), foot))

    def is_thread(self, name: str) -> bool:
        """Whether a thing goes from one place to another, so that a camera can go along it from end to end."""
        return name in self.things.by_name and isinstance(getattr(self.things.by_name[name].model, "from_", None), str)

    def _unknown(self, name: str) -> StoryreelError:
        known = [*self.cast.by_name, *self.things.by_name]
        return StoryreelError(f"nobody and nothing is called '{name}' here{did_you_mean(name, known)}")

    def into(self, name: str, frame: int, frames: int, ease: str) -> None:
        """Moves the camera into another set-up of the scene.

        Raises:
            StoryreelError: there is none of that name.
        """
        among = self.take.among or {}
        if name not in among:
            raise StoryreelError(f"no shot '{name}'{did_you_mean(name, among)}")
        eye = self.eye(among[name])
        self._aim(eye, frame, frames, ease)
        self.sizes.append((frame + frames // 2, eye, among[name]))

    def _aim(self, eye: Eye, frame: int, frames: int, ease: str = "inout") -> None:
        for channel, value in (("x", eye.x), ("y", eye.y), ("zoom", eye.zoom), ("rot", eye.rot)):
            self.camera.lines[channel].move(frame, frames, value, ease)

    @property
    def lane(self) -> Lane:
        """The band that is kept free for captions."""
        return (self.shot.lane if self.shot is not None else None) or "low"

    def inscriptions(self, point: Callable[[str], tuple[Array, Array]] | None, length: int) -> list[Layer]:
        """What is written in a shot of so many frames: it goes along with the thing that it stands on.

        `point` tells where a place is at every frame; None in films without shots.
        """
        found = []
        for layer in self.written:
            layer = replace(layer, end=length)
            on = layer.id.partition(" says ")[0]
            if point is not None and on.partition(".")[0] in self.things.by_name:
                layer = _carried(layer, point(on))
            found.append(layer)
        return found

    def write(self, on: str, words: Sequence[Word], whole: str, film: int, speaker: str) -> None:
        """Writes a line where it stands, as it is said: into what is typed into, or on a place in the picture.

        `whole` is all that will stand there, `film` the scene's first film frame, `speaker` who says it.

        Raises:
            StoryreelError: there is no such thing or place.
        """
        letters = [sum(len(word.text) for word in words[: index + 1]) for index in range(len(words))]
        thing = self.things.by_name.get(on)
        if thing is not None and isinstance(thing.model, Typing):
            for word, written in zip(words, letters, strict=True):
                thing.value("typed").move(
                    word.start - film, max(word.end - word.start, 1), written / letters[-1], "linear"
                )
            return
        if thing is not None and thing.kind in WRITTEN:
            self._overwritten(thing, whole, words[0].start - film)
            inscribe(thing, words, whole, film, speaker, self.production.clock)
            self.beside(thing)
            return
        head, begun = self.head(on), words[0].start - film
        keys = [(word.start - film, float(written), "hold") for word, written in zip(words, letters, strict=True)]
        zoom = self.camera.lines["zoom"].at(max(begun, 0))
        width = max(min(head.width, self.camera.width * _BROADEST / zoom), _NARROWEST / zoom)
        text = settings({"text": spelt(words), "width": width * zoom})
        self.written.append(
            Layer(
                f"{on} says {begun}",
                WidgetContent("writing", text),
                max(begun, 0),
                1 << 17,
                (
                    ("x", head.x),
                    ("y", head.y),
                    ("scale", 1 / zoom),
                    ("letters", keyed((begun - 1, 0.0, "hold"), *keys)),
                ),
                order=_WRITTEN,
                kind="type",
            )
        )

    def _overwritten(self, thing: Thing, text: str, frame: int) -> None:
        """Warns of a thing on which something else stands already."""
        there, count = standing(thing.model, thing.changes, frame)
        becomes = any(bare(one.text) == bare(text) for one in thing.changes if one.kind in ("twist", "become"))
        if count and not becomes and not bare(text).startswith(bare(there)):
            said = f"'{thing.name}' has “{there}” on it already, which isn't what is said; give it no text, or that one"
            self.production.warn(said, *self.take.path())

    def beside(self, thing: Thing) -> None:
        """Puts a balloon that has no place beside the head out of which it comes."""
        if thing.speaker not in self.cast.by_name:
            return
        at = {name: self.camera.lines[name].at(0) for name in ("x", "y", "zoom")}
        left, top, right, bottom = self.production.safe
        width, height = self.production.picture
        zoom = at["zoom"]
        across, down = ((left - width / 2) / zoom, (right - width / 2) / zoom), (top - height / 2, bottom - height / 2)
        view = (at["x"] + across[0], at["y"] + down[0] / zoom, at["x"] + across[1], at["y"] + down[1] / zoom)
        beside_mouth(thing, self.cast.head(self.cast.by_name[thing.speaker]), zoom, view)

    def shows(self, name: str) -> bool:
        """Whether somebody or something is in the picture, as far as the shot says."""
        return self.drawn is None or name in self.drawn

    def meant(self) -> frozenset[str]:
        """Whom and what the shot is about: what it looks at, whom it sees besides, and who acts in it."""
        acting = (name for beat in self.take.scene.beats for name, parts in beat.parts.items() if parts)
        seen = (name for _, _, shot in self.sizes for name in ((shot.on or "").partition(".")[0], *(shot.sees or {})))
        return frozenset((*acting, *seen))

    def appearances(self, one: Performer, length: int, pictured: Pictured | None = None) -> Iterator[Appearance]:
        """Somebody in every drawing that the shot, or one that a pane pictures, shows of them, one after another."""
        if pictured and self.past(one.name, pictured):
            one = self._elsewhere(one, pictured)
        if self.shot is None or not one.rig.views:
            yield Appearance(self.cast.seen_as(one, "", False), "", 0, length)
            return
        found: list[Appearance] = []
        for frame, sight in self._sights(one, pictured.sizes if pictured else self.sizes):
            view = view_for(one.rig.views, sight)
            drawn = one.rig.views.get(view)
            turned = sight.turn != FRONT and drawn is not None and bool(drawn.turns)
            mirrored = turned and drawn is not None and sight.left != drawn.left
            if frame >= length:
                break
            if found and (found[-1].view, found[-1].one.mirrored) == (view, mirrored):
                continue
            if found:
                found[-1] = replace(found[-1], end=frame)
            found.append(Appearance(self.cast.seen_as(one, view, mirrored), view, frame, length))
        yield from found

    def _sights(self, one: Performer, seen_from: list[tuple[int, Eye, Shot]]) -> list[tuple[int, Sight]]:
        head = self.cast.head(one)
        height = self.production.picture[1]
        sizes = []
        for frame, eye, seen in seen_from:
            own = seen.on is not None and seen.on.partition(".")[0] == one.name
            named = isinstance(seen.size, str) and seen.size != "fill"
            size = str(seen.size) if own and named else size_of(head, eye.zoom, height)
            sizes.append((frame, size, seen.from_ or "level"))
        found = sights(one.facings, sizes)
        if any(seen.behind == one.name for _, _, seen in seen_from[:1]) and has_turn(one.rig, "back"):
            return [(frame, replace(sight, turn="back")) for frame, sight in found]
        return [(frame, self._aside(one, sight)) for frame, sight in found]

    def _aside(self, one: Performer, sight: Sight) -> Sight:
        """Who merely looks aside turns a quarter only where the front would be their main drawing, too."""
        if sight.turn != ASIDE:
            return sight
        front = replace(sight, turn=FRONT)
        turns = not view_for(one.rig.views, front) and has_turn(one.rig, "quarter")
        return replace(sight, turn="quarter") if turns else front

    def _set_up(self, shot: Shot) -> None:
        eye = self.eye(shot)
        self._aim(eye, 0, 0)
        self.sizes.append((0, eye, shot))
        on = (shot.on or "").partition(".")[0]
        for name in (on, *(shot.sees or {})):
            if name in self.cast.by_name:
                self.cast.by_name[name].present()
        picture, safe = self.production.picture, self.production.safe
        for name, at in (shot.sees or {}).items():
            if at is None:
                continue
            x, y = seen_at(at, eye, picture, safe)
            if name in self.cast.by_name:
                self.cast.put_head(self.cast.by_name[name], x, y)
            elif name in self.things.by_name:
                self.things.put(self.things.by_name[name], x, y)
            else:
                raise self._unknown(name)
        if shot.behind is not None:
            self._past(shot, shot.behind, eye)
        if shot.sees is not None:
            self.drawn = frozenset({on, *shot.sees, *([shot.behind] if shot.behind else []), *self._acting()})
        self._judge(shot, on, eye)

    def _past(self, shot: Shot, name: str, eye: Eye) -> None:
        """Puts somebody in a lower corner, before all others: we look over their shoulder."""
        if name not in self.cast.by_name:
            raise StoryreelError(f"nobody is called '{name}' here{did_you_mean(name, self.cast.by_name)}")
        one = self.cast.by_name[name]
        self._home = replace(one)
        one.height *= _NEARER
        one.order = _BEFORE
        one.present()
        self.cast.put_head(one, *_shoulder(shot, eye, self.production.picture))

    def past(self, name: str, pictured: Pictured) -> bool:
        """Whether it is somebody past whom one looks, in this shot or in one that a pane shows."""
        return name in (pictured.shot.behind, self._home and self._home.name)

    def _elsewhere(self, one: Performer, pictured: Pictured) -> Performer:
        """Somebody past whom one looks where a pane's shot sees them: before all others, or at home."""
        home = self._home if self._home and self._home.name == one.name else one
        there = replace(one, home=home.home, place=home.place, height=home.height, order=home.order)
        if pictured.shot.behind == one.name:
            there = replace(there, height=home.height * _NEARER, order=_BEFORE, here=True)
            self.cast.put_head(there, *_shoulder(pictured.shot, pictured.eye, pictured.picture))
        return self.cast.displaced(there, one)

    def _acting(self) -> Iterator[str]:
        """Who and what does something in the shot or has something done to it, with what they are in."""
        named: set[str] = set()
        for beat in self.take.scene.beats:
            for name, parts in beat.parts.items():
                if parts:
                    named.add(name)
                for part in parts:
                    for touch in part.touches:
                        named |= {one.partition(".")[0] for one in touch.targets if isinstance(one, str)}
        for name in named:
            yield name
            thing = self.things.by_name.get(name)
            if thing is not None and thing.model.inside:
                yield thing.model.inside

    def _judge(self, shot: Shot, on: str, eye: Eye) -> None:
        """Warns of a close-up whose face is too small."""
        if on in self.cast.by_name and shot.size in ("extreme-close", "close"):
            head = self.cast.head(self.cast.by_name[on])
            high = head.height * eye.zoom
            if high < _LEAST_FACE:
                said = f"a close-up's face is {high:.0f} px high; it takes {_LEAST_FACE:.0f}"
                self.production.warn(said, *self.take.path("shot"))


def _shoulder(shot: Shot, eye: Eye, picture: tuple[float, float]) -> tuple[float, float]:
    """Where the head of somebody is past whom one looks: in the lower corner away from what one looks at."""
    x = _SHOULDER[0] if (shot.at or (0.5, 0.0))[0] <= 0.5 else 1 - _SHOULDER[0]
    return eye.x + (x - 0.5) * picture[0] / eye.zoom, eye.y + (_SHOULDER[1] - 0.5) * picture[1] / eye.zoom


def _part(rig: Rig, place: str) -> tuple[float, float] | None:
    """Where a place of a body is in its drawing: a part by its name, or the middle between a left and a right one."""
    wanted = place.replace("-", " ").lower()
    names = {name.lower(): at for name, at in rig.pivots.items()}
    if wanted in names:
        return names[wanted]
    left, right = names.get(f"left {wanted.rstrip('s')}"), names.get(f"right {wanted.rstrip('s')}")
    if wanted == "feet":
        return rig.feet
    if left is not None and right is not None and wanted in ("eyes", "eye", "hands", "ears"):
        return (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
    return left or right


def _on_stage(one: Performer, at: tuple[float, float]) -> tuple[float, float]:
    scale = one.height / one.rig.height
    return one.home[0] + (at[0] - one.rig.feet[0]) * scale, one.home[1] + (at[1] - one.rig.feet[1]) * scale


def _carried(layer: Layer, track: tuple[Array, Array]) -> Layer:
    """A layer that goes along with a place from the first frame on."""
    if all(np.ptp(line) < _STANDS for line in track):
        return layer
    moved = {
        name: baked(float(sample(dict(layer.channels)[name], 0)) + line - line[0])
        for name, line in zip("xy", track, strict=True)
    }
    return replace(layer, channels=tuple({**dict(layer.channels), **moved}.items()))
