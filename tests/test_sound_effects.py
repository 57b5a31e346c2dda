"""Every effect: short, sound, seeded."""

from __future__ import annotations

import numpy as np
import pytest

from storyreel.errors import StoryreelError
from storyreel.sound.bodies import PLACES
from storyreel.sound.effects import EFFECTS, effect


@pytest.mark.parametrize("name", sorted(set(EFFECTS) - set(PLACES)))
def test_an_effect_is_heard_and_harms_nobody(name: str) -> None:
    made = effect(name, 1)
    assert made.dtype == np.float32
    assert made.ndim == 2
    assert made.shape[1] == 2
    assert np.isfinite(made).all()
    assert 0.03 < len(made) / 48_000 < 2.0
    assert 0.2 < np.abs(made).max() < 0.95
    assert np.abs(made[-1]).max() < 1e-3, "it ends with a click"
    assert abs(float(made.mean())) < 0.01, "it leans to one side of zero"


@pytest.mark.parametrize("name", EFFECTS[::4])
def test_an_effect_is_the_same_for_the_same_seed(name: str) -> None:
    first = effect(name, 5).tobytes()
    effect.cache_clear()
    assert effect(name, 5).tobytes() == first


@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_place_goes_round_without_a_seam(name: str) -> None:
    made = effect(name, 1)
    seam = np.concatenate([made[-2400:], made[:2400]]).astype(np.float64)
    steps = np.abs(np.diff(made, axis=0))
    assert len(made) > 4 * 48_000
    assert np.isfinite(made).all()
    assert np.abs(np.diff(seam, axis=0))[2395:2405].max() <= steps.max()
    # As loud about the seam as elsewhere.
    assert np.square(seam).mean() > 0.08 * np.square(made).mean()


def test_blocks_clack_at_several_pitches() -> None:
    def pitch(seed: int) -> int:
        made = effect("block-clack", seed).mean(axis=1)
        return int(np.abs(np.fft.rfft(made, 48_000))[300:3_000].argmax()) + 300

    assert len({round(pitch(seed) / 40) for seed in range(12)}) >= 4


def test_a_stomp_is_the_heaviest() -> None:
    def weight(name: str) -> float:
        spectrum = np.abs(np.fft.rfft(effect(name).mean(axis=1), 96_000))
        return float(np.square(spectrum[: 2 * 150]).sum())

    assert weight("stomp") > 2 * max(weight(name) for name in EFFECTS if name != "stomp")


@pytest.mark.parametrize(("name", "rises"), [("slide-whistle-down", False), ("droop", False), ("spring", True)])
def test_what_falls_falls_and_what_rises_rises(name: str, rises: bool) -> None:
    made = effect(name).mean(axis=1)
    third = min(len(made), 48_000) // 3

    def centre(part: np.ndarray) -> float:
        spectrum = np.abs(np.fft.rfft(part)) ** 2
        return float((spectrum * np.fft.rfftfreq(len(part), 1 / 48_000)).sum() / spectrum.sum())

    assert (centre(made[2 * third : 3 * third]) > centre(made[:third])) is rises


def test_an_unknown_effect_is_refused_with_a_hint() -> None:
    with pytest.raises(StoryreelError, match="did you mean 'sparkle'"):
        effect("sparkel")
