"""Keeps spoken clips under keys of exactly what was said and how, so that a line is spoken once."""

from __future__ import annotations

import hashlib
import io
import json
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from storyreel.errors import StoryreelError
from storyreel.seal import Seal, own_seal
from storyreel.sound.clip import PLAIN, Manner, Speech, Timed

_FORM = 7
"""Changes when clips are made in another way."""


_MAKERS = ("hibari-tts", "onnxruntime", "numpy", "scipy")
"""Packages whose versions a clip's samples depend on."""


@cache
def _versions() -> dict[str, str]:
    """Their versions; looking them up reads files."""
    return {name: version(name) for name in _MAKERS}


def clip_key(
    text: str, voice: str, pitch: float, formant: float, speed: float, seed: int, manner: Manner = PLAIN
) -> str:
    """The key of a synthesised line; known without loading the voice."""
    made = {
        "form": _FORM,
        "text": text,
        "voice": voice,
        "sound": [float(pitch), float(formant), float(speed), seed],
        "manner": [float(manner.whisper), float(manner.near), manner.muffle],
        "made by": _versions(),
    }
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()


def _packed(speech: Speech) -> bytes:
    times = {
        "rate": speech.rate,
        "words": [[t.text, t.start, t.end] for t in speech.words],
        "phonemes": [[t.text, t.start, t.end] for t in speech.phonemes],
    }
    buffer = io.BytesIO()
    np.savez(buffer, samples=speech.samples, times=np.frombuffer(json.dumps(times).encode(), dtype=np.uint8))
    return buffer.getvalue()


def _unpacked(data: bytes) -> Speech:
    with np.load(io.BytesIO(data)) as held:
        times = json.loads(held["times"].tobytes())
        samples = held["samples"]
    words, phonemes = (tuple(Timed(*row) for row in times[name]) for name in ("words", "phonemes"))
    return Speech(samples, times["rate"], words, phonemes)


class ClipStore:
    """Clips by key, in memory and (with a folder) on disk; an entry that is not as it was written is made again."""

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self.trouble: str | None = None
        self._held: dict[str, Speech] = {}

    def speech(
        self,
        text: str,
        voice: str,
        *,
        pitch: float = 1.0,
        formant: float = 1.0,
        speed: float = 1.0,
        seed: int = 7,
        manner: Manner = PLAIN,
    ) -> tuple[str, Speech]:
        """The clip of a synthesised line, and its key.

        Raises:
            StoryreelError: the voice is unknown or isn't installed, or the text has nothing that can be spoken.
        """
        key = clip_key(text, voice, pitch, formant, speed, seed, manner)
        held = self._find(key)
        if held is None and manner == PLAIN:
            from storyreel.sound.voice import voice as voice_named

            held = voice_named(voice).speak(text, pitch=pitch, formant=formant, speed=speed, seed=seed)
            self.keep(key, held)
        elif held is None:
            from storyreel.sound.manner import mannered

            # Speaking takes long, and is done once however a line is said.
            _, plain = self.speech(text, voice, pitch=pitch, formant=formant, speed=speed, seed=seed)
            held = mannered(plain, manner)
            self.keep(key, held)
        return key, held

    def kept(self, key: str) -> Speech | None:
        """The clip of that key, if it is kept."""
        return self._find(key)

    def recording(self, path: Path, text: str, manner: Manner = PLAIN) -> tuple[str, Speech]:
        """The clip of a recorded line, and its key.

        Raises:
            StoryreelError: the file is missing, can't be read or is silent, or the text is empty.
        """
        from storyreel.sound.manner import mannered
        from storyreel.sound.recording import recorded

        if not path.is_file():
            raise StoryreelError(f"no such recording: {path}")
        key = hashlib.sha256(f"{_FORM}/{text}/{manner}/".encode() + path.read_bytes()).hexdigest()
        held = self._find(key)
        if held is None:
            held = mannered(recorded(path, text), manner)
            self.keep(key, held)
        return key, held

    @cached_property
    def _seal(self) -> Seal | None:
        try:
            return own_seal()
        except StoryreelError as error:
            self.trouble = str(error)
            return None

    def _find(self, key: str) -> Speech | None:
        if key not in self._held and self._root is not None:
            path = self._root / f"{key}.clip"
            seal = self._seal if path.is_file() else None
            found = seal.unwrapped(path.name, path.read_bytes()) if seal is not None else None
            if found is not None:
                self._held[key] = _unpacked(found)
        return self._held.get(key)

    def keep(self, key: str, speech: Speech) -> None:
        """Keeps a clip; a folder that can't be written to does no harm, `trouble` says why nothing is kept."""
        self._held[key] = speech
        if self._root is None or self.trouble is not None or self._seal is None:
            return
        path = self._root / f"{key}.clip"
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            self._write(path, self._seal.wrapped(path.name, _packed(speech)))
        except OSError as error:
            self.trouble = f"spoken clips are not kept in {self._root}: {error.strerror}"

    def _write(self, path: Path, data: bytes) -> None:
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
            try:
                part.write(data)
                part.close()
                Path(part.name).replace(path)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
