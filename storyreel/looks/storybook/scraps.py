"""Loose paper and piles of it: cold, blue-grey, torn, as everything that was not written to somebody."""

from __future__ import annotations

from dataclasses import replace

from storyreel.looks.storybook import LOOK
from storyreel.puppet.model import Node
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Settings, Values
from storyreel.widgets.strung import PILE, SHEET_OF_PAPER, pile, sheet

_COLD = replace(LOOK.kit, colours={**LOOK.kit.colours, "paper": "#C4CCE2", "accent": "#AAB4D4", "ink": "#3A3C6C"})


def _pile(settings: Settings, values: Values, kit: Kit) -> Node:
    return pile(settings, values, _COLD)


def _sheet(settings: Settings, values: Values, kit: Kit) -> Node:
    return sheet(settings, values, _COLD)


HEAP = replace(PILE, shapes=_pile)
SCRAP = replace(SHEET_OF_PAPER, shapes=_sheet)
