"""A studio in a real Chromium, and what its page shows."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from chromium import chromium
from PIL import Image
from small_series import scene

LONG = 60.0
"""Seconds after which something will not come any more, on a machine that has much else to do."""
SAID = 75
"""A frame at which the line of the second scene is spoken."""

SHOWN = """
const [video, curtain] = ['video', 'curtain'].map(id => document.getElementById(id));
const copy = document.createElement('canvas');
Object.assign(copy, {width: studio.film.width, height: studio.film.height});
for (const one of curtain.hidden ? [video] : [video, curtain])
    copy.getContext('2d').drawImage(one, 0, 0, copy.width, copy.height);
return copy.toDataURL('image/png').split(',')[1];
"""

FINE = """
const {player, film, states} = studio;
const there = film && player.buffer.at(player.frame);
return Boolean(there && film.text === arguments[0] && document.getElementById('curtain').hidden
    && film.full.some(({key}) => key === there.key) && states.get(film.sound) === 'ready');
"""


@dataclass
class Studio:
    """A page of a studio, and the scene file that it shows."""

    page: Any
    path: Path

    def ask(self, script: str, *arguments: Any) -> Any:
        return self.page.execute_script(script, *arguments)

    def wait(self, script: str, *arguments: Any) -> float:
        """Waits until something is so; gives the seconds that took."""
        began = time.monotonic()
        while not self.ask(script, *arguments):
            assert time.monotonic() - began < LONG, (script, self.ask("return document.body.innerText"))
            time.sleep(0.02)
        return time.monotonic() - began

    def save(self, text: str) -> None:
        """As many editors save: another file that is renamed."""
        beside = self.path.with_name(f".{self.path.name}.swp")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.path)

    def fine(self) -> None:
        """Waits until what is shown is the film's own chunk of what is saved."""
        self.wait(FINE, self.path.read_text(encoding="utf-8"))

    def watched(self) -> float:
        """Looks at the screen itself until what is shown is fine; gives how light its darkest picture was."""
        picture, darkest = self.page.find_element("id", "picture"), 255.0
        text = self.path.read_text(encoding="utf-8")
        began = time.monotonic()
        while not self.ask(FINE, text):
            assert time.monotonic() - began < LONG
            seen = Image.open(io.BytesIO(picture.screenshot_as_png)).convert("L").reduce(8)
            darkest = min(darkest, float(np.asarray(seen, np.float64).mean()))
        return darkest

    def seek(self, frame: int) -> None:
        self.ask("studio.player.pause(); studio.player.seek(arguments[0])", frame)
        self.fine()
        self.wait("return !document.getElementById('video').seeking")
        self.page.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")

    def press(self, *keys: str) -> int:
        """Presses keys; gives the frame that is looked at then."""
        self.page.find_element("tag name", "body").send_keys(*keys)
        return self.frame()

    def frame(self) -> int:
        return int(self.ask("return studio.player.frame"))

    def shown(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """What is seen now."""
        return pixels(Image.open(io.BytesIO(base64.b64decode(self.ask(SHOWN)))))


def pixels(image: Image.Image) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(image.convert("RGB"), np.float64)


def apart(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    return float(np.abs(one - other).mean())


@contextmanager
def opened(folder: Path, before: str = "") -> Iterator[Studio]:
    """A studio that runs in a folder, with its page, whose first chunks are there; `before` it begins its process runs
    that code."""
    path = scene(folder / "film", "scene", beat="{say: Hello there!}")
    kept = os.environ | {"STORYREEL_CACHE": str(folder / "cache"), "PYTHONUNBUFFERED": "1"}
    begins = ["-c", f"{before}\nfrom storyreel.__main__ import main\nmain()"] if before else ["-m", "storyreel"]
    command = [sys.executable, *begins, "studio", str(path), "--no-open", "--jobs", "2"]
    with subprocess.Popen(command, env=kept, stdout=subprocess.PIPE, text=True) as studio:
        assert studio.stdout is not None
        try:
            with chromium(folder / "profile", 900) as page:
                page.get(studio.stdout.readline().strip())
                found = Studio(page, path)
                found.wait("return Boolean(window.studio && studio.film)")
                found.fine()
                yield found
        finally:
            studio.terminate()
            assert studio.wait(20) != 0
