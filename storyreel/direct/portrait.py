"""The reveal by the rule of all films since shots: the portrait alone, then the card, one element after another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from storyreel.direct.lines import as_written
from storyreel.direct.production import Production
from storyreel.direct.reveal import Reveal, card_words, ground, revealed
from storyreel.direct.speaking import timed_words
from storyreel.script.models import Creator, Part
from storyreel.timeline.model import (
    GroupContent,
    Layer,
    Line,
    WidgetContent,
    Word,
    settings,
)
from storyreel.timeline.track import Channel, keyed, sample

_ALONE = Fraction(9, 10)
"""Seconds for which nothing but the portrait is seen, once it is all there."""
_CLOSES = Fraction(1, 2)
"""Seconds in which it draws back into its frame."""
_LINE, _HASHTAG, _REST, _LEAST = (Fraction(part, 30) for part in (10, 4, 36, 75))
"""Seconds: from the portrait in its frame, with the name, to the line; from the line's end to the hashtag, from there
to the film's end, and of the card in all at the least."""
_COMES = Fraction(4, 15)
"""Seconds in which an element comes."""
_PUSHED = 1.03
"""How far the portrait is come near to while it is alone, and again in its frame."""
_WAIST = 0.58
"""Of a frame's radius, how far its middle is clear whatever its shape."""
_WINDOW = (2.2, 2.3)
"""How wide and how tall the frame's opening is, in radii."""
_FACE = 0.46
"""How far down a tall portrait its face is; a broad one is shown from its middle."""
_LABEL = 1.07
"""How far below the portrait's middle its label stands, in radii."""
_FRAME = (1.17, 1.15, 1.12)
"""How far the portrait's frame reaches to the sides, up and down, in radii."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def direct_portrait(production: Production, creator: Creator, start: int) -> Reveal:
    """Directs the reveal from `creator`; `start` is its first film frame.

    Raises:
        StoryreelError: the portrait is missing.
    """
    scenery, clock = production.scenery, production.clock
    look, (width, height) = production.look, production.picture
    style, (left, _, right, _) = look.reveal, production.safe
    (x, y, radius), box = _laid(production.safe)
    handed = clock.frames(Fraction(look.sweep) / 2) if style.hands_over != "cut" else 0
    card = handed + clock.frames(_ALONE)
    closed = card + clock.frames(_CLOSES)
    spoken = closed + clock.frames(_LINE)
    words, said = _message(production, creator, start, spoken)
    tagged = max(said, closed) + clock.frames(_HASHTAG)
    comes = clock.frames(_COMES)
    length = max(tagged + comes + clock.frames(_REST), card + clock.frames(_LEAST))
    running = ("t", keyed((0, 0.0), (length, clock.seconds(length))))
    widest = math.hypot(width, height) / (2 * _WAIST * radius)
    opened = keyed((card, widest, "out-cubic"), (closed, 1.0))
    shown = _shown(scenery.proportions(creator.portrait), production.picture, radius)
    scales = shown.scales(opened, card, closed)

    def going(here: float, there: float) -> Channel:
        """From one place to another, as the portrait gets smaller."""
        shares = ((scales[0] - scale) / (scales[0] - scales[-1]) for scale in scales)
        return keyed(*((card + index, here + (there - here) * share) for index, share in enumerate(shares)))

    opening = Layer(
        "opening",
        GroupContent(WidgetContent("opening", settings({"label": "", "radius": radius, "widest": widest}))),
        0,
        length,
        (
            ("x", going(width / 2, x)),
            ("y", going(height / 2, y)),
            ("open", opened),
            ("turn", keyed((card, style.turn[0], "out-cubic"), (closed, style.turn[1]))),
            ("settle", keyed((card, 0.0, style.settle), (closed + 2 * comes, 1.0))),
            running,
        ),
        order=1,
        children=(
            Layer(
                "portrait",
                scenery.picture(creator.portrait, shown.width, shown.height),
                0,
                length,
                (
                    ("y", going(shown.whole, shown.framed)),
                    (
                        "scale",
                        keyed(
                            (0, 1.0),
                            *((card + index, scale) for index, scale in enumerate(scales)),
                            (length, scales[-1] * _PUSHED),
                        ),
                    ),
                ),
            ),
        ),
    )
    signature = Layer(
        "card",
        WidgetContent(
            "signature",
            settings(
                {
                    **card_words(production.script, creator),
                    "width": box[2] - box[0],
                    "height": box[3] - box[1],
                }
            ),
        ),
        card,
        length,
        (
            ("x", (box[0] + box[2]) / 2),
            ("y", (box[1] + box[3]) / 2),
            ("closing", keyed((closed - comes, 0.0), (closed, 1.0))),
            ("name", keyed((closed, 0.0, "out-cubic"), (closed + comes, 1.0))),
            ("letters", _letters(words, start, card)),
            ("hashtag", keyed((tagged, 0.0, "out-cubic"), (tagged + comes, 1.0))),
        ),
        order=3,
    )
    layers = [
        ground(production, length),
        opening,
        signature,
    ]
    if creator.label:
        label = settings({"text": creator.label, "width": right - left})
        layers.append(
            Layer(
                "label",
                WidgetContent("tag", label),
                closed,
                length,
                (
                    ("x", min(x + _FRAME[0] * radius, right)),
                    ("y", y + _LABEL * radius),
                    ("appear", keyed((closed, 0.0), (closed + comes, 1.0))),
                ),
                order=2,
            )
        )
    whole = revealed(production, creator, start, layers, length, card)
    # The look's other effects are the drawn character's and the card's, which come otherwise here.
    return replace(whole, effects=whole.effects[:1])


@dataclass(frozen=True)
class _Shown:
    """How a portrait is shown.

    Attributes:
        width, height: its size where it covers the picture.
        whole, framed: how far down it is moved there, and in its frame, so that a face is in the middle.
        least: the scale at which it covers its frame.
    """

    width: float
    height: float
    whole: float
    framed: float
    least: float

    def scales(self, opened: Channel, card: int, closed: int) -> list[float]:
        """Its scale at each frame while its frame closes in: it stays until that is narrower, and goes with it."""
        return [max(self.least, min(_PUSHED, self.least * sample(opened, frame))) for frame in range(card, closed + 1)]


def _shown(proportions: float | None, picture: tuple[float, float], radius: float) -> _Shown:
    """How a portrait is shown that is so wide for its height; None: as the picture is."""
    across, down = (radius * share for share in _WINDOW)
    share = proportions or picture[0] / picture[1]
    width = max(picture[0], picture[1] * share)
    height = width / share
    lift = (0.5 - _FACE) * height if share < 1 else 0.0
    least = max(across / width, down / height)
    whole, framed = (min(lift * size, (height * size - room) / 2) for size, room in ((1.0, picture[1]), (least, down)))
    return _Shown(width, height, whole, framed, least)


def _laid(safe: Box) -> tuple[tuple[float, float, float], Box]:
    """The portrait's middle and radius, and the box of the words: below it, or beside it in a wide picture."""
    left, top, right, bottom = safe
    width, height = right - left, bottom - top
    across, up, down = _FRAME
    if height > 1.1 * width:
        radius = min(width / (2 * across), 0.234 * height)
        y = top + up * radius
        return ((left + right) / 2, y, radius), (left, y + down * radius, right, bottom)
    radius = min(0.46 * height / up, 0.21 * width)
    x = left + across * radius
    return (x, (top + bottom) / 2 + 0.02 * height, radius), (x + 1.25 * across * radius, top, right, bottom)


