"""hibari-tts' shipped voice, `heart`: small, quick, and always there.

Its word and phoneme times are the model's own durations (an inner tensor as one more output); pitch and formants are
scaled inside the model, before synthesis.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.clip import Speech
from storyreel.sound.model import session, with_outputs
from storyreel.sound.pronunciation import pronunciation, vocabulary
from storyreel.sound.take import edges, take

_DURATIONS = "/Cast_32_output_0"
_LONGEST = 380


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
        from hibari.voices import voice_path

        self._session = session(with_outputs(Path(voice_path("heart")).read_bytes(), (_DURATIONS,)))

    def speak(
        self, text: str, *, pitch: float = 1.0, formant: float = 1.0, speed: float = 1.0, seed: int = 7
    ) -> Speech:
        """Speaks a line.

        Raises:
            StoryreelError: there is nothing in it that can be spoken.
        """
        from hibari import dsp

        random, known = np.random.default_rng(seed), vocabulary()

        def go(symbols: list[str]) -> tuple[NDArray[np.float32], NDArray[np.floating]]:
            ids = [0, *(known[symbol] for symbol in symbols), 0]
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
            return np.asarray(wave, dtype=np.float32), edges(np.asarray(outputs[6]))

        return take(text, pronunciation(), go, _LONGEST)
