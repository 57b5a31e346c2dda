"""A guest on the card of a reveal: one of the cast, small, who does something beside the hashtag."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from storyreel.direct.acting import perform
from storyreel.direct.production import Production, seeded
from storyreel.direct.schedule import part_acts, schedule
from storyreel.errors import StoryreelError, directing
from storyreel.script.models import Reveal
from storyreel.script.units import Duration
from storyreel.timeline.model import Layer, Setting
from storyreel.timeline.track import keyed

_TALL, _BROADEST = 150.0, 1.3
"""How tall a guest is, and how broad at the most, in heights."""
_COMES = Fraction(4, 15)


def room_for(production: Production, reveal: Reveal) -> dict[str, Setting]:
    """How much room the card leaves to its guest, if it has one.

    Raises:
        StoryreelError: nobody of that name is in the cast.
    """
    for name in reveal.guest:
        rig, _ = production.scenery.puppet(production.script.cast[name])
        return {"guest_width": _TALL * min(rig.width / rig.height, _BROADEST), "guest_height": _TALL}
    return {}


def guest(
    production: Production,
    reveal: Reveal,
    card: Mapping[str, Setting],
    middle: tuple[float, float],
    times: tuple[int, int, int, int],
) -> Layer | None:
    """The guest as a layer; None if there is none.

    Args:
        production: what the film is directed with.
        reveal: who it is, and what they do.
        card: what the look draws the card from.
        middle: where the card's middle is.
        times: when the reveal began (a negative frame of its scene), the card's first frame, the frame at which
            the guest comes if nothing is done before, and the scene's length.

    Raises:
        StoryreelError: something is done before the card is there: over the portrait.
    """
    began, opens, comes, length = times
    widget, (kit, clock) = production.widget("signature"), (production.look.kit, production.clock)
    if not reveal.guest or widget is None or widget.places is None:
        return None
    name, parts = next(iter(reveal.guest.items()))
    rig, content = production.scenery.puppet(production.script.cast[name])
    acts = []
    for number, part in enumerate(parts):
        with directing("reveal", "guest", name, number, "at"):
            at = began + production.times.frames(part.at) if isinstance(part.at, Duration) else comes
            if at < opens:
                raise StoryreelError(
                    f"the portrait is alone until frame {opens - began} of the reveal: nothing may be over it"
                )
        lasts = production.times.frames(part.for_) if part.for_ is not None else None
        acts += schedule(part_acts(part, _nobody, _nowhere, 0.0), at, lasts, production.times)
        comes = min(comes, at)
    left, top, right, foot = widget.places(card, kit)["guest"]
    scale = min((foot - top) / rig.height, (right - left) / rig.width)
    place = (middle[0] + (left + right) / 2, middle[1] + foot)
    channels = perform(
        rig,
        acts,
        (),
        length,
        clock,
        seeded(production.script.seed, "reveal", name),
        production.look.motion,
        place,
        scale,
        exposure=production.look.exposure,
        manner=production.script.storyreel,
    )
    if card.get("cut") is True:
        # Who stands before somebody cut out is cut out, too: they pop up, as no paper fades.
        shown = ("scale", keyed((comes, 0.6 * scale), (comes + clock.frames(_COMES), scale, "out-back")))
    else:
        shown = ("opacity", keyed((comes, 0.0), (comes + clock.frames(_COMES), 1.0)))
    mine = tuple(each for each in channels if each[0] not in ("ground", "opacity", shown[0]))
    return Layer("guest", content, comes, length, (*mine, shown), order=4, kind="cast")


def _nobody(other: str) -> tuple[float, float]:
    raise StoryreelError(f"'{other}' isn't on the card; look at the camera, or left, right, up or down")


def _nowhere(place: object) -> tuple[float, float]:
    raise StoryreelError(f"there is no '{place}' on the card")
