"""Takes the picture of the studio with a film in it: `python docs/pictures/studio.py`.

It needs `chromium` and `chromedriver`.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

HERE = Path(__file__).resolve().parent
AT = 2.8
"""Seconds into the film."""
WAITS = 300
"""Seconds for all of the film to be drawn."""


def main() -> None:
    """The picture beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "my-film"
        subprocess.run([sys.executable, "-m", "storyreel", "new", film], check=True, stdout=subprocess.DEVNULL)
        command = [sys.executable, "-u", "-m", "storyreel", "studio", film / "scene.yaml", "--no-open"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as studio:
            assert studio.stdout is not None
            try:
                taken(f"{studio.stdout.readline().strip()}#{AT}")
            finally:
                studio.terminate()


def taken(address: str) -> None:
    """The page at an address, once all that it shows is there."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,940", "--hide-scrollbars"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        browser.get(address)
        began = time.monotonic()
        while browser.find_element("id", "status").get_attribute("data-state") != "good":
            assert time.monotonic() - began < WAITS
            time.sleep(0.2)
        browser.find_element("id", "captions").click()
        time.sleep(1)
        picture = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
        picture.quantize(256, dither=Image.Dither.NONE).save(HERE / "studio.png", optimize=True)
    finally:
        browser.quit()


if __name__ == "__main__":
    main()
