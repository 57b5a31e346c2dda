"""What is not YAML, in an author's words: where it stands, and what to write instead.

YAML gives many signs a meaning of its own, and authors who write sentences and not data meet them all: `@`, `#`, `*`,
`!`, a text that goes on behind a quote. The parser's own words for these help nobody.
"""

from __future__ import annotations

import re
from typing import Any

from storyreel.errors import Place, Problem

_UNCLOSED = frozenset(("found unexpected end of stream", "found unexpected document separator"))
_SAID = {
    "mapping values are not allowed here": "a ':' where none can stand; check the indent, or put the text in quotes",
    "found character '\\t' that cannot start any token": "a tab; YAML indents with spaces",
    "but found another document": "a second document ('---'); a scene file is one",
    "could not find expected ':'": "a ':' is missing in this line or the one above",
    "sequence entries are not allowed here": (
        "a list begins in a line of its own, below its key; a text that begins with '-' needs quotes"
    ),
    "mapping keys are not allowed here": "a text that begins with '?' needs quotes",
}
"""What the YAML parser's own words mean to an author."""

_QUOTED = r""""(?:\\.|[^"\\])*"|'(?:''|[^'])*'"""
_COMMENT = re.compile(rf"(?<=[\s,:\[{{])(?:{_QUOTED}|(?P<comment>#\S[^\n]*))")
"""A text in quotes, or a comment that begins as a hashtag or a colour does: with no space behind the `#`."""
_NEAR = 400
"""How many characters before the place where something is missing a comment is looked for that swallowed it."""
_ESCAPE = {"x": 2, "u": 4, "U": 8}
_OPENS = {True: re.compile(r".*(?:[,\[{]|:\s)\s*"), False: re.compile(r".*?:\s+")}
"""What stands before a text in its line; whether it is in braces, where a comma ends a text, or not."""
_ENDS = {True: re.compile(r",\s*[\w.-]+:(?:\s|$)|[\]}]|\s#"), False: re.compile(r"\s#")}
"""What ends such a text."""
_LINE_END = re.compile(r"[\r\n\0]")
"""What ends a line; the parser ends the last one with a null."""
_KEY = re.compile(r"[a-z][a-z-]*")
_LONGEST = 80
"""The most letters of a text that are written out in a message."""


def refusal(error: Any, file: str) -> Problem:
    """What the parser refused (a `MarkedYAMLError`), as a problem of the file."""
    said = str(error.problem or error.context or "it can't be read").strip()
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(Place(file, 1, 1), f"not YAML: {said}")
    if said in _UNCLOSED:
        return Problem(place_of(error.context_mark or mark, file), "not YAML: this quote is not closed")
    flow = "flow" in str(error.context)
    if flow and (comment := _swallowing(error)):
        return Problem(_place(mark.buffer, comment[0], file), f"not YAML: {comment[1]}")
    known = _colon(error, said, flow) or _SAID.get(said) or _sign(error, said) or _goes_on(error, said)
    if known is not None:
        return Problem(place_of(mark, file), f"not YAML: {known}")
    if flow:
        opened = place_of(error.context_mark or mark, file)
        return Problem(opened, "not YAML: this '[' or '{' is not closed, or a ',' is missing in it")
    if said.startswith("expected <block end>"):
        return Problem(
            place_of(mark, file), "not YAML: the indent does not fit; what belongs together begins in one column"
        )
    if said.startswith("expected '<document start>'"):
        return Problem(
            place_of(mark, file), "not YAML: this belongs to nothing before it; check the indent and the quotes"
        )
    return Problem(place_of(mark, file), f"not YAML: {said}")


def place_of(mark: Any, file: str) -> Place:
    """A parser's mark as a place."""
    return Place(file, mark.line + 1, mark.column + 1)


def comment_at(mark: Any, pattern: re.Pattern[str], file: str) -> Place | None:
    """Where a `#` stands that a pattern finds right behind a mark, in the same line."""
    found = pattern.match(mark.buffer, mark.pointer)
    return Place(file, mark.line + 1, mark.column + 1 + found.end() - mark.pointer) if found else None


