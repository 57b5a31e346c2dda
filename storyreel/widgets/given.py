"""Reading a widget's settings: the number or the word that an author wrote, or what stands for it."""

from __future__ import annotations

from storyreel.treatment.widget import Settings


def number(settings: Settings, name: str, default: float) -> float:
    """A setting as a number; what is not one counts as left out."""
    value = settings.get(name)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else default


def whole(settings: Settings, name: str, default: int) -> int:
    """A setting as a whole number."""
    return round(number(settings, name, default))


def text(settings: Settings, name: str, default: str = "") -> str:
    """A setting as text."""
    value = settings.get(name)
    return default if value is None else str(value)


def colours(settings: Settings, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """A setting as a list of colours."""
    value = settings.get(name)
    if isinstance(value, str) and value:
        return (value,)
    return tuple(str(item) for item in value) if isinstance(value, tuple) and value else default
