"""Writes a script that was built in Python as a scene file."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyreel.errors import StoryreelError

if TYPE_CHECKING:
    from storyreel.script.models import Script

_WIDTH = 100_000
"""Characters of a line: a longer one would be folded at blanks, within names too, which is not to be read again."""


def scene_text(script: Script) -> str:
    """A script as the text of a scene file; what is as it would be anyway is left out."""
    from ruamel.yaml import YAML

    yaml: Any = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width, yaml.allow_unicode = None, _WIDTH, True
    yaml.sort_base_mapping_type_on_output = False
    buffer = io.StringIO()
    yaml.dump(script.model_dump(mode="json", by_alias=True, exclude_defaults=True), buffer)
    return buffer.getvalue()


def save(script: Script, path: str | Path) -> None:
    """Writes a script as a scene file, which appears whole or not at all.

    Raises:
        StoryreelError: it can't be written.
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.write_text(scene_text(script), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise StoryreelError(f"{path}: cannot write here: {error.strerror}") from error
    finally:
        temporary.unlink(missing_ok=True)
