"""The colours of the night, of its ink and of its two lights; and how a figure is graded."""

from __future__ import annotations

from storyreel.treatment.tones import channels

MIDNIGHT, NIGHT, PAPER = "#0B1026", "#0E1738", "#FBF7F0"
GOLD, CREAM, AMBER, CORE = "#FFC857", "#FFF3CF", "#FFB257", "#FFFDF2"
SUNSET, RAINDROP, FAINT = "#FF9A5A", "#9FC4F2", "#AEB8E0"
DAWN = ("#0E1638", "#33306F", "#8E3E7E", "#E0606F", "#FFA56B", "#FFCB78")
"""The sky as night turns to dawn, from above."""
MAGENTA, RIM = "#D6336C", "#6FE3F2"
SECOND = "#2A0E46"
"""What a flat is darkened with where no light meets it."""
SKIN_INK, CLOTH_INK, HAIR_INK = "#33141F", "#081A33", "#0A0616"

_COLD = (0.86, (0.47, 0.52, 0.76), (2.0, 6.0, 22.0))
_WARM = (1.0, (1.10, 1.02, 0.92), (14.0, 8.0, 2.0))
_SHARES = (0.2126, 0.7152, 0.0722)


def graded(hexed: str, warmth: float, saturation: float) -> str:
    """A colour in cold (warmth -1) or warm light (1), with so much of its saturation left."""
    kept, times, plus = _COLD if warmth < 0 else _WARM
    amount, kept = abs(warmth), saturation * (1 + abs(warmth) * (kept - 1))
    values = channels(hexed)
    grey = sum(share * value for share, value in zip(_SHARES, values, strict=True))
    found = []
    for value, by, more in zip(values, times, plus, strict=True):
        plain = grey + (value - grey) * kept
        found.append(min(max(round(plain + amount * (plain * by + more - plain)), 0), 255))
    return "#" + "".join(f"{value:02X}" for value in found)
