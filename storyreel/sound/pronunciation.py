"""How lines are pronounced: words in the Latin script as the phonemes that the voices' models know."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib.resources import files

from storyreel.text.words import words

SILENCES = frozenset(' ;:,.!?—…"()“”')
PAUSES = SILENCES | frozenset("ˈˌ")
"""Symbols of the models' alphabet that are no sound of their own."""
_UNSPOKEN = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\u20e3"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""Emoji, and signs that only direct how text is set."""
_NUMBER = re.compile(r"\d(?:,?\d){30,}")
"""A number of more than 30 digits: the voice has words up to octillions, and is silent or fails beyond."""
_LETTERS = frozenset("ÆØÞßæðøþĐđıŁłŋŒœƒəɛʃ")
"""Latin letters beyond A to Z that the voice has a sound for."""
_SCRIPT = re.compile(r"\bLATIN\b|^MODIFIER LETTER")
"""The names of letters that stand in words of the Latin script."""
_NAMED = frozenset("αβγδεηθκλμνπρστυφχψωΓΔΛΠΣΦΨΩ")
"""Letters that the voice reads by their names."""


@cache
def vocabulary() -> dict[str, int]:
    """The models' alphabet (misaki's symbols), with its numbers."""
    text = files("hibari").joinpath("assets", "vocab.json").read_text(encoding="utf-8")
    return {str(symbol): int(number) for symbol, number in json.loads(text).items()}


def sounds(phonemes: str) -> str:
    """What of a word's phonemes is a sound or a mark on one: without pauses and punctuation."""
    return "".join(symbol for symbol in phonemes if symbol in vocabulary() and symbol not in SILENCES)


class Pronunciation:
    """One accent of English."""

    def __init__(self, british: bool = False) -> None:
        from hibari.g2p import G2P

        self._g2p = G2P(british=british)

    def phonemes(self, words: list[str]) -> list[str]:
        """The phonemes of every word, pauses for its punctuation included, as its neighbours would have it."""
        from hibari.g2p.normalize import normalize

        plain = [normalize(_readable(word)) for word in words]
        tokens = self._g2p.phonemize_tokens(self._g2p.tokenize(" ".join(word for word in plain if word)))
        if "".join(t.text for t in tokens).replace(" ", "") != "".join(plain).replace(" ", ""):
            return [self._one(word) for word in plain]
        out: list[str] = []
        at = 0
        for word in plain:
            # Tokens may be split and merged on the way; a word's own are those that spell it.
            letters, found = len(word.replace(" ", "")), ""
            while letters > 0 and at < len(tokens):
                letters -= len(tokens[at].text.replace(" ", ""))
                found += (tokens[at].phonemes or "") + (" " if tokens[at].whitespace else "")
                at += 1
            out.append(found.strip() if sounds(found) or not any(map(str.isalpha, word)) else self._one(word))
        return out

    def _one(self, word: str) -> str:
        """The phonemes of a word by itself; without its accents where the voice doesn't know them."""
        if not word:
            return ""
        found = str(self._g2p(word))
        return found if sounds(found) else str(self._g2p(_bare(word)))


@cache
def pronunciation(british: bool = False) -> Pronunciation:
    """An accent of English, loaded once."""
    return Pronunciation(british)


def _readable(word: str) -> str:
    """A word as the voice can read it: one kind of space, very long numbers digit by digit, ⑴ as 1."""
    plain = " ".join(_UNSPOKEN.sub("", word).split())
    plain = "".join(_counted(sign) if sign > "\xff" else sign for sign in plain)
    return _NUMBER.sub(lambda number: " ".join(number.group().replace(",", "")), plain)


def _counted(sign: str) -> str:
    """A number that is one sign (⑴, Ⅳ) as a word of its own in digits or letters; every other sign as it is."""
    return f" {unicodedata.normalize('NFKC', sign)} " if unicodedata.category(sign) in ("No", "Nl") else sign


def _bare(text: str) -> str:
    """A text without what its letters wear: È as E, Ａ as A."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def unsaid(text: str) -> str:
    """The first word of a line that no voice can say, as it reads the Latin script only; else nothing."""
    for word in words(text):
        signs = [sign for sign in _bare(word.text) if sign.isalnum()]
        foreign = any(sign.isalpha() and not _SCRIPT.search(unicodedata.name(sign, "")) for sign in signs)
        silent = not any(sign.isascii() or sign.isdecimal() or sign in _LETTERS for sign in signs)
        spoken = any(map(str.isalnum, word.text)) and "".join(signs) not in _NAMED
        if spoken and (foreign or silent):
            return word.text
    return ""
