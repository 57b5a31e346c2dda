"""The ways out of a shot that take something of it along: after somebody, through something, onto its like; as a sheet.

Nothing of the next shot is known where one ends, so what is to be done there is handed on, and done as it begins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

from storyreel.direct.camerawork import CameraWork
from storyreel.direct.clinging import kept
from storyreel.direct.framing import Head, shown_at
from storyreel.direct.schedule import Times
from storyreel.direct.shooting import Shooting
from storyreel.script.transitions import Cut
from storyreel.timeline.model import Scene, StillContent, Transition

_SWING, _NEAR = Fraction(1, 5), Fraction(1, 3)
"""Seconds in which a camera swings out of a picture, and in which it comes near what it goes through."""
_FILLS = 1.02
_TURN = Fraction(2, 3)
"""Seconds that a page or a torn sheet takes, where nothing is said."""
_MATCHED = 40.0
"""How far apart the two of a match may lie, in units of a picture 1080 wide."""


@dataclass(frozen=True)
class Way:
    """What a shot's way out hands on to the next.

    Attributes:
        swing: the direction in which the camera swung away.
        match: what something has to lie in the place of: its name, the name of what lies there now, the place.
        sheet: the kind of the transition in which the picture is a sheet over the next, and its frames.
    """

    swing: tuple[float, float] | None = None
    match: tuple[str, str | None, tuple[float, float]] | None = None
    sheet: tuple[str, int] | None = None


def leave(cut: Cut, end: int, shooting: Shooting, times: Times) -> Way | None:
    """Takes a way out that ends at a frame; gives what it hands on, None if it leads the eye nowhere.

    Raises:
        StoryreelError: nobody and nothing is called as it says.
    """
    camera, clock = shooting.camera, times.clock
    for kind, name in (("follow", cut.follow), ("through", cut.through), ("match", cut.match)):
        if name is not None and not shooting.shows(name.partition(".")[0]):
            said = (
                f"'{name}' isn't in the last picture of this shot, and its cut says {kind}: {name}; let the shot see it"
            )
            shooting.production.warn(said, *shooting.take.path("shot"))
    if cut.follow is not None:
        frames = min(times.frames(cut.over) if cut.over is not None else clock.frames(_SWING), end)
        way = _towards(cut.follow, end, frames, shooting)
        camera.swing(end - frames, frames, way, away=True)
        return Way(swing=way)
    if cut.through is not None:
        frames = min(times.frames(cut.over) if cut.over is not None else clock.frames(_NEAR), end)
        come_near(camera, shooting.head(cut.through), end - frames, frames, _FILLS)
        return Way()
    if cut.match is not None:
        return Way(match=(cut.match, cut.with_, _seen(cut.match, end - 1, shooting)))
    frames = times.frames(cut.over) if cut.over is not None else clock.frames(_TURN)
    if cut.page is not None:
        return Way(sheet=(f"page {cut.page}" + (" wind" if cut.by else ""), frames))
    if cut.tear is not None:
        x = _seen(cut.by, end - 1, shooting)[0] if cut.by is not None else 0.0
        side = "left" if x < camera.width / 2 else "right"
        return Way(sheet=(f"tear {cut.tear} {side}" + (" keep" if cut.keep else ""), frames))
    return None


def arrive(way: Way, shooting: Shooting, times: Times) -> None:
    """Begins a shot as the one before was left."""
    camera = shooting.camera
    if way.swing is not None:
        camera.swing(0, times.clock.frames(_SWING), way.swing, away=False)
    if way.match is None:
        return
    of, name, place = way.match
    name = name or (shooting.shot.on if shooting.shot is not None else None)
    if name is None:
        return
    here = _seen(name, 0, shooting)
    far = math.dist(here, place)
    if far > _MATCHED:
        said = f"'{name}' lies {far:.0f} px from where '{of}' was in the picture before; a match wants {_MATCHED:.0f}"
        shooting.production.warn(said, *shooting.take.path("shot"))
        return
    x, y, zoom = (camera.lines[line].at(0) for line in ("x", "y", "zoom"))
    camera.lines["x"].move(0, 0, x + (here[0] - place[0]) / zoom)
    camera.lines["y"].move(0, 0, y + (here[1] - place[1]) / zoom)


def come_near(camera: CameraWork, head: Head, start: int, frames: int, more: float) -> None:
    """Moves the camera so near to something that it is larger than the picture by a factor."""
    zoom = more * max(camera.width / head.width, camera.height / head.height)
    for line, value in (("x", head.x), ("y", head.y), ("zoom", zoom)):
        camera.lines[line].move(start, frames, value, "in")


def entered(sheet: tuple[str, int], before: StillContent, scene: Scene) -> Scene:
    """A scene over whose beginning the picture before it lies as a sheet, of a kind and for so many frames."""
    kind, frames = sheet
    if kind.endswith("keep") and scene.kind == "reveal":
        scene = replace(scene, layers=(*scene.layers, *kept(kind, frames, before, scene)))
    return replace(scene, enter=Transition(kind, min(frames, scene.length), None, before))


def _seen(name: str, frame: int, shooting: Shooting) -> tuple[float, float]:
    """Where in the picture something is at a frame."""
    return shown_at(_place(name, frame, shooting), shooting.camera.eye(frame), shooting.production.picture)


def _place(name: str, frame: int, shooting: Shooting) -> tuple[float, float]:
    """Where on the stage something is at a frame, as far as the story moves it."""
    thing = shooting.things.by_name.get(name)
    if thing is not None:
        return shooting.things.outside(thing, frame)
    head = shooting.head(name)
    one = shooting.cast.by_name.get(name.partition(".")[0])
    if one is None:
        return head.x, head.y
    return head.x + one.place[0] - one.home[0], head.y + one.place[1] - one.home[1]


def _towards(name: str, end: int, frames: int, shooting: Shooting) -> tuple[float, float]:
    """The direction in which something leaves: of its own way, or from the picture's middle to it."""
    now, one = _place(name, end, shooting), shooting.cast.by_name.get(name.partition(".")[0])
    if one is None:
        before = _place(name, max(end - frames, 0), shooting)
        way = (now[0] - before[0], now[1] - before[1])
    else:
        goes = any(act.kind == "go" and act.start < end < act.end + frames for act in one.acts)
        way = (one.place[0] - one.before[0], one.place[1] - one.before[1]) if goes else (0.0, 0.0)
    if math.hypot(*way) < 1:
        way = (now[0] - shooting.camera.lines["x"].at(end), now[1] - shooting.camera.lines["y"].at(end))
    far = math.hypot(*way)
    return (way[0] / far, way[1] / far) if far >= 1 else (1.0, 0.0)
