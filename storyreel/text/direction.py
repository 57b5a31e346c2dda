"""Which way text runs: the embedding level of every character (UAX 9), and the order of runs on a line."""

from __future__ import annotations

import unicodedata

_RIGHT_TO_LEFT = frozenset(("ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"))
_OPENS = {"\u2066": 0, "\u2067": 1, "\u2068": None}
"""The signs that begin an isolate, and its direction: from left, from right, or that of its first strong letter."""
_CLOSES = "\u2069"
_DEEPEST = 25
"""Isolates in isolates beyond this depth are none: levels end at 61."""
_NEUTRAL, _LEFT, _RIGHT = "\ufffc", "a", "\u05d0"
"""Characters of the classes ON, L and R."""


def base_level(text: str, language: str) -> int:
    """The level of a line as a whole: 1 (from right to left) by its language, or where all its letters run so."""
    if language.split("-")[0].lower() in _RIGHT_TO_LEFT:
        return 1
    if text.isascii():
        return 0
    classes = {unicodedata.bidirectional(_known(character)) for character in text}
    return int("L" not in classes and not classes.isdisjoint(("R", "AL")))


def levels(text: str, base: int) -> list[int]:
    """The embedding level of every character; what rule X9 removes takes the level before it.

    What stands in an isolate is resolved by itself, and is one neutral sign for what is around it (X5a to X6a, X10).
    """
    found = [base] * len(text)
    ends = _isolates(text)
    waiting = [(0, len(text), base)]
    while waiting:
        first, end, level = waiting.pop()
        kept, inner = [], []
        index = first
        while index < end:
            kept.append(index)
            if index in ends:
                inner.append(len(kept) - 1)
                index = ends[index]
            else:
                index += 1
        embedded, resolved = _resolved("".join(_known(text[index]) for index in kept), level)
        for place, index in enumerate(kept):
            found[index] = resolved[place]
        for place in inner:
            opening = kept[place]
            odd = _direction(text, opening, ends)
            deeper = embedded[place] + 1 + (embedded[place] % 2 == odd % 2)
            waiting.append((opening + 1, ends[opening], deeper))
    return found


def _isolates(text: str) -> dict[int, int]:
    """Where each isolate begins, and the sign that ends it (or the text's end)."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    beyond = 0
    for index, character in enumerate(text):
        if character in _OPENS:
            if len(opened) < _DEEPEST:
                opened.append(index)
            else:
                beyond += 1
        elif character == _CLOSES:
            if beyond:
                beyond -= 1
            elif opened:
                ends[opened.pop()] = index
    return ends | dict.fromkeys(opened, len(text))


def _direction(text: str, opening: int, ends: dict[int, int]) -> int:
    """The direction of an isolate: 0 from left, 1 from right."""
    told = _OPENS[text[opening]]
    if told is not None:
        return told
    index = opening + 1
    while index < ends[opening]:
        strong = unicodedata.bidirectional(_known(text[index]))
        if strong in ("L", "R", "AL"):
            return int(strong != "L")
        index = ends.get(index, index + 1)
    return 0


def _known(character: str) -> str:
    """A character of the same bidirectional class that every version of Unicode knows.

    Emoji are added each year; what is not assigned has the class of its block (UAX 9, table 4).
    """
    if character in _OPENS or character == _CLOSES:
        return _NEUTRAL
    if unicodedata.bidirectional(character):
        return character
    point = ord(character)
    if 0x1F000 <= point <= 0x1FAFF or 0x20A0 <= point <= 0x20CF:
        return _NEUTRAL
    right = 0x590 <= point <= 0x8FF or 0xFB1D <= point <= 0xFEFF or 0x10800 <= point <= 0x10FFF
    return _RIGHT if right or 0x1E800 <= point <= 0x1EFFF else _LEFT


def _resolved(text: str, base: int) -> tuple[list[int], list[int]]:
    """The levels of a text without isolates: after explicit embeddings, and after all rules."""
    from bidi.algorithm import (
        explicit_embed_and_overrides,
        get_embedding_levels,
        get_empty_storage,
        resolve_implicit_levels,
        resolve_neutral_types,
        resolve_weak_types,
    )

    storage = get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, ("L", "R")[base % 2]
    get_embedding_levels(text, storage)
    for index, character in enumerate(storage["chars"]):
        character["index"] = index
    explicit_embed_and_overrides(storage)
    embedded = _filled(len(text), base, storage)
    resolve_weak_types(storage)
    resolve_neutral_types(storage, False)
    resolve_implicit_levels(storage, False)
    return embedded, _filled(len(text), base, storage)


def _filled(length: int, base: int, storage: dict[str, list[dict[str, int]]]) -> list[int]:
    found = {character["index"]: character["level"] for character in storage["chars"]}
    made: list[int] = []
    for index in range(length):
        made.append(found.get(index, made[-1] if made else base))
    return made


def visual(levels: list[int]) -> list[int]:
    """The order of runs from left to right, by their levels (rule L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order
