"""The reveal by the rule of all films since shots: the portrait alone, then the card, one element after another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from storyreel.direct.blinking import blinking
from storyreel.direct.guests import guest, room_for
from storyreel.direct.handing import Handed, meeting
from storyreel.direct.lines import as_written
from storyreel.direct.production import Production
from storyreel.direct.reveal import Reveal, card_words, ground, revealed
from storyreel.direct.speaking import timed_words
from storyreel.errors import StoryreelError, directing
from storyreel.script.ending import ending, spoken, written
from storyreel.script.models import Creator, Part, Portrait
from storyreel.script.models import Reveal as RevealSpec
from storyreel.timeline.model import GroupContent, Layer, Line, Setting, WidgetContent, Word, settings
from storyreel.timeline.track import Channel, keyed, sample
from storyreel.treatment.look import RevealStyle

_ALONE = Fraction(9, 10)
"""Seconds for which nothing but the portrait is seen, once it is all there."""
_SEEN = Fraction(7, 10)
"""Seconds that a face takes to be seen."""
_NEXT = Fraction(1, 5)
"""Seconds from one thing on the card to the next, where their order is said."""
_CLOSES = Fraction(1, 2)
"""Seconds in which it draws back into its frame."""
_NAME, _LINE, _HASHTAG, _REST, _LEAST = (Fraction(part, 30) for part in (3, 0, 4, 40, 75))
"""Seconds: how long before the portrait is in its frame the name comes; from then to the line and to the hashtag; from
the last of them to the film's end, and of the card in all at the least."""
_COMES = Fraction(4, 15)
"""Seconds in which an element comes."""
_GATHER = Fraction(6, 5)
"""Seconds in which all who look on have come."""
_PUSHED, _SEEN_FROM = 1.03, 1.02
"""How far the portrait is come near to while it is alone, and again in its frame; and where it stays, till the card
comes."""
_WAIST = 0.58
"""Of a frame's radius, how far its middle is clear whatever its shape."""
_WINDOW = (2.2, 2.3)
"""How wide and how tall the frame's opening is, in radii."""
_NEARER = 1.12
"""How much larger than it must be a portrait is in its frame: a face is seen, not a room."""
_FACE = 0.45
"""How far down a tall portrait its face is; a broad one is shown from its middle."""
_EYES = 0.08
"""How far above the middle of its frame eyes are, of the frame's height, where a portrait says where they are."""
_HALF, _LOOKS, _HIGHER, _CHIN = 0.5, 0.33, 0.275, 1.9
"""Where a picture that stays filled is left to the card, as a share of its height; where a face is above that, and one
that has drawn back; and how far its eyes are above the card, in widths from eye to eye, where those are known: a chin
is 1.7 below them."""
_RISEN = 0.095
"""How much higher than the half a card's head is that rises over a picture, as a share of its height."""
_LOWER = 0.05
"""How much lower somebody stands who is cut out: a name is to be read over their head."""
_LABEL, _UNDER, _ON = 1.07, 40.0, 4.6
"""How far below the portrait's middle its label stands, in radii; or the room for it below a card, and how many of
such rooms above the head of a card that rises."""
_FRAME = (1.17, 1.15, 1.12)
"""How far the portrait's frame reaches to the sides, up and down, in radii."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def direct_portrait(production: Production, creator: Creator, start: int, handed: Handed) -> Reveal:
    """Directs the reveal from `creator`; `start` is its first film frame, `handed` what the story hands over.

    Raises:
        StoryreelError: the portrait is missing, or isn't alone for long enough.
    """
    scenery, clock, own = production.scenery, production.clock, ending(production.script)
    look, (width, height) = production.look, production.picture
    style, (left, _, right, _) = look.reveal, production.safe
    (x, y, radius), box = _laid(production.safe, width, style.words)
    cut = box[0] < x and production.widget("masthead") is not None and scenery.cut_out(creator.portrait.file)
    stays = (cut or not style.framed) and box[0] < x
    rises = stays and style.rises
    rising: dict[str, Setting] = {"rises": True} if rises else {}
    if stays:
        box = (box[0], _HALF * height, box[2], box[3])
    sweeps = not handed.plain and style.hands_over != "cut"
    sweep = look.lasts(look.kind(style.hands_over))
    card = (clock.frames(Fraction(sweep) / 2) if sweeps else handed.covered) + _alone(production, own)
    closed, comes = card + clock.frames(_CLOSES), clock.frames(_COMES)
    order = _ordered(production, creator, own, start, closed)
    tagged = order.at["hashtag"]
    small = order.done + comes if own.card else closed
    length = max(order.done + comes + clock.frames(_REST), card + clock.frames(_LEAST))
    if own.for_ is not None:
        with directing("reveal", "for"):
            length = _lasting(production.times.frames(own.for_), handed.begun, order.done + comes)
    running = ("t", keyed((0, 0.0), (length, clock.seconds(length))))
    below = box[0] < x
    widest = math.hypot(width, height) / (2 * _WAIST * radius)
    opened: Channel = widest if stays else keyed((card, widest, "out-cubic"), (closed, 1.0))
    shown = _shown(scenery.proportions(creator.portrait.file), production.picture, radius)
    whole, aside, lowered = 1.0, 0.0, shown.whole
    if creator.portrait.eyes is not None and handed.eyes is not None and not cut:
        size = (shown.width, shown.height)
        whole, aside, lowered = meeting(
            creator.portrait.eyes, creator.portrait.apart, size, handed.eyes, (width, height)
        )
    scales = shown.scales(opened, card, closed, whole)
    framed = shown.framed if creator.portrait.eyes is None else shown.looking(creator.portrait.eyes[1], radius)
    if stays:
        x, y = width / 2, height / 2
        shares = (frame / (closed - card) for frame in range(closed - card + 1))
        last = whole * _PUSHED
        if cut or style.draws_back:
            last = min(last, max(width / shown.width, _HALF * height / shown.height))
        scales = [whole * _SEEN_FROM + (last - whole * _SEEN_FROM) * share**2 * (3 - 2 * share) for share in shares]
        looks = _HIGHER if cut or style.draws_back else _LOOKS
        framed = min(lowered, _above(creator.portrait, shown, height, last, looks) + (_LOWER * height if cut else 0.0))
        framed -= _RISEN * height if rises and creator.portrait.apart is not None else 0.0

    def going(here: float, there: float) -> Channel:
        """From one place to another, as the portrait gets smaller."""
        shares = ((scales[0] - scale) / (scales[0] - scales[-1]) for scale in scales)
        return keyed(*((card + index, here + (there - here) * share) for index, share in enumerate(shares)))

    face = Layer(
        "portrait",
        scenery.picture(creator.portrait.file, shown.width, shown.height),
        0,
        length,
        (
            *((("x", going(aside, 0.0)),) if aside else ()),
            ("y", going(lowered, framed)),
            (
                "scale",
                keyed(
                    (0, whole),
                    *((card + index, scale) for index, scale in enumerate(scales)),
                    (length, scales[-1] * _PUSHED),
                ),
            ),
        ),
    )
    marked: dict[str, Setting] = {"cut": True} if cut else {}
    opening = Layer(
        "opening",
        GroupContent(WidgetContent("opening", settings({"label": "", "radius": radius, "widest": widest, **marked}))),
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
        children=blinking(production, creator.portrait, face, (shown.width, shown.height), card),
    )
    stands: dict[str, Setting] = {
        **card_words(production.script, creator),
        "width": box[2] - box[0],
        "height": box[3] - box[1],
        **({"order": " ".join(own.card)} if own.card else {}),
        **room_for(production, own),
        **({**marked, "label": creator.label} if cut else {}),
        **rising,
    }
    signature = Layer(
        "card",
        WidgetContent("signature", settings(stands)),
        card,
        length,
        (
            ("x", (box[0] + box[2]) / 2),
            ("y", (box[1] + box[3]) / 2),
            # What rises goes with the portrait: its foot is never seen.
            ("closing", keyed((card if rises else small - comes, 0.0), (small, 1.0))),
            *(
                (name, keyed((order.at[name], 0.0, "out-cubic"), (order.at[name] + comes, 1.0)))
                for name in ("name", "handle", "hashtag")
            ),
            ("letters", _letters(order.words, start, card)),
        ),
        order=3,
    )
    layers = [ground(production, length), opening, signature]
    if cut:
        named = WidgetContent("masthead", settings({"name": creator.name, "width": width, "height": height}))
        comes_in = ("appear", keyed((order.at["name"], 0.0, "out-cubic"), (order.at["name"] + comes, 1.0)))
        layers.append(Layer("masthead", named, order.at["name"], length, (comes_in,), order=0.5))
    elif creator.label:
        label = settings({"text": creator.label, "width": right - left, **rising})
        ends = _label(style, box, (x, y, radius), right, below=below, stays=stays)
        layers.append(
            Layer(
                "label",
                WidgetContent("tag", label),
                closed,
                length,
                (
                    ("x", ends[0]),
                    ("y", ends[1]),
                    ("appear", keyed((closed, 0.0), (closed + comes, 1.0))),
                ),
                order=3.5 if rises else 2,
            )
        )
    layers += _listeners(production, closed, length, running)
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    visitor = guest(production, own, stands, middle, (-handed.begun, card, tagged, length))
    layers += [visitor] if visitor is not None else []
    made = revealed(production, creator, start, layers, length, card)
    # The look's other effects are the drawn character's and the card's, which come otherwise here.
    return replace(made, effects=made.effects[:1] if sweeps or not handed.plain else ())


def _label(
    style: RevealStyle, box: Box, opening: tuple[float, float, float], right: float, *, below: bool, stays: bool
) -> tuple[float, float]:
    """Where the label of a stand-in is: under the card, on the picture above it, or at the portrait's frame."""
    x, y, radius = opening
    if not below:
        return min(x + _FRAME[0] * radius, right), y + _LABEL * radius
    if not stays and style.labelled is not None:
        return x + style.labelled[0] * radius, y + style.labelled[1] * radius
    return right, box[1] - _ON * _UNDER if style.rises and stays else box[3] + 0.8 * _UNDER


