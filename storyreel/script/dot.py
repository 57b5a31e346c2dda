"""The dot: behind a name's dot stand its places, its values and its moments; here the text of one is read."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from storyreel.script.units import Duration, read_by

LONGEST = 120
"""The most characters of a moment's text."""
_STEP = r"[^\W_][\w-]*"
_DOT = re.compile(rf"([^\W\d_][\w-]*(?:\.{_STEP})*)(?:\s*([+-])\s*(\S.*))?")
DOTTED = re.compile(rf"[^\W\d_][\w-]*(?:\.{_STEP})+")
"""A name with something behind its dot."""
_MARKS = re.compile(r"['’]")
_NO_START = "'{}' is no start; write a time (0.5s) or a moment of somebody's act (michii.slam)"


class Moment(str):
    """A moment as an author writes it: `michii.slam`, `kelly.says.this.2`, `recokh.press + 2f`; a bare name too.

    It is its own text, so that one without an offset can be looked up by it.

    Attributes:
        path: the name, and what stands behind its dots.
        offset: how much later (or `before`: earlier) than that; None at the moment itself.
    """

    path: tuple[str, ...]
    offset: Duration | None
    before: bool

    def __new__(cls, path: tuple[str, ...], offset: Duration | None = None, before: bool = False) -> Moment:
        shift = "" if offset is None else f" {'-' if before else '+'} {offset}"
        made = super().__new__(cls, ".".join(path) + shift)
        made.path, made.offset, made.before = path, offset, before
        return made

    @property
    def name(self) -> str:
        """The moment without its offset: `michii.slam`."""
        return ".".join(self.path)

    @property
    def who(self) -> str:
        """Whose moment it is."""
        return self.path[0]

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.path, self.offset, self.before)

    @classmethod
    def parse(cls, text: object) -> Moment:
        """Reads a moment.

        Raises:
            ValueError: it is none; the text says what one looks like.
        """
        if isinstance(text, cls):
            return text
        match = _DOT.fullmatch(text.strip()) if isinstance(text, str) and len(text) <= LONGEST else None
        if match is None and isinstance(text, str) and _DOT.fullmatch(_MARKS.sub("", text.strip())):
            raise ValueError(f"moments have no apostrophes; write {_MARKS.sub('', text.strip())[:40]}")
        if match is None:
            raise ValueError(_NO_START.format(str(text)[:40]))
        offset = Duration.parse(match[3].strip()) if match[3] else None
        return cls(tuple(match[1].split(".")), offset, match[2] == "-")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return read_by(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "type": "string",
            "description": "A moment of somebody's: michii.slam, kelly.says.this, michii.press + 2f.",
        }


def time(value: object) -> Duration | Moment:
    """Reads a time: a length, or a moment with or without an offset.

    Raises:
        ValueError: it is neither; the text says what both look like.
    """
    if isinstance(value, Duration | Moment):
        return value
    if isinstance(value, str) and not Duration.written(value):
        return Moment.parse(value)
    if isinstance(value, list | tuple) and len(value) == 2:
        raise ValueError(f"{list(value)} is a place, and here a time is wanted; to go there write go: {list(value)}")
    return Duration.parse(value)


class _Time:
    """Says of a union that its text is read as one."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return read_by(time)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "description": "A time: 2s, 450ms, 12f, 2beats, 6d; or a moment: michii.slam + 2f."}


Time = Annotated[Duration | Moment, _Time]
"""When: a time within the beat, or a moment."""


def spoken_words(text: str) -> tuple[str, ...]:
    """The words of a line as moments name them: small letters, without stops and apostrophes."""
    found = ("".join(sign for sign in word.casefold() if _sounds(sign)) for word in text.split())
    return tuple(word for word in found if word)


def _sounds(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNM"
