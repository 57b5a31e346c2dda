"""How long a film is at least, by the times that are written in it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from storyreel.script.findings import Findings, listed, mapping
from storyreel.script.units import LONGEST, Duration


def check_length(found: Findings, tree: dict[str, Any]) -> None:
    """Complains of the beat with which a film is longer than a film may be."""
    total = Fraction(0)
    for number, scene in enumerate(listed(tree.get("scenes"))):
        for index, beat in enumerate(listed(mapping(scene).get("beats"))):
            total += _seconds(mapping(beat))
            if total > LONGEST:
                said = (
                    f"with this beat the film is longer than {LONGEST // 60} minutes; tell it in several, as a series"
                )
                found.at(("scenes", number, "beats", index), said)
                return


def _seconds(beat: dict[str, Any]) -> Fraction:
    """What a beat lasts at least."""
    lasting = _time(beat.get("for")) if "for" in beat else max(_ends(beat), default=Fraction(0))
    return lasting + _time(beat.get("pause"))


def _ends(beat: dict[str, Any]) -> Iterator[Fraction]:
    yield _time(beat.get("wait"))
    for value in beat.values():
        for part in map(mapping, listed(value)):
            yield _time(part.get("at")) + max(_time(part.get("for")), _time(part.get("over")))


def _time(value: object) -> Fraction:
    """A time in seconds; what is none is said elsewhere, and a moment's time is not known here."""
    try:
        return Duration.parse(value).least
    except ValueError:
        return Fraction(0)
