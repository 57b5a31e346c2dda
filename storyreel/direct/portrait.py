"""The reveal by the rule of all films since shots: the portrait alone, then the card, one element after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from storyreel.direct.blinking import blinking
from storyreel.direct.enlarged import judge_portrait
from storyreel.direct.guests import guest, room_for
from storyreel.direct.handing import Handed
from storyreel.direct.lines import as_written
from storyreel.direct.mount import PUSHED, Mount, mounted
from storyreel.direct.production import Production
from storyreel.direct.reveal import Reveal, card_words, ground, revealed
from storyreel.direct.speaking import timed_words
from storyreel.errors import StoryreelError, directing
from storyreel.script.ending import ending, spoken, written
from storyreel.script.models import Creator, Part
from storyreel.script.models import Reveal as RevealSpec
from storyreel.timeline.model import GroupContent, Layer, Line, Setting, WidgetContent, Word, settings
from storyreel.timeline.track import Channel, keyed

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


def direct_portrait(production: Production, creator: Creator, start: int, handed: Handed) -> Reveal:
    """Directs the reveal from `creator`; `start` is its first film frame, `handed` what the story hands over.

    Raises:
        StoryreelError: the portrait is missing, or isn't alone for long enough.
    """
    own, times = ending(production.script), _timed(production, creator, start, handed)
    mount = mounted(production, creator, handed, times.card, times.closed)
    # As it covers the picture: where drawn eyes draw it nearer, that is not the author's doing.
    judge_portrait(production, creator.portrait.file, (mount.shown.width, mount.shown.height))
    stands = _words(production, creator, own, mount)
    left, top, right, bottom = mount.box
    middle = ((left + right) / 2, (top + bottom) / 2)
    layers = [
        ground(production, times.length),
        _opening(production, creator, mount, times),
        Layer(
            "card",
            WidgetContent("signature", settings(stands)),
            times.card,
            times.length,
            (
                ("x", middle[0]),
                ("y", middle[1]),
                # What rises goes with the portrait: its foot is never seen.
                ("closing", keyed((times.card if mount.rises else times.small - times.comes, 0.0), (times.small, 1.0))),
                *((name, times.coming(times.order.at[name])) for name in ("name", "handle", "hashtag")),
                ("letters", _letters(times.order.words, start, times.card)),
            ),
            order=3,
        ),
    ]
    if mount.cut:
        layers.append(_masthead(production, creator, times))
    elif creator.label:
        layers.append(_label(production, creator, mount, times))
    layers += _listeners(production, times)
    seen = (-handed.begun, times.card, times.order.at["hashtag"], times.length)
    visitor = guest(production, own, stands, middle, seen)
    layers += [visitor] if visitor is not None else []
    made = revealed(production, creator, start, layers, times.length, times.card)
    # The look's other effects are the drawn character's and the card's, which come otherwise here.
    return replace(made, effects=made.effects[:1] if times.sweeps or not handed.plain else ())


@dataclass(frozen=True)
class _Times:
    """When what happens, in frames of the reveal's scene.

    Attributes:
        sweeps: whether the look hands over to the portrait in its own way.
        card, closed: from when to when the portrait makes room for its card.
        small: when the small print has come.
        comes: how long it takes an element to come.
        order: when the elements of the card do.
        length: the scene's frames.
        running: the time that moves what moves by itself.
    """

    sweeps: bool
    card: int
    closed: int
    small: int
    comes: int
    order: _Order
    length: int
    running: tuple[str, Channel]

    def coming(self, at: int, ease: str = "out-cubic") -> Channel:
        """What comes from a frame on."""
        return keyed((at, 0.0, ease), (at + self.comes, 1.0))


def _timed(production: Production, creator: Creator, start: int, handed: Handed) -> _Times:
    """All times of the reveal.

    Raises:
        StoryreelError: the portrait isn't alone for long enough, or the whole is too short.
    """
    clock, look, own = production.clock, production.look, ending(production.script)
    sweeps = not handed.plain and look.reveal.hands_over != "cut"
    swept = clock.frames(Fraction(look.lasts(look.kind(look.reveal.hands_over))) / 2) if sweeps else handed.covered
    card = swept + _alone(production, own)
    closed, comes = card + clock.frames(_CLOSES), clock.frames(_COMES)
    order = _ordered(production, creator, own, start, closed)
    small = order.done + comes if own.card else closed
    length = max(order.done + comes + clock.frames(_REST), card + clock.frames(_LEAST))
    if own.for_ is not None:
        with directing("reveal", "for"):
            length = _lasting(production.times.frames(own.for_), handed.begun, order.done + comes)
    running = ("t", keyed((0, 0.0), (length, clock.seconds(length))))
    return _Times(sweeps, card, closed, small, comes, order, length, running)


def _words(production: Production, creator: Creator, own: RevealSpec, mount: Mount) -> dict[str, Setting]:
    """What the look draws the card from."""
    left, top, right, bottom = mount.box
    return {
        **card_words(production.script, creator),
        "width": right - left,
        "height": bottom - top,
        **({"order": " ".join(own.card)} if own.card else {}),
        **room_for(production, own),
        **({"cut": True, "label": creator.label} if mount.cut else {}),
        **({"rises": True} if mount.rises else {}),
    }


def _opening(production: Production, creator: Creator, mount: Mount, times: _Times) -> Layer:
    """The portrait, behind what closes round it."""
    style, (width, height), (x, y) = production.look.reveal, production.picture, mount.middle
    aside, lowered = mount.alone
    size = (mount.shown.width, mount.shown.height)
    scales = enumerate(mount.scales, times.card)
    face = Layer(
        "portrait",
        production.scenery.picture(creator.portrait.file, *size),
        0,
        times.length,
        (
            *((("x", mount.going(aside, 0.0)),) if aside else ()),
            ("y", mount.going(lowered, mount.framed)),
            ("scale", keyed((0, mount.whole), *scales, (times.length, mount.scales[-1] * PUSHED))),
        ),
    )
    stands: dict[str, Setting] = {"label": "", "radius": mount.radius, "widest": mount.widest}
    if mount.cut:
        stands["cut"] = True
    return Layer(
        "opening",
        GroupContent(WidgetContent("opening", settings(stands))),
        0,
        times.length,
        (
            ("x", mount.going(width / 2, x)),
            ("y", mount.going(height / 2, y)),
            ("open", mount.opened),
            ("turn", keyed((times.card, style.turn[0], "out-cubic"), (times.closed, style.turn[1]))),
            ("settle", keyed((times.card, 0.0, style.settle), (times.closed + 2 * times.comes, 1.0))),
            times.running,
        ),
        order=1,
        children=blinking(production, creator.portrait, face, size, times.card),
    )


def _masthead(production: Production, creator: Creator, times: _Times) -> Layer:
    """The name, large behind somebody who is cut out."""
    width, height = production.picture
    content = WidgetContent("masthead", settings({"name": creator.name, "width": width, "height": height}))
    at = times.order.at["name"]
    return Layer("masthead", content, at, times.length, (("appear", times.coming(at)),), order=0.5)


def _label(production: Production, creator: Creator, mount: Mount, times: _Times) -> Layer:
    """That a stand-in is one."""
    left, _, right, _ = production.safe
    stands: dict[str, Setting] = {"text": creator.label, "width": right - left}
    if mount.rises:
        stands["rises"] = True
    x, y = mount.label(production)
    return Layer(
        "label",
        WidgetContent("tag", settings(stands)),
        times.closed,
        times.length,
        (("x", x), ("y", y), ("appear", times.coming(times.closed, "linear"))),
        order=3.5 if mount.rises else 2,
    )


def _listeners(production: Production, times: _Times) -> list[Layer]:
    """Who looks on from the foot of the picture once the portrait is in its frame, where the look has somebody."""
    if production.widget("listeners") is None:
        return []
    width, height = production.picture
    appears = ("appear", keyed((times.closed, 0.0), (times.closed + production.clock.frames(_GATHER), 1.0)))
    content = WidgetContent("listeners", settings({"width": width, "height": height}))
    return [Layer("listeners", content, times.closed, times.length, (appears, times.running), order=0.5)]


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
