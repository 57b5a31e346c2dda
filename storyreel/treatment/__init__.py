"""The contract between a look and everything that is drawn.

These are the names that a look is written with; what is not among them may change without the contract's number.
"""

from __future__ import annotations

from storyreel.puppet.model import Gradient, Node, Shape, Stroke
from storyreel.text.caption_style import CaptionStyle
from storyreel.treatment.contract import ONES, PLAIN, Cutout, Edge, Exposure, Finish, Kit, Mood, Place, Plain, Treatment
from storyreel.treatment.look import CONTRACT, Grading, Look, Motion, RevealStyle, Said
from storyreel.treatment.widget import Widget

__all__ = [
    "CONTRACT",
    "ONES",
    "PLAIN",
    "CaptionStyle",
    "Cutout",
    "Edge",
    "Exposure",
    "Finish",
    "Gradient",
    "Grading",
    "Kit",
    "Look",
    "Mood",
    "Motion",
    "Node",
    "Place",
    "Plain",
    "RevealStyle",
    "Said",
    "Shape",
    "Stroke",
    "Treatment",
    "Widget",
]
