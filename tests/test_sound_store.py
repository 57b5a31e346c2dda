"""The clip store: what was spoken once is not spoken again, and nothing damaged is trusted."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyreel.errors import StoryreelError
from storyreel.sound.clip import Manner, Speech, Timed
from storyreel.sound.store import ClipStore, clip_key

HOW: dict[str, Any] = {"pitch": 1.0, "formant": 1.0, "speed": 1.0, "seed": 7}


class Reader:
    """A voice that counts what it says."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def speak(self, text: str, **how: float) -> Speech:
        self.said.append(text)
        samples = np.linspace(-0.5, 0.5, 2_400, dtype=np.float32)
        return Speech(samples, 24_000, (Timed(text, 0.01, 0.09),), (Timed("ɑ", 0.01, 0.05), Timed("m", 0.05, 0.09)))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    monkeypatch.setattr("storyreel.sound.voice.voice", lambda name: made)
    return made


def same(first: Speech, second: Speech) -> bool:
    return (
        np.array_equal(first.samples, second.samples)
        and first.samples.dtype == second.samples.dtype
        and (first.rate, first.words, first.phonemes) == (second.rate, second.words, second.phonemes)
    )


def test_a_key_names_everything_that_is_heard() -> None:
    keys = {
        clip_key("Hi!", "heart", **HOW),
        clip_key("Hi.", "heart", **HOW),
        clip_key("Hi!", "other", **HOW),
        *(clip_key("Hi!", "heart", **{**HOW, name: value}) for name, value in [("pitch", 1.1), ("formant", 0.9)]),
        *(clip_key("Hi!", "heart", **{**HOW, name: value}) for name, value in [("speed", 1.2), ("seed", 8)]),
        *(clip_key("Hi!", "heart", **HOW, manner=said) for said in (Manner(1), Manner(0, 1), Manner(muffle="door"))),
    }
    assert len(keys) == 10
    assert clip_key("Hi!", "heart", **{**HOW, "pitch": 1}) == clip_key("Hi!", "heart", **HOW)


def test_a_line_is_spoken_once_however_it_is_said(reader: Reader) -> None:
    store = ClipStore(None)
    clips = [store.speech("Hello", "heart", manner=said) for said in (Manner(1), Manner(), Manner(muffle="door"))]
    assert reader.said == ["Hello"]
    assert len({key for key, _ in clips}) == len({clip.samples.tobytes() for _, clip in clips}) == 3


def test_a_key_is_made_without_the_voice() -> None:
    code = (
        "import sys; from storyreel.sound.store import clip_key; clip_key('Hi!', 'heart', 1, 1, 1, 7);"
        "print(sorted(set(sys.modules) & {'onnxruntime', 'hibari', 'scipy', 'av', 'skia'}))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_line_is_spoken_once(tmp_path: Path, reader: Reader) -> None:
    store = ClipStore(tmp_path)
    key, first = store.speech("Hello", "heart")
    assert store.speech("Hello", "heart") == (key, first)
    again_key, again = ClipStore(tmp_path).speech("Hello", "heart")
    assert reader.said == ["Hello"]
    assert again_key == key
    assert same(again, first)


def test_without_a_folder_clips_are_kept_in_memory_alone(reader: Reader) -> None:
    store = ClipStore(None)
    assert store.speech("Hello", "heart") == store.speech("Hello", "heart")
    assert reader.said == ["Hello"]


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "other"])
def test_a_damaged_clip_is_made_again(tmp_path: Path, reader: Reader, damage: str) -> None:
    key, first = ClipStore(tmp_path).speech("Hello", "heart")
    (entry,) = tmp_path.iterdir()
    data = bytearray(entry.read_bytes())
    if damage == "flipped":
        data[len(data) // 2] ^= 1
    entry.write_bytes({"cut": bytes(data[:-100]), "flipped": bytes(data), "empty": b"", "other": b"PK" * 99}[damage])
    again_key, again = ClipStore(tmp_path).speech("Hello", "heart")
    assert reader.said == ["Hello", "Hello"]
    assert again_key == key
    assert same(again, first)
    assert same(ClipStore(tmp_path).speech("Hello", "heart")[1], first)
    assert reader.said == ["Hello", "Hello"], "it was not mended"


def test_nothing_half_written_stays(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(Path, "replace", full)
    store = ClipStore(tmp_path)
    _, spoken = store.speech("Hello", "heart")
    assert spoken.seconds > 0
    assert "no space left" in str(store.trouble)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_recording_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoryreelError, match=r"no such recording: .*line\.wav"):
        ClipStore(None).recording(tmp_path / "line.wav", "Hello")


def test_a_folder_that_cannot_be_written_to_does_no_harm(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    store = ClipStore(blocked / "clips")
    _, speech = store.speech("Hello!", "heart")
    assert speech.seconds > 0.2
    assert store.trouble is not None