def _message(production: Production, creator: Creator, start: int, at: int) -> tuple[Sequence[Word], int]:
    """The message's words as they are spoken, on the film's clock, and the scene's frame at which they all are."""
    script, speaking, clock = production.script, production.speaking, production.clock
    puppet = creator.puppet or next(iter(script.cast), "")
    second = clock.frames(1)
    silent = (Word(creator.message, start + at, start + at + second),) if creator.message else ()
    if not creator.line or not puppet or script.cast[puppet].voice is None:
        return as_written(silent, creator.message) if silent else (), at + second
    key, speech = speaking.clip(Part(say=creator.line), puppet, script.cast)
    spoken = timed_words(speech, creator.line, start + at, clock)
    speaking.say(key, speech, start + at, Line("reveal", puppet, spoken, burned=False), clock)
    shown = as_written(spoken, creator.message) if creator.message else ()
    return shown, at + clock.frames(len(speech.samples) / speech.rate)


def _letters(words: Sequence[Word], start: int, card: int) -> Channel:
    """How many letters of the message stand there: each word as it begins."""
    keys: list[tuple[int, float, str]] = [(card, 0.0, "hold")]
    letters = 0.0
    for word in words:
        letters += len(word.text)
        frame = max(word.start - start, keys[-1][0] + 1)
        keys.append((frame, letters, "hold"))
        letters += 1
    return keyed(*keys)
