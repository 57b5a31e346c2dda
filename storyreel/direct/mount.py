"""How a portrait is mounted: where it lies and how large it is while it is alone, and where its card and label are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from storyreel.direct.handing import Handed, meeting
from storyreel.direct.production import Production
from storyreel.script.models import Creator, Portrait
from storyreel.timeline.track import Channel, keyed, sample

PUSHED = 1.03
"""How far a portrait is come near to while it is alone, and again in its frame."""
_SEEN_FROM = 1.02
"""How far one that stays is come near to, till the card comes."""
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
_LOWER, _SMALLER = 0.038, 0.7
"""How much lower somebody stands who is cut out, and how much smaller: a name is to be read over their head."""
_LABEL, UNDER, _ON = 1.07, 40.0, 4.6
"""How far below the portrait's middle its label stands, in radii; or the room for it below a card, and how many of
such rooms above the head of a card that rises."""
_FRAME = (1.17, 1.15, 1.12)
"""How far the portrait's frame reaches to the sides, up and down, in radii."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Place = tuple[float, float]


@dataclass(frozen=True)
class Shown:
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
        pushed = PUSHED * whole
        return [max(self.least, min(pushed, self.least * sample(opened, frame))) for frame in range(card, closed + 1)]

    def looking(self, eyes: float, radius: float) -> float:
        """How far down it is moved in its frame, so that eyes so far down it are a little above the frame's middle."""
        tall, down = self.height * self.least, radius * _WINDOW[1]
        most = (tall - down) / 2
        return min(max((0.5 - eyes) * tall - _EYES * down, -most), most)


@dataclass(frozen=True)
class Mount:
    """A portrait from the first frame that it is alone to its card.

    Attributes:
        shown: its size.
        middle: where its frame's middle is in the end, or the picture's where it stays as large as that.
        radius: of the frame.
        box: of the card's words.
        cut, stays, rises: it is cut out; it stays as large as the picture, as it has no frame; its card rises over it.
        widest, opened: how far its frame is open while it is alone, and at every frame.
        alone: how far aside and down it is moved while it is alone.
    framed: how far down with its card; by then it is no more aside.
    whole: how large it is while it is alone.
    scales: how large it is at each frame from the card's first to the one when all is in its place.
    card: that first frame.
    """

    shown: Shown
    middle: Place
    radius: float
    box: Box
    cut: bool
    stays: bool
    rises: bool
    widest: float
    opened: Channel
    alone: Place
    framed: float
    whole: float
    scales: Sequence[float]
    card: int

    def going(self, here: float, there: float) -> Channel:
        """From one place to another, as the portrait gets to its size beside the card."""
        begins, ends = self.scales[0], self.scales[-1]
        shares = ((begins - scale) / (begins - ends) for scale in self.scales)
        return keyed(*((self.card + index, here + (there - here) * share) for index, share in enumerate(shares)))

    def label(self, production: Production) -> Place:
        """Where the label of a stand-in is: under the card, on the picture above it, or at the portrait's frame."""
        (x, y), style, right = self.middle, production.look.reveal, production.safe[2]
        if self.box[0] >= x:
            return min(x + _FRAME[0] * self.radius, right), y + _LABEL * self.radius
        if not self.stays and style.labelled is not None:
            return x + style.labelled[0] * self.radius, y + style.labelled[1] * self.radius
        return right, self.box[1] - _ON * UNDER if self.rises else self.box[3] + 0.8 * UNDER


def mounted(production: Production, creator: Creator, handed: Handed, card: int, closed: int) -> Mount:
    """Mounts a portrait whose card comes at one frame, and which is in its place beside it at another.

    Raises:
        StoryreelError: there is no such portrait.
    """
    portrait, style, picture = creator.portrait, production.look.reveal, production.picture
    width, height = picture
    (x, y, radius), box = laid(production.safe, width, style.words)
    below = box[0] < x
    cut = below and production.widget("masthead") is not None and production.scenery.cut_out(portrait.file)
    stays = below and (cut or not style.framed)
    widest = math.hypot(width, height) / (2 * _WAIST * radius)
    shown = shown_of(production.scenery.proportions(portrait.file), picture, radius)
    whole, aside, lowered = 1.0, 0.0, shown.whole
    if portrait.eyes is not None and handed.eyes is not None and not cut:
        size = (shown.width, shown.height)
        whole, aside, lowered = meeting(portrait.eyes, portrait.apart, size, handed.eyes, picture)
    alone = (aside, lowered)
    if not stays:
        opened = keyed((card, widest, "out-cubic"), (closed, 1.0))
        framed = shown.framed if portrait.eyes is None else shown.looking(portrait.eyes[1], radius)
        scales = shown.scales(opened, card, closed, whole)
        return Mount(shown, (x, y), radius, box, cut, False, False, widest, opened, alone, framed, whole, scales, card)
    box = (box[0], _HALF * height, box[2], box[3])
    last = whole * PUSHED
    if cut or style.draws_back:
        last = min(last, max(width / shown.width, _HALF * height / shown.height))
    last *= _SMALLER if cut else 1.0
    shares = (frame / (closed - card) for frame in range(closed - card + 1))
    scales = [whole * _SEEN_FROM + (last - whole * _SEEN_FROM) * share**2 * (3 - 2 * share) for share in shares]
    looks = _HIGHER if cut or style.draws_back else _LOOKS
    framed = min(lowered, _above(portrait, shown, height, last, looks) + (_LOWER * height if cut else 0.0))
    framed -= style.risen * height if portrait.apart is not None else 0.0
    middle = (width / 2, height / 2)
    return Mount(shown, middle, radius, box, cut, True, style.rises, widest, widest, alone, framed, whole, scales, card)


def _above(portrait: Portrait, shown: Shown, height: float, scale: float, looks: float) -> float:
    """How far down a portrait is moved that fills the picture, so that its face is seen above the card."""
    share, y = _FACE, looks * height
    if portrait.eyes is not None:
        share = portrait.eyes[1]
        y = _HALF * height - _CHIN * portrait.apart * shown.width * scale if portrait.apart is not None else y
    return y - 0.5 * height + (0.5 - share) * shown.height * scale


def shown_of(proportions: float | None, picture: tuple[float, float], radius: float) -> Shown:
    """How a portrait is shown that is so wide for its height; None: as the picture is."""
    across, down = (radius * share for share in _WINDOW)
    share = proportions or picture[0] / picture[1]
    width = max(picture[0], picture[1] * share)
    height = width / share
    lift = (0.5 - _FACE) * height if share < 1 else 0.0
    least = _NEARER * max(across / width, down / height)
    whole, framed = (min(lift * size, (height * size - room) / 2) for size, room in ((1.0, picture[1]), (least, down)))
    return Shown(width, height, whole, framed, least)


def laid(safe: Box, picture: float, words: float) -> tuple[tuple[float, float, float], Box]:
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
        return ((left + right) / 2, y, radius), (left, y + words * radius, right, bottom - UNDER)
    radius = min(0.46 * height / up, 0.21 * width)
    x = left + across * radius
    return (x, (top + bottom) / 2 + 0.02 * height, radius), (x + 1.25 * across * radius, top, right, bottom)
