"""Where every key and value of an author's file stands, so that every message can name its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from storyreel.errors import Place

Path = tuple[str | int, ...]
"""The way to a value: keys of mappings and indices of lists, e.g. `("scenes", 0, "beats", 2, "michii", "say")`."""


def unwritten(tree: object, name: str = "script") -> Places:
    """Places for what stands in no file: each is named by its path, as `script.scenes[0].beats[2].michii`."""
    values: dict[Path, Place] = {}

    def walk(value: object, path: Path, called: str) -> None:
        values[path] = Place(called)
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, (*path, key), f"{called}.{key}")
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                walk(inner, (*path, index), f"{called}[{index}]")

    walk(tree, (), name)
    return Places(name, values, values)


@dataclass(frozen=True)
class Places:
    """Looks positions up by path.

    Attributes:
        file: the file's name as the author gave it.
        values: where each value begins.
        keys: where the key (or the item) that holds each value begins.
        plain: how what stands without quotes and is no text is written: `0123` is 123.
        comments: where a `#` begins that cuts a text short, or stands where a value should.
        moved: paths at which something is found that stands elsewhere in the file, and where.
    """

    file: str
    values: Mapping[Path, Place] = field(default_factory=dict)
    keys: Mapping[Path, Place] = field(default_factory=dict)
    plain: Mapping[Path, str] = field(default_factory=dict)
    comments: Mapping[Path, Place] = field(default_factory=dict)
    moved: Mapping[Path, Path] = field(default_factory=dict)

    def also(self, path: Path, stands: Path) -> Places:
        """The same places, where what stands at one path is found at another, too."""
        return replace(self, moved={**self.moved, path: stands})

    def written(self, path: Path) -> Path:
        """The nearest path that stands in the file.

        Steps that are not in the file are left out: the 0 of a lone item that stands for a list of one, and a key that
        is missing or stands for itself (a plain string that means `say`).
        """
        for found, stands in self.moved.items():
            if path[: len(found)] == found:
                path = (*stands, *path[len(found) :])
        here: Path = ()
        for step in path:
            if (*here, step) in self.values:
                here = (*here, step)
        return here

    def key(self, path: Path) -> Place:
        """Where the key (or list item) stands, or its nearest parent."""
        return self.keys.get(self.written(path), Place(self.file))

    def __call__(self, path: Path) -> Place:
        """Where the value stands, or the value that stands for it, or its nearest parent."""
        return self.values.get(self.written(path), Place(self.file))

    def as_written(self, path: Path) -> str | None:
        """How a value that is no text is written, if it stands without quotes."""
        return self.plain.get(self.written(path))

    def comment(self, path: Path) -> Place | None:
        """Where the `#` stands that cuts this text short, or that stands in its place."""
        return self.comments.get(self.written(path))
