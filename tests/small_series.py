"""A small series for tests: quick films of a puppet that hops."""

from __future__ import annotations

import textwrap
from pathlib import Path

SCENE = """
    storyreel: 1
    title: {title}
    format: {{width: 216, height: 384, fps: 30}}
    hashtags: [Kind]
    music: {{track: bubblegum}}
    cast:
      michii: {{puppet: michii, voice: {{use: heart}}, colours: {{hoodie: "{colour}"}}}}
    scenes:
      - id: first
        set: {place}
        cast: {{michii: {{at: centre}}}}
        beats:
          - michii: {{do: hop}}
            for: {seconds}s
      - id: second
        set: pastel
        cast: {{michii: {{at: left}}}}
        beats:
          - michii: {beat}
            for: 1.5s
"""


def scene(
    folder: Path,
    name: str,
    place: str = "bedroom",
    beat: str = "{do: wave}",
    colour: str = "#9BE8D8",
    seconds: float = 2.0,
) -> Path:
    """Writes a scene file, and gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    text = SCENE.format(title=name.title(), place=place, beat=beat, colour=colour, seconds=seconds)
    path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return path
