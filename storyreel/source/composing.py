"""The YAML parser with bounds: it stops where values are nested too deeply, or are too many, and reads no further."""

from __future__ import annotations

from functools import partial
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError


class Refused(MarkedYAMLError):
    """What the parser itself would have read, or stumbled over; `problem` says it in an author's words."""


class _Bounded(Composer):
    """Counts values and levels."""

    def __init__(self, deepest: int, most: int, loader: Any = None) -> None:
        super().__init__(loader)
        self.warn_double_anchors = False  # YAML lets a later anchor take over a name
        self.deepest, self.most = deepest, most
        self.level = self.count = 0

    def get_single_node(self) -> Any:
        try:
            return super().get_single_node()
        except (ValueError, OverflowError) as error:
            # An escape such as \UFFFFFFFF, or a directive's version of thousands of digits.
            mark = self.loader.reader.get_mark()
            escape, said = mark.buffer[mark.pointer - 2 : mark.pointer + 8], f"not YAML: {error}"
            if escape.startswith("\\U"):
                said = f"'{escape}' is no character; the last one is \\U0010FFFF"
            raise Refused(None, None, said, mark) from error

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.level += 1
        self.count += 1
        if self.level > self.deepest:
            raise Refused(None, None, f"nested too deeply: more than {self.deepest} levels", self._mark())
        if self.count > self.most:
            said = f"more than {self.most} keys and values, the most that a file may have; split it into several"
            raise Refused(None, None, said, self._mark())
        node = super().compose_node(parent, index)
        self.level -= 1
        return node

    def _mark(self) -> Any:
        return self.parser.peek_event().start_mark


def composing(deepest: int, most: int) -> YAML:
    """A parser whose `compose` refuses more than so many levels, or keys and values.

    Its `compose` raises `Refused` for these, another `MarkedYAMLError` for what is not YAML.
    """
    # Not "rt": it is slower, and marks the folds of a text with a control character (BEL) that stays in it.
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = partial(_Bounded, deepest, most)  # type: ignore[assignment]  # it is only ever called
    return yaml
