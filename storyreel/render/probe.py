"""What decides a machine's bits: its storyreel, its libraries, and a small scene that shows what they come to there."""

from __future__ import annotations

import hashlib
import platform
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import metadata
from pathlib import Path

import storyreel
from storyreel.assets import digest
from storyreel.timeline.model import (
    Asset,
    CaptionPage,
    DrawingContent,
    Layer,
    PuppetContent,
    Scene,
    Timeline,
    WidgetContent,
    Word,
)
from storyreel.timeline.track import keyed

Machine = Mapping[str, str]
"""What a machine draws with, by name: `storyreel`, `python`, the packages, `processor`, `engine`, `probe`; and, where
it is to draw in another look than the usual one, `look`, `package`, `files`, `drawn`."""

USUAL = "kawaii"
"""The look that every machine is looked at in, whatever the looks of its films."""
PACKAGES = ("skia-python", "av", "numpy", "uharfbuzz", "python-bidi", "uniseg", "pillow", "dask", "distributed")
FRAMES = 6

_BACK = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 1920">
<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#B5E8FF"/>
<stop offset="1" stop-color="#FFD9E8"/></linearGradient></defs>
<g id="Set"><rect width="1080" height="1920" fill="url(#sky)"/>
<circle cx="300" cy="500" r="217.3" fill="#FFE14D" opacity="0.7"/></g></svg>"""
_PUPPET = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -200 200 200"><g id="Probe" data-pivot="0,0">
<g id="Head" data-pivot="0,-90"><path d="M-60,-90 C-60,-190 60,-190 60,-90 S-60,10 -60,-90 Z" fill="#9BE8D8"
 stroke="#332244" stroke-width="7.5" stroke-linejoin="round"/></g></g></svg>"""


def _drawn(folder: Path, name: str, text: str) -> Asset:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Asset(str(path), digest(path))


def _scene(folder: Path, look: str) -> Timeline:
    """Gradients, strokes, transparency, a puppet, a widget, shaped text and a grade, each in motion, in a look."""
    back, puppet = _drawn(folder, "back.svg", _BACK), _drawn(folder, "puppet.svg", _PUPPET)
    moves = (
        ("x", keyed((0, 300.0), (FRAMES - 1, 700.0, "inout"))),
        ("y", 1200.0),
        ("scale", 3.0),
        ("rot", keyed((0, -10.0), (FRAMES - 1, 25.0))),
        ("Head.rot", keyed((0, 0.0), (FRAMES - 1, 17.0))),
        ("opacity", 0.9),
    )
    burst = (("x", 800.0), ("y", 700.0), ("t", keyed((0, 2.0), (FRAMES - 1, 20.0))))
    camera = (("zoom", keyed((0, 1.0), (FRAMES - 1, 1.2))), ("saturation", keyed((0, 1.0), (FRAMES - 1, 0.4))))
    layers = (
        Layer("set", DrawingContent(back), 0, FRAMES, plane=0.0),
        Layer("puppet", PuppetContent(puppet), 0, FRAMES, moves, order=1.0),
        Layer("hearts", WidgetContent("hearts"), 0, FRAMES, burst, order=2.0),
    )
    words = (Word("Same", 0, 3), Word("bits?", 3, FRAMES))
    page = CaptionPage(0, FRAMES, words, ((0, 1),), 72)
    scene = Scene("probe", FRAMES, layers, camera, seed=7)
    return Timeline("", look, 216, 384, Fraction(30), (60, 250, 910, 1480), (scene,), captions=(page,))


@cache
def probe(look: str = USUAL) -> str:
    """Digest of one small scene in a look: staged, painted, converted and encoded here, now."""
    from storyreel.render.encode import EncoderSettings
    from storyreel.render.reel import render_chunk
    from storyreel.render.slices import ChunkOrder

    with tempfile.TemporaryDirectory() as folder:
        timeline = _scene(Path(folder), look)
        settings = EncoderSettings(timeline.width, timeline.height, timeline.rate)
        data, _ = render_chunk(ChunkOrder(timeline, 0, FRAMES, settings))
    return hashlib.sha256(data).hexdigest()


def machine(look: str = USUAL) -> dict[str, str]:
    """This machine, ready to draw in a look. A plain mapping, so that another storyreel can read it too.

    Raises:
        StoryreelError: the look is there, but can't be used.
    """
    from storyreel.render.keys import engine

    found = {"storyreel": storyreel.__version__, "python": ".".join(platform.python_version_tuple()[:2])}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "missing"
    found |= {"processor": platform.machine(), "engine": engine(USUAL), "probe": probe()}
    return found if look == USUAL else found | _in_look(look)


def _in_look(look: str) -> dict[str, str]:
    """What is asked of a machine besides, if it is to draw in a look: who brings that, its files, and what it draws."""
    from storyreel.looks import package_of
    from storyreel.render.keys import look_digest

    found = {"look": look, "package": package_of(look)}
    return found | {"files": look_digest(look), "drawn": probe(look)} if found["package"] else found


def difference(here: Machine, there: Machine) -> str:
    """What `there` has otherwise than `here`, as the end of a sentence; empty where both are the same."""
    for name in ("storyreel", "python", *PACKAGES):
        if here.get(name) != there.get(name):
            return f"has {name} {there.get(name, 'missing')}, and this machine has {here.get(name)}"
    if here.get("engine") != there.get("engine"):
        return f"has other sources or assets of storyreel {here.get('storyreel')} than this machine"
    if here.get("probe") != there.get("probe"):
        return f"draws other bits than this machine (processors: {there.get('processor')}, {here.get('processor')})"
    look, package, other = here.get("look"), here.get("package"), there.get("package")
    if package != other:
        has = f"the look '{look}' of {other}" if other else f"no look '{look}'"
        return f"has {has}, and this machine has that of {package}"
    if here.get("files") != there.get("files"):
        return f"has other files of the look '{look}' ({package}) than this machine"
    if here.get("drawn") != there.get("drawn"):
        return f"draws other bits in the look '{look}' than this machine"
    return ""


@dataclass(frozen=True)
class Describing:
    """An errand (`storyreel.render.pool.Errand`): describes the machine it is run on, ready to draw in a look."""

    look: str = USUAL

    def run(self) -> dict[str, str]:
        """Gives it.

        Raises:
            StoryreelError: the look is there, but can't be used.
        """
        return machine(self.look)


@cache
def described(look: str = USUAL) -> Machine:
    """This machine, looked at in a process of its own, so that this one need not load what draws.

    Raises:
        RenderError: it can't draw.
    """
    from storyreel.render.errors import RenderError
    from storyreel.render.pool import Done, Worker, WorkerDied

    worker = Worker()
    try:
        for event in worker.render(0, Describing(look)):
            if isinstance(event, Done):
                return dict(event.data)
    except WorkerDied as death:
        raise RenderError(f"this machine can't draw: its render worker died ({death})") from death
    finally:
        worker.stop()
    raise RenderError("the render worker did not describe this machine")