def _listeners(production: Production, closed: int, length: int, running: tuple[str, Channel]) -> list[Layer]:
    """Who looks on from the foot of the picture once the portrait is in its frame, where the look has somebody."""
    if production.widget("listeners") is None:
        return []
    width, height = production.picture
    appears = ("appear", keyed((closed, 0.0), (closed + production.clock.frames(_GATHER), 1.0)))
    content = WidgetContent("listeners", settings({"width": width, "height": height}))
    return [Layer("listeners", content, closed, length, (appears, running), order=0.5)]


def _alone(production: Production, own: RevealSpec) -> int:
    """For how many frames nothing is seen but the portrait.

    Raises:
        StoryreelError: it is too short for a face to be seen.
    """
    if own.alone is None:
        return production.clock.frames(_ALONE)
    frames, least = production.times.frames(own.alone), production.clock.frames(_SEEN)
    if frames < least:
        with directing("reveal", "alone"):
            raise StoryreelError(
                f"the portrait would be alone for {frames} frames; a face takes {least} (0.7s) to be seen"
            )
    return frames


def _lasting(wanted: int, begun: int, done: int) -> int:
    """The frames of the portrait's scene in a reveal of so many that began earlier by some.

    Raises:
        StoryreelError: not all of it has come by then.
    """
    if wanted - begun < done:
        raise StoryreelError(f"the last word stands on the card after {begun + done} frames, not {wanted}")
    return wanted - begun