def _sign(error: Any, said: str) -> str | None:
    """What to do about a text that begins with a sign that YAML has a use for."""
    mark = error.problem_mark
    if said.startswith("found character "):
        return f"a text that begins with '{_at(mark)}' needs quotes: {_in_quotes(mark)}"
    if said.startswith("found undefined alias "):
        # Not from the message, which says the name as Python writes it.
        name = re.match(r"\*(\S{1,40}?)(?=[\s,\]}]|$)", _line(mark)[mark.column :])
        anchor = f"no anchor '&{name[1]}' stands before this; " if name else ""
        return f"{anchor}a text that begins with '*' needs quotes: {_in_quotes(mark)}"
    if said.startswith("expected alphabetic or numeric character") and error.context_mark is not None:
        return f"a text that begins with '{_at(error.context_mark)}' needs quotes: {_in_quotes(error.context_mark)}"
    if said.startswith("expected chomping or indentation indicators"):
        return "a text that begins with '>' or '|' needs quotes, or a line of its own below these signs"
    if said.startswith("found unknown escape character"):
        return f"in double quotes '\\' begins an escape, and '\\{_at(mark)}' is none; write \\\\ or use single quotes"
    if said.startswith("expected escape sequence"):
        kind = mark.buffer[mark.pointer - 1]
        return f"'\\{kind}' needs {_ESCAPE.get(kind, 4)} hexadecimal digits behind it; for a plain '\\' write \\\\"
    if said.startswith("expected the node content"):
        return f"something is missing before '{_at(mark)}'; a text that begins with it needs quotes"
    return None


def _colon(error: Any, said: str, flow: bool) -> str | None:
    """What to do about a text with a `:` in it, which stands in one line behind its key."""
    mark = error.problem_mark
    if not said.endswith(("but got ':'", "mapping values are not allowed here")):
        return None
    line = _line(mark)
    opened = _OPENS[flow].match(line[: mark.column])
    before = line[opened.end() : mark.column] if opened else ""
    ended = _ENDS[flow].search(line, mark.column)
    behind = line[mark.column + 1 : ended.start() if ended else None].strip()
    if not before or not behind or before[0] in "\"'[{&*!|>":
        return None
    whole, words = f"{before}: {behind}", before.split()
    quotes = f"a text with a ':' in it needs quotes: {_quoted(whole, _LONGEST)}"
    if not _KEY.fullmatch(words[-1]):
        return quotes
    if len(words) == 1:
        return f"keys in one line need braces: {{{whole[:_LONGEST]}}}; {quotes}"
    if not flow or (len(words) > 2 and behind[0].isupper()):
        return quotes
    return f"{quotes}; or a ',' is missing before '{words[-1]}'"


def _goes_on(error: Any, said: str) -> str | None:
    """What to do about a text that goes on behind its closing quote or bracket."""
    mark = error.problem_mark
    if mark is None or not said.endswith("'<scalar>'") or not said.startswith("expected"):
        return None
    before = _line(mark)[: mark.column].rstrip()
    if before.endswith(("'", '"')):
        other = "single" if before.endswith('"') else "double"
        return f"the text goes on behind its closing quote; put the whole of it in {other} quotes"
    if before.endswith(("]", "}")) and "flow" not in str(error.context):
        return "a text that begins with '[' or '{' needs quotes"
    return None


def _swallowing(error: Any) -> tuple[int, str] | None:
    """Where a comment swallowed the end of what the parser still waits for, and what to do about it."""
    mark = error.problem_mark
    start = error.context_mark.pointer if error.context_mark else 0
    if start >= mark.pointer:
        start = max(0, mark.pointer - _NEAR)
    for found in _COMMENT.finditer(mark.buffer, start, mark.pointer):
        if found["comment"] and re.search(r"[,\]}]", found["comment"]):
            word = re.split(r"[\s,\]}]", found["comment"], maxsplit=1)[0][:40]
            return found.start("comment"), f"'#' begins a comment; put the text in quotes: \"{word}\""
    return None


def _place(text: str, at: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _line(mark: Any) -> str:
    """The line of the file that a mark stands in."""
    start = mark.pointer - mark.column
    return str(_LINE_END.split(mark.buffer[start:], maxsplit=1)[0]) if start >= 0 else ""


def _at(mark: Any) -> str:
    return str(mark.buffer[mark.pointer])


def _in_quotes(mark: Any) -> str:
    """The text that begins at a mark as it is to be written; to the line's end, or to where its list goes on."""
    line = _line(mark)
    before, text = line[: mark.column], line[mark.column :]
    flow = sum(map(before.count, "[{")) > sum(map(before.count, "]}"))
    return _quoted(re.split(r"[,\]}]| #" if flow else " #", text, maxsplit=1)[0].strip(), 40)


def _quoted(text: str, most: int) -> str:
    """A text in the quotes that it needs, cut short where it has more letters than that."""
    if len(text) > most:
        text = f"{text[: most - 1]}…"
    return "'{}'".format(text.replace("'", "''")) if '"' in text or "\\" in text else f'"{text}"'
