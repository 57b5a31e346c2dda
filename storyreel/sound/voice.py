"""Voices: text in, samples and times out. Offline, and the same bytes each time on one kind of CPU.

The shipped voice is hibari-tts' `heart`. Word and phoneme times are the model's own durations (an inner tensor as
one more output), which lag the sound by about 45 ms; pitch and formants are scaled inside the model, before synthesis.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.sound.clip import Speech, Timed
from storyreel.sound.edit import levelled, trimmed
from storyreel.text.words import words

RATE = 24_000
_UNIT, _LEAD = 0.025, 0.045
_DEAD = 0.012
"""Below this share of the loudest level a sound has died away (-38 dB)."""
_DURATIONS = "/Cast_32_output_0"
_LONGEST = 380
"""Phonemes that are spoken in one go; longer lines are spoken sentence by sentence."""
_SILENT_WORD, _SHORTEST = 0.3, 0.01
"""Seconds that a word without sound lasts at most, and any word at least."""
_LINKED = 0.1
"""Words no further apart than this (s) are one stream of sound: the first lasts until the second begins."""
_SILENCES = frozenset(' ;:,.!?—…"()“”')
_PAUSES = _SILENCES | frozenset("ˈˌ")
"""Symbols of the model's alphabet that are no sound of their own."""
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
VOICES: dict[str, tuple[str, ...]] = {"heart": ("en",)}
"""The voices that ship, and the languages (BCP 47) that each speaks."""