@dataclass(frozen=True)
class _Order:
    """When what comes on the card: each by its frame, the message's words, and when the last of them begins to come."""

    at: Mapping[str, int]
    words: Sequence[Word]
    done: int


def _ordered(production: Production, creator: Creator, own: RevealSpec, start: int, closed: int) -> _Order:
    """Everything on the card, one after another from the frame on at which the portrait is in its frame.

    Where nothing is said of it, the handle comes with the name.
    """
    clock = production.clock
    if not own.card:
        words, said = _message(production, creator, start, closed + clock.frames(_LINE))
        named, tagged = closed - clock.frames(_NAME), closed + clock.frames(_HASHTAG)
        return _Order({"name": named, "handle": named, "hashtag": tagged}, words, max(said, tagged))
    at = dict.fromkeys(("name", "handle", "hashtag"), closed)
    words, cursor, apart = (), closed, clock.frames(_NEXT)
    for name in own.card:
        if name == "message":
            words, said = _message(production, creator, start, cursor)
            cursor = max(said, closed) + clock.frames(_HASHTAG)
        else:
            at[name] = cursor
            cursor += apart
    if "message" not in own.card:
        _, said = _message(production, creator, start, cursor)
        cursor = max(cursor, said)
    return _Order(at, words, max(cursor, *at.values()) - apart)


