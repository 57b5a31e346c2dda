"""Whether what films say is understood, and how far their speakers are apart, by measure.

    pip install pocketsphinx praat-parselmouth
    python benchmarks/recognition.py [scene.yaml ...]

Cuts each line out of the film's speech stem and has pocketsphinx recognise it with its own English model: prints what
was said and what was heard, the word error rate of each film and of all, and for each speaker the medians of f0 (where
there is any) and of the first three formants, by Praat, with the share of voiced frames. Names and made-up words count
as errors, as no recogniser's dictionary holds them.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import parselmouth
from numpy.typing import NDArray
from pocketsphinx import Decoder
from scipy.signal import resample_poly

import storyreel
from storyreel.direct.director import Direction
from storyreel.sound.mix import stems
from storyreel.timeline.clock import SAMPLE_RATE

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
HEARD_AT = 16_000
BEFORE, AFTER = 0.12, 0.3
"""Seconds of the stem around a line's words that the recogniser gets with it."""


def plain(text: str) -> list[str]:
    """A line's words as a recogniser writes them; a hashtag's words are parted."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return re.findall(r"[a-z']+", re.sub(r"\(\d+\)", "", parted.lower().replace("’", "'")))


def errors(said: list[str], heard: list[str]) -> int:
    """How many words have to be changed, left out or put in."""
    row = list(range(len(heard) + 1))
    for at, word in enumerate(said, 1):
        before, row[0] = row[0], at
        for there, other in enumerate(heard, 1):
            before, row[there] = row[there], min(row[there] + 1, row[there - 1] + 1, before + (word != other))
    return row[-1]


def recognised(decoder: Decoder, samples: NDArray[np.float32]) -> list[str]:
    """What is heard in samples at the mix's rate."""
    heard = resample_poly(samples, HEARD_AT, SAMPLE_RATE)
    loud = float(np.abs(heard).max()) or 1.0
    decoder.start_utt()
    decoder.process_raw((heard / loud * 24_000).astype(np.int16).tobytes(), full_utt=True)
    decoder.end_utt()
    found = decoder.hyp()
    return [re.sub(r"\(\d+\)", "", word) for word in found.hypstr.split()] if found else []


class Measure(NamedTuple):
    """A line's f0 where it has any, the first three formants of its loud frames, and how many of those are voiced."""

    tones: NDArray[np.float64]
    formants: NDArray[np.float64]
    share: float


def voiced(samples: NDArray[np.float32]) -> Measure:
    """What Praat finds in samples at the mix's rate."""
    sound = parselmouth.Sound(samples.astype(np.float64), SAMPLE_RATE)
    pitch = sound.to_pitch(pitch_floor=70, pitch_ceiling=500)
    tones, times = pitch.selected_array["frequency"], pitch.xs()
    level = sound.to_intensity(minimum_pitch=70)
    loud = np.array([(level.get_value(t) or 0) > level.values.max() - 25 for t in times])
    formants = sound.to_formant_burg(max_number_of_formants=5, maximum_formant=5500)
    found = [[formants.get_value_at_time(n, t) for n in (1, 2, 3)] for t in times[loud]]
    share = float(np.mean(tones[loud] > 0)) if loud.any() else 0.0
    return Measure(tones[loud & (tones > 0)], np.array(found).reshape(-1, 3), share)


def spoken(film: Direction) -> Iterator[tuple[str, str, NDArray[np.float32]]]:
    """Each line's speaker, its text, and its part of the speech stem, both sides as one."""
    timeline = film.timeline
    speech = stems(timeline, film.clips).speech
    sample = timeline.clock.sample
    for line in timeline.lines:
        start = sample(line.words[0].start) - round(BEFORE * SAMPLE_RATE)
        end = sample(line.words[-1].end) + round(AFTER * SAMPLE_RATE)
        yield line.speaker, line.text, speech[max(0, start) : end].mean(axis=1)


def main() -> None:
    """Prints each line of each film, then the rates, then the speakers."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("scenes", nargs="*", type=Path)
    scenes = reading.parse_args().scenes or sorted(EXAMPLES.glob("*/scene.yaml"))
    decoder = Decoder(samprate=HEARD_AT, loglevel="FATAL")
    wrong: dict[str, int] = defaultdict(int)
    count: dict[str, int] = defaultdict(int)
    measured: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for path in scenes:
        film = path.parent.name
        for speaker, text, samples in spoken(storyreel.load(path).direction):
            said, heard = plain(text), recognised(decoder, samples)
            missed = errors(said, heard)
            wrong[film] += missed
            count[film] += len(said)
            measured[film, speaker].append(voiced(samples))
            print(f"{film} · {speaker}: {missed} of {len(said)} · {' '.join(said)} · heard: {' '.join(heard)}")
    print()
    for film in count:
        print(f"{film}: word error rate {wrong[film] / count[film]:.2f} of {count[film]} words")
    print(f"all: {sum(wrong.values()) / sum(count.values()):.2f} of {sum(count.values())} words\n")
    print("speaker: f0, F1 F2 F3 (Hz), share of loud frames that are voiced")
    for (film, speaker), lines in measured.items():
        tones = np.concatenate([line.tones for line in lines])
        formants = np.nanmedian(np.concatenate([line.formants for line in lines]), axis=0)
        share = np.mean([line.share for line in lines])
        tone = f"{np.median(tones):.0f}" if len(tones) else "none"
        print(f"{film} · {speaker}: {tone}, {' '.join(f'{one:.0f}' for one in formants)}, {share:.2f}")


if __name__ == "__main__":
    main()
