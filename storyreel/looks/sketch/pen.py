"""What draws in `sketch`."""

from __future__ import annotations

from storyreel.looks.kawaii.pen import WIDGETS, caption, transition
from storyreel.looks.sketch.treatment import TREATMENT

__all__ = ["TREATMENT", "WIDGETS", "caption", "transition"]
