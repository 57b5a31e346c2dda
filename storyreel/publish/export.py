"""Films taken elsewhere: WebM, ProRes, GIF, numbered PNGs, the sound alone, the captions alone, see-through."""

from __future__ import annotations

import re
import shutil
import tempfile
import wave
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from storyreel.errors import StoryreelError
from storyreel.render.atomic import whole_or_nothing
from storyreel.render.errors import writing
from storyreel.render.progress import Meter, ProgressCallback
from storyreel.render.settings import drafted
from storyreel.timeline.clock import SAMPLE_RATE
from storyreel.timeline.model import Timeline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from storyreel.sound.tape import Samples

NUMBERED = re.compile(r"%0?(\d?)d")
"""Where a frame's number stands in the name of a picture: `frames/%05d.png`."""
SOUNDS = (".wav", ".m4a")
MOVING = (".webm", ".mov")
ENDINGS = (*MOVING, ".png", ".gif", *SOUNDS)
"""What a film can be written as, besides an MP4."""
_BT709, _LIMITED = 1, 1


class Film(Protocol):
    """What is taken elsewhere."""

    @property
    def timeline(self) -> Timeline: ...

    def samples(self) -> Samples: ...


@dataclass(frozen=True)
class _Kind:
    """How a file of a kind is encoded; `clear` are pixels that may be see-through."""

    form: str
    video: str
    options: dict[str, str]
    solid: str
    clear: str
    sound: str
    sample: str


_KINDS = {
    ".mp4": _Kind("mp4", "libx264", {"preset": "veryfast", "crf": "14"}, "yuv420p", "yuv420p", "aac", "fltp"),
    ".webm": _Kind(
        "webm",
        "libvpx-vp9",
        {"crf": "22", "b": "0", "deadline": "realtime", "cpu-used": "6", "row-mt": "1"},
        "yuv420p",
        "yuva420p",
        "libopus",
        "flt",
    ),
    # ProRes 4444, as editors take it: 10 bits, each picture for itself.
    ".mov": _Kind(
        "mov", "prores_ks", {"profile": "4444", "vendor": "apl0"}, "yuv444p10le", "yuva444p10le", "pcm_s16le", "s16"
    ),
}


def export(
    film: Film,
    out: Path,
    captions: bool = True,
    alone: bool = False,
    draft: bool = False,
    crf: int | None = None,
    progress: ProgressCallback | None = None,
) -> int:
    """Writes a film as the ending of a name says; it appears there whole or not at all. Gives its frames.

    Args:
        out: `.webm` (VP9, Opus), `.mov` (ProRes 4444, PCM), `.png` with the place of a number (`frames/%05d.png`),
            `.gif` (its last loop, or all of it small; silent), `.wav` (16 bits) or `.m4a` (AAC): the sound alone.
        captions: whether they are in the picture; never in a GIF of a loop, as what is said doesn't come round.
        alone: the captions and nothing behind them, see-through: to be laid over something; without sound.
        draft: a small picture.
        crf: of a WebM, how finely it is encoded, 0 to 63.

    Raises:
        StoryreelError: there is no such kind of file, it has no place for a number, or it can't be written.
    """
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise StoryreelError(f"{out}: this writes {', '.join(ENDINGS)}; `render` writes a film as .mp4")
    if alone and ending in SOUNDS:
        raise StoryreelError(f"{out}: captions make no sound; write them as .mov, .webm or .png")
    if alone and ending == ".gif":
        raise StoryreelError(f"{out}: a GIF has no soft edges to see through; write captions as .mov, .webm or .png")
    if ending == ".gif":
        from storyreel.publish.animation import span, write_gif

        shown = span(film.timeline)
        write_gif(film, out, captions=captions and len(shown) == film.timeline.length, draft=draft, progress=progress)
        return len(shown)
    timeline = drafted(film.timeline) if draft else film.timeline
    meter = Meter(timeline.length, progress)
    if ending in SOUNDS:
        meter.tell("sound")
        _write_sound(film.samples(), out)
    elif ending == ".png":
        with _numbered(out) as named:
            _write_pictures(_pictures(timeline, captions, alone), named, meter)
    else:
        sound = None if alone else film.samples()
        with whole_or_nothing(out) as temporary, writing(out):
            size, pictures = (timeline.width, timeline.height), _pictures(timeline, captions, alone)
            write_moving(size, timeline.rate, pictures, sound, temporary, ending, alone, crf, meter)
    meter.tell("done")
    return timeline.length


