"""Faces by name, and chains of them: the first face that has a character draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from storyreel.assets import asset
from storyreel.errors import StoryreelError, did_you_mean


@dataclass(frozen=True)
class Face:
    """A typeface: its name, its file, and whether it draws emoji in their own colours."""

    name: str
    path: str

    @property
    def coloured(self) -> bool:
        """Whether its glyphs bring their own colours (emoji)."""
        return "Emoji" in self.name


@dataclass(frozen=True)
class FontChain:
    """Faces in the order in which a character looks for its glyph."""

    faces: tuple[Face, ...]


@cache
def faces_in(folder: Path) -> Mapping[str, Path]:
    """The faces of a folder of fonts by their names, as its `faces.yaml` lists them: `Name of the face: file.ttf`."""
    data = YAML(typ="safe", pure=True).load((folder / "faces.yaml").read_text(encoding="utf-8"))
    return {str(name): folder / str(file) for name, file in data.items()}


def _shipped() -> Mapping[str, Path]:
    return faces_in(asset("fonts"))


def face_names() -> tuple[str, ...]:
    """The names of every face that ships."""
    return tuple(_shipped())


def face(name: str) -> Face:
    """A shipped face by name, or a font file by its path (`.ttf`, `.otf`).

    Raises:
        StoryreelError: there is no such face or file; never another face in its place.
    """
    if name in _shipped():
        path = _shipped()[name]
    elif Path(name).suffix.lower() in (".ttf", ".otf"):
        path = Path(name)
        name = path.stem
    else:
        raise StoryreelError(f"unknown face '{name}'{did_you_mean(name, _shipped())}")
    if not path.is_file():
        raise StoryreelError(f"the font file of '{name}' is missing: {path.name}")
    return Face(name, str(path))


def chain(names: tuple[str, ...]) -> FontChain:
    """A chain of faces by their names."""
    return FontChain(tuple(face(name) for name in names))


@lru_cache(maxsize=32)
def hb_font(face: Face) -> Any:
    """HarfBuzz's font of a face, in its own design units."""
    import uharfbuzz as hb

    return hb.Font(hb.Face(hb.Blob.from_file_path(face.path)))


def has_glyph(face: Face, character: str) -> bool:
    """Whether a face maps a character to a glyph."""
    return hb_font(face).get_nominal_glyph(ord(character)) is not None