def _above(portrait: Portrait, shown: _Shown, height: float, scale: float, looks: float) -> float:
    """How far down a portrait is moved that fills the picture, so that its face is seen above the card."""
    share, y = _FACE, looks * height
    if portrait.eyes is not None:
        share = portrait.eyes[1]
        y = _HALF * height - _CHIN * portrait.apart * shown.width * scale if portrait.apart is not None else y
    return y - 0.5 * height + (0.5 - share) * shown.height * scale


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

    def scales(self, opened: Channel, card: int, closed: int, whole: float = 1.0) -> list[float]:
        """Its scale at each frame while its frame closes in: it stays until that is narrower, and goes with it."""
        pushed = _PUSHED * whole
        return [max(self.least, min(pushed, self.least * sample(opened, frame))) for frame in range(card, closed + 1)]

    def looking(self, eyes: float, radius: float) -> float:
        """How far down it is moved in its frame, so that eyes so far down it are a little above the frame's middle."""
        tall, down = self.height * self.least, radius * _WINDOW[1]
        most = (tall - down) / 2
        return min(max((0.5 - eyes) * tall - _EYES * down, -most), most)


def _shown(proportions: float | None, picture: tuple[float, float], radius: float) -> _Shown:
    """How a portrait is shown that is so wide for its height; None: as the picture is."""
    across, down = (radius * share for share in _WINDOW)
    share = proportions or picture[0] / picture[1]
    width = max(picture[0], picture[1] * share)
    height = width / share
    lift = (0.5 - _FACE) * height if share < 1 else 0.0
    least = _NEARER * max(across / width, down / height)
    whole, framed = (min(lift * size, (height * size - room) / 2) for size, room in ((1.0, picture[1]), (least, down)))
    return _Shown(width, height, whole, framed, least)


def _laid(safe: Box, picture: float, words: float) -> tuple[tuple[float, float, float], Box]:
    """The portrait's middle and radius, and the box of the words: below it, or beside it in a wide picture.

    Below it they stand in the middle of the picture, which is `picture` wide, and not of the safe box;
    they begin so many radii below its middle as `words` says.
    """
    left, top, right, bottom = safe
    width, height = right - left, bottom - top
    across, up, _ = _FRAME
    if height > 1.1 * width:
        margin = max(left, picture - right)
        left, right = margin, picture - margin
        width = right - left
        radius = min(width / (2 * across), 0.262 * height)
        y = top + up * radius
        return ((left + right) / 2, y, radius), (left, y + words * radius, right, bottom - _UNDER)
    radius = min(0.46 * height / up, 0.21 * width)
    x = left + across * radius
    return (x, (top + bottom) / 2 + 0.02 * height, radius), (x + 1.25 * across * radius, top, right, bottom)


def _message(production: Production, creator: Creator, start: int, at: int) -> tuple[Sequence[Word], int]:
    """The message's words as they are spoken, on the film's clock, and the scene's frame at which they all are."""
    script, speaking, clock = production.script, production.speaking, production.clock
    puppet = creator.puppet or next(iter(script.cast), "")
    second = clock.frames(1)
    line, message = spoken(script, creator), written(script, creator)
    silent = (Word(message, start + at, start + at + second),) if message else ()
    if not line or not puppet or script.cast[puppet].voice is None:
        return as_written(silent, message) if silent else (), at + second
    key, speech = speaking.clip(Part(say=line), puppet, script.cast)
    words = timed_words(speech, line, start + at, clock)
    speaking.say(key, speech, start + at, Line("reveal", puppet, words, burned=False), clock)
    shown = as_written(words, message) if message else ()
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