def _write_sound(samples: Samples, out: Path) -> None:
    with whole_or_nothing(out) as temporary, writing(out):
        if out.suffix.lower() == ".m4a":
            from storyreel.render.encode import encode_sound

            temporary.write_bytes(encode_sound(samples))
            return
        with wave.open(str(temporary), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            file.writeframes(np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def _pictures(timeline: Timeline, captions: bool, alone: bool) -> Iterator[NDArray[np.uint8]]:
    """The film's pictures as RGB, or what is see-through as RGBA, not premultiplied; good until the next."""
    if alone:
        yield from _captions(timeline)
        return
    from storyreel.render.still import painted

    for pixels in painted(timeline, range(timeline.length), captions):
        yield np.ascontiguousarray(pixels[..., 2::-1])


def _captions(timeline: Timeline) -> Iterator[NDArray[np.uint8]]:
    """The captions with nothing behind them."""
    from storyreel.looks import pen
    from storyreel.paint.finish import cells
    from storyreel.paint.painter import alone
    from storyreel.stage.compose import compose
    from storyreel.stage.display import CAPTION, Item

    with_pen = pen(timeline.look)
    cell, across, down = cells(with_pen.finish, timeline.width, timeline.height)
    empty = np.zeros((timeline.height, timeline.width, 4), np.uint8)
    before: tuple[Any, NDArray[np.uint8]] = ((), empty)
    for frame in range(timeline.length):
        items = compose(timeline, with_pen, frame).items
        shown = [item for item in items if isinstance(item, Item) and item.name == CAPTION]
        key = tuple(item.key for item in shown)
        if key != before[0]:
            small = alone(shown, across, down, timeline.scale / cell)
            whole = small.repeat(cell, 0).repeat(cell, 1)[: timeline.height, : timeline.width] if cell > 1 else small
            before = (key, np.ascontiguousarray(whole))
        yield before[1]


@contextmanager
def _numbered(out: Path) -> Iterator[Any]:
    """Gives what names the picture of a number; all of them appear when the block ends well.

    Raises:
        StoryreelError: the name has no place for a number.
    """
    place = NUMBERED.search(out.name)
    if place is None or out.name.count("%") != 1:
        raise StoryreelError(f"{out}: a picture a frame needs the place of its number: {out.parent / '%05d.png'}")
    width = int(place[1] or 1)
    with writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".frames.", dir=out.parent))
    try:
        yield lambda number: folder / NUMBERED.sub(f"{number:0{width}d}", out.name)
        with writing(out):
            for path in sorted(folder.iterdir()):
                path.replace(out.parent / path.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_pictures(pictures: Iterator[NDArray[np.uint8]], named: Any, meter: Meter) -> None:
    from PIL import Image

    for number, pixels in enumerate(pictures):
        path = named(number)
        with writing(path):
            Image.fromarray(pixels).save(path, format="PNG", compress_level=3)
        meter.shown(0, number + 1)


def write_moving(
    size: tuple[int, int],
    rate: Fraction,
    pictures: Iterable[NDArray[np.uint8]],
    samples: Samples | None,
    out: Path,
    ending: str,
    clear: bool = False,
    crf: int | None = None,
    meter: Meter | None = None,
) -> None:
    """Encodes pictures (RGB, or RGBA where they are `clear`) and sound into one file, interleaved.

    Args:
        size: width and height of the pictures, in pixels; even.
        ending: what kind of file it is: `.mp4`, `.webm` or `.mov`.
    """
    import av
    from av.video.frame import VideoFrame
    from av.video.reformatter import ColorRange, Colorspace

    kind, tick = _KINDS[ending], 1 / rate
    options = kind.options if crf is None or "crf" not in kind.options else {**kind.options, "crf": str(crf)}
    with av.open(str(out), "w", format=kind.form) as film:
        stream: Any = film.add_stream(kind.video, rate=rate, options=options)
        stream.width, stream.height, stream.time_base = *size, tick
        stream.pix_fmt = kind.clear if clear else kind.solid
        context = stream.codec_context
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED
        heard = _Heard(film, samples, kind) if samples is not None else None
        for number, pixels in enumerate(pictures):
            shown = VideoFrame.from_ndarray(pixels, format="rgba" if pixels.shape[2] == 4 else "rgb24")
            # By one thread: where two meet, opacity came out half in single cells, each time elsewhere.
            frame = shown.reformat(
                format=stream.pix_fmt, dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG, threads=1
            )
            frame.pts, frame.time_base = number, tick
            if heard is not None:
                heard.mux(number * tick)
            film.mux(stream.encode(frame))
            if meter is not None:
                meter.shown(0, number + 1)
        film.mux(stream.encode(None))
        if heard is not None:
            heard.mux(None)


class _Heard:
    """The sound, encoded as far as the pictures have come."""

    SIZE = 960
    """Samples of a piece: 20 ms, as Opus has them; AAC and PCM take any."""

    def __init__(self, film: Any, samples: Samples, kind: _Kind) -> None:
        self._film, self._samples, self._kind, self._next = film, samples, kind, 0
        self._stream = film.add_stream(kind.sound, rate=SAMPLE_RATE)
        self._stream.layout = "stereo"
        if kind.sound == "libopus":
            self._stream.bit_rate = 160_000

    def mux(self, until: Fraction | None) -> None:
        """Encodes what sounds up to a time; all that is left, and the end, where it is None."""
        import av

        last = len(self._samples) if until is None else min(int(until * SAMPLE_RATE), len(self._samples))
        while self._next < last and (until is None or self._next + self.SIZE <= last):
            piece = self._samples[self._next : self._next + self.SIZE]
            if self._kind.sample == "s16":
                piece = np.rint(np.clip(piece, -1, 1) * 32767).astype(np.int16)
            flat = np.ascontiguousarray(piece.T if self._kind.sample.endswith("p") else piece.reshape(1, -1))
            frame = av.AudioFrame.from_ndarray(flat, format=self._kind.sample, layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, self._next, Fraction(1, SAMPLE_RATE)
            self._film.mux(self._stream.encode(frame))
            self._next += len(piece)
        if until is None:
            self._film.mux(self._stream.encode(None))
