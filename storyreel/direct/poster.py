"""How the reveal is laid out: the portrait in its frame, the card and the guest, in tall, square and wide pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_TALL, _SQUARE = 1.3, 0.75
"""Heights of the safe box, in widths of it, from which on it counts as tall, and as square."""
_FRAME: Box = (1.17, 1.15, 1.08, 1.07)
"""How far the portrait's frame with its ears reaches left, up, right and down, in radii."""
_ACROSS, _DOWN = _FRAME[0] + _FRAME[2], _FRAME[1] + _FRAME[3]
_RADIUS = 0.46
"""The portrait's radius, in short sides of the box, where nothing else is in its way."""
_APART = 2.45
"""How far the card's foot is from the portrait's middle at most, in radii."""
_CARD, _LARGEST = 900.0, 1.2
"""How wide a card is set at most, and how much larger than that it is drawn at most."""
_GUEST = 730.0
_ARM = 0.13
"""How much of a guest's reach is a waving arm, in heights of the guest: one of full height waves above the words."""
_BESIDE = 273.0
"""What a card keeps free at its right, for the guest."""
_GAP = 60.0


@dataclass(frozen=True)
class Poster:
    """Where everything of a reveal is, in stage units.

    Attributes:
        portrait: the middle of the portrait, and its radius.
        card: the middle of the card's foot, how wide it is set, and how much larger it is drawn than it is set.
        guest: where the guest's feet are, and the guest's height.
    """

    portrait: tuple[float, float, float]
    card: tuple[float, float, float, float]
    guest: tuple[float, float, float]


def poster(safe: Box, card: Callable[[float], float], reach: float) -> Poster:
    """Lays a reveal out.

    Args:
        safe: the box that holds everything, ears and waving arms included.
        card: the height of the card, set in a width.
        reach: how far the guest reaches to the sides, in heights of the guest.
    """
    ratio = (safe[3] - safe[1]) / (safe[2] - safe[0])
    layout = _tall if ratio >= _TALL else _square if ratio >= _SQUARE else _wide
    return layout(safe, card, reach)


def _tall(safe: Box, card: Callable[[float], float], reach: float) -> Poster:
    """The portrait above, the card across the foot, the guest before its right end."""
    left, top, right, bottom = safe
    width, height = right - left, bottom - top
    radius = min(min(width, height) * _RADIUS, width / _ACROSS)
    x = min(max((left + right) / 2, left + _FRAME[0] * radius), right - _FRAME[2] * radius)
    y = max(top + height * 0.247, top + _FRAME[1] * radius)
    over = max(bottom - y - _APART * radius, 0.0) / 2
    foot = bottom - over
    words = (left + right) / 2 + min(width, _CARD) / 2 - _BESIDE
    beside = right - words
    tall = _GUEST if _GUEST * (2 * reach - _ARM) <= beside else _tallest(_GUEST, beside, reach)
    guest = min(right - 105.0, right - reach * tall)
    return Poster((x, y + over, radius), ((left + right) / 2, foot, width, 1.0), (guest, foot - 30.0, tall))


def _square(safe: Box, card: Callable[[float], float], reach: float) -> Poster:
    """The portrait above at the left, the card below it, the guest beside both."""
    left, top, right, bottom = safe
    width, height = right - left, bottom - top
    tall = _tallest(_GUEST, width * 0.4, reach)
    set_in, larger = _fitted(width, tall, reach)
    free = height - (card(set_in) - 50.0) * larger
    radius = min(min(width, height) * _RADIUS, free / _DOWN, (width - reach * tall) / _ACROSS)
    x = max(left + _FRAME[0] * radius, left + set_in * larger / 2 - 40.0)
    y = top + _FRAME[1] * radius + max(free - _DOWN * radius, 0.0) / 2
    return Poster(
        (x, y, radius),
        (left + set_in * larger / 2, bottom, set_in, larger),
        (right - reach * tall, bottom - 30.0, tall),
    )


def _wide(safe: Box, card: Callable[[float], float], reach: float) -> Poster:
    """The portrait at the left, as large as the height allows, and beside it the card with the guest."""
    left, top, right, bottom = safe
    width, height = right - left, bottom - top
    radius = min(height * _RADIUS, width * 0.225)
    left_over = width - _ACROSS * radius - _GAP
    tall = _tallest(radius * 1.6, left_over * 0.45, reach)
    beside = min(left_over, max(_CARD * _LARGEST, (_CARD - _BESIDE) * _LARGEST + 2 * reach * tall))
    set_in, larger = _fitted(beside, tall, reach)
    start = left + (width - _ACROSS * radius - _GAP - beside) / 2
    middle = (top + bottom) / 2
    foot = middle + max(card(set_in) * larger, tall * 1.04) / 2
    column = start + _ACROSS * radius + _GAP
    return Poster(
        (start + _FRAME[0] * radius, middle + (_FRAME[1] - _FRAME[3]) / 2 * radius, radius),
        (column + set_in * larger / 2, foot, set_in, larger),
        (column + beside - reach * tall, foot - 30.0, tall),
    )


def _tallest(most: float, room: float, reach: float) -> float:
    """How tall a guest is that takes no more than some room beside the words."""
    return min(most, room / (2 * reach)) if reach else most


def _fitted(width: float, guest: float, reach: float) -> tuple[float, float]:
    """How wide a card is set and how much larger it is drawn, so that a guest at the right end covers no word of it."""
    room = width - 2 * reach * guest
    set_in = min(room + _BESIDE, _CARD, width)
    return set_in, min((room + _BESIDE) / set_in, width / set_in, _LARGEST)