class Voice(Protocol):
    """Anything that speaks."""

    def speak(
        self, text: str, *, pitch: float = 1.0, formant: float = 1.0, speed: float = 1.0, seed: int = 7
    ) -> Speech:
        """Speaks a line; `pitch`, `formant` and `speed` are factors, 1 is as recorded."""
        ...


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def _field(number: int, body: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def with_outputs(model: bytes, names: tuple[str, ...]) -> bytes:
    """An ONNX model that offers inner tensors as outputs too.

    Protocol buffers merge repeated messages, so a graph with nothing but outputs is appended (ModelProto.graph = 7,
    GraphProto.output = 12, ValueInfoProto.name = 1).
    """
    return model + _field(7, b"".join(_field(12, _field(1, name.encode())) for name in names))


def _warped(spectra: NDArray[np.float32], factor: float) -> NDArray[np.float32]:
    """Spectra (601 bins by frames) stretched along the frequency axis: formants times `factor`."""
    if factor == 1:
        return spectra
    source = np.clip(np.arange(len(spectra)) / factor, 0, len(spectra) - 1)
    low = np.minimum(source.astype(int), len(spectra) - 2)
    share = (source - low)[:, None].astype(np.float32)
    return np.asarray(spectra[low] * (1 - share) + spectra[low + 1] * share, dtype=np.float32)


class HibariVoice:
    """hibari-tts' shipped voice."""

    def __init__(self) -> None:
        import onnxruntime
        from hibari.g2p import G2P
        from hibari.voices import voice_path

        options = onnxruntime.SessionOptions()
        # One thread: with more, sums are added in another order and the bytes differ.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        model = with_outputs(Path(voice_path("heart")).read_bytes(), (_DURATIONS,))
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._g2p = G2P(british=False)
        self._vocabulary = _vocabulary()

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
            out.append(found.strip() if self.sounds(found) or not any(map(str.isalpha, word)) else self._one(word))
        return out

    def _one(self, word: str) -> str:
        """The phonemes of a word by itself; without its accents where the voice doesn't know them."""
        if not word:
            return ""
        found = str(self._g2p(word))
        return found if self.sounds(found) else str(self._g2p(_bare(word)))

    def sounds(self, phonemes: str) -> str:
        """What of a word's phonemes is a sound or a mark on one: without pauses and punctuation."""
        return "".join(symbol for symbol in phonemes if symbol in self._vocabulary and symbol not in _SILENCES)

    def speak(
        self, text: str, *, pitch: float = 1.0, formant: float = 1.0, speed: float = 1.0, seed: int = 7
    ) -> Speech:
        """Speaks a line.

        Raises:
            StoryreelError: there is nothing in it that can be spoken.
        """
        said = [word.text for word in words(text)]
        phonemes = ["".join(symbol for symbol in found if symbol in self._vocabulary) for found in self.phonemes(said)]
        if not any(set(found) - _PAUSES for found in phonemes):
            raise StoryreelError(f"“{text}” has nothing in it that can be spoken; let it be a title or a balloon")
        random = np.random.default_rng(seed)
        pieces: list[NDArray[np.float32]] = []
        spoken: list[Timed] = []
        spans: list[tuple[float, float] | None] = []
        at = 0.0
        for first, end in _goes(said, phonemes):
            if not any(set(found) - _PAUSES for found in phonemes[first:end]):
                spans += [None] * (end - first)
                continue
            wave, timed, found = self._go(phonemes[first:end], pitch, formant, speed, random)
            spoken += [Timed(t.text, t.start + at, t.end + at) for t in timed]
            spans += [(span[0] + at, span[1] + at) if span else None for span in found]
            pieces.append(wave)
            at += len(wave) / RATE
        take = Speech(np.concatenate(pieces), RATE, _filled(said, spans, at), tuple(spoken))
        return levelled(trimmed(take))

    def _go(
        self, phonemes: list[str], pitch: float, formant: float, speed: float, random: np.random.Generator
    ) -> tuple[NDArray[np.float32], list[Timed], list[tuple[float, float] | None]]:
        """Speaks words given as phonemes; for each word its span, or None where it makes no sound."""
        from hibari import dsp

        symbols: list[str] = []
        places: list[tuple[int, int]] = []
        for found in phonemes:
            if found and symbols:
                symbols.append(" ")
            places.append((len(symbols), len(symbols) + len(found)))
            symbols += found
        ids = [0, *(self._vocabulary[symbol] for symbol in symbols), 0]
        outputs = self._session.run(
            None, {"ids": np.asarray([ids], np.int64), "speed": np.asarray([speed], np.float32)}
        )
        harmonic, theta, noise, rest, phase, f0 = (output[0] for output in outputs[:6])
        wave = dsp.synth(
            _warped(harmonic, formant),
            _warped(theta, formant),
            _warped(noise, formant),
            _warped(rest, formant),
            phase,
            f0 * np.float32(pitch),
            random,
        )
        units = np.concatenate([[0], np.cumsum(np.asarray(outputs[6]).ravel())])
        edge = np.maximum(units * _UNIT - _LEAD, 0.0)
        timed = [Timed(s, float(edge[i + 1]), float(edge[i + 2])) for i, s in enumerate(symbols)]
        timed = _died_away(timed, np.asarray(wave, dtype=np.float32))
        return np.asarray(wave, dtype=np.float32), timed, [_sounding(timed[a:b]) for a, b in places]


def _died_away(timed: list[Timed], wave: NDArray[np.float32]) -> list[Timed]:
    """Phonemes before a pause end where their sound ends: the model counts the silence after them as theirs."""
    step = RATE // 100
    level = np.sqrt(np.mean(np.square(wave[: len(wave) // step * step].reshape(-1, step)), axis=1))
    heard = level > _DEAD * level.max()
    made = list(timed)
    for index, symbol in enumerate(timed):
        following = timed[index + 1].text if index + 1 < len(timed) else " "
        if symbol.text in _PAUSES or following not in _SILENCES:
            continue
        first, end = int(symbol.start * 100), int(np.ceil(symbol.end * 100))
        loud = np.flatnonzero(heard[first:end])
        last = (first + int(loud[-1]) + 1) / 100 if len(loud) else symbol.end
        made[index] = Timed(symbol.text, symbol.start, min(symbol.end, max(last, symbol.start + _UNIT)))
    return made


def _sounding(timed: list[Timed]) -> tuple[float, float] | None:
    """From when to when a word sounds, without the pause that its punctuation makes."""
    first = next((t.start for t in timed if t.text not in _PAUSES or t.text in "ˈˌ"), None)
    last = next((t.end for t in reversed(timed) if t.text not in _PAUSES), None)
    return None if first is None or last is None else (first, last)


def _vocabulary() -> dict[str, int]:
    import json
    from importlib.resources import files

    text = files("hibari").joinpath("assets", "vocab.json").read_text(encoding="utf-8")
    return {str(symbol): int(number) for symbol, number in json.loads(text).items()}


def _goes(words: list[str], phonemes: list[str]) -> list[tuple[int, int]]:
    """Spans of words that are spoken in one go: the whole line, or sentence by sentence where it is too long."""
    if sum(len(p) + 1 for p in phonemes) <= _LONGEST:
        return [(0, len(words))]
    spans, first, size = [], 0, 0
    for index, found in enumerate(phonemes):
        size += len(found) + 1
        ends = words[index][-1:] in ".!?…" and size > _LONGEST / 3
        if index > first and (ends or size > _LONGEST):
            spans.append((first, index + 1))
            first, size = index + 1, 0
    if first < len(words):
        spans.append((first, len(words)))
    return spans


def _filled(words: list[str], spans: list[tuple[float, float] | None], length: float) -> tuple[Timed, ...]:
    """Every word with a span of its own, in order; silent ones (a dash, an emoji) share the pause where they stand."""
    timed: list[Timed] = []
    for index, word in enumerate(words):
        floor = timed[-1].end if timed else 0.0
        span = spans[index]
        if span is None:
            later = next(((n, found[0]) for n, found in enumerate(spans[index:]) if found), None)
            silent, until = later or (len(spans) - index, length)
            share = min(max(until - floor, 0.0) / silent, _SILENT_WORD)
            span = (floor, floor + share) if timed else (until - silent * share, until - (silent - 1) * share)
        start = max(span[0], floor)
        if timed and start - floor <= _LINKED:
            timed[-1] = Timed(timed[-1].text, timed[-1].start, start)
        timed.append(Timed(word, start, max(span[1], start + _SHORTEST)))
    return tuple(timed)


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
    """The first word of a line that the shipped voice can't say, as it reads the Latin script only; else nothing."""
    for word in words(text):
        signs = [sign for sign in _bare(word.text) if sign.isalnum()]
        foreign = any(sign.isalpha() and not _SCRIPT.search(unicodedata.name(sign, "")) for sign in signs)
        silent = not any(sign.isascii() or sign.isdecimal() or sign in _LETTERS for sign in signs)
        spoken = any(map(str.isalnum, word.text)) and "".join(signs) not in _NAMED
        if spoken and (foreign or silent):
            return word.text
    return ""


def voice_names() -> tuple[str, ...]:
    """The voices that ship."""
    return tuple(VOICES)


@cache
def voice(name: str) -> Voice:
    """The voice of that name, loaded once.

    Raises:
        StoryreelError: there is no such voice.
    """
    if name not in VOICES:
        raise StoryreelError(f"unknown voice '{name}'{did_you_mean(name, VOICES)}")
    return HibariVoice()
