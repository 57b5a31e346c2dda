"""A short example of every key of a series file, for the reference."""

from __future__ import annotations

from collections.abc import Mapping

SERIES: Mapping[str, str] = {
    "Series": """
        storyreel: 1
        title: Create Kindness
        shared: {hashtags: [CreateKindness], captions: both}
        episodes: [monday.yaml, {scene: tuesday.yaml, look: comic}, "more/*.yaml"]
    """,
    "Differences": """
        creator: {name: Mi, handle: "@mi", portrait: mi.png, message: You are in control.}
        hashtags: [CreateKindness]
        format: [tiktok, square]
        look: [kawaii, sketch]
        captions: {size: 1.2, word: "#FFC93C"}
        loudness: -16
        intro: intro.yaml
        outro: outro.yaml
    """,
    "SeriesCaptions": """
        size: 1.2
        colour: "#FFFFFF"
        edge: "#3A2350"
        word: "#FFC93C"
        where: sidecar
    """,
    "Entry": """
        scene: monday.yaml
        name: monday-long, scene: monday.yaml
        title: Monday again, scene: monday.yaml
        message: You are in control., scene: monday.yaml
        cover: 3.2s, scene: monday.yaml
    """,
}
"""For each model of a series file the example of each key, as in `examples`."""

SHOWN_BY: Mapping[tuple[str, str], tuple[str, str]] = {
    **{("Differences", key): ("Script", key) for key in ("creator", "hashtags", "look", "captions")},
    **{("SeriesCaptions", key): ("CaptionSpec", key) for key in ("size", "colour", "edge", "word")},
    ("Entry", "message"): ("Creator", "message"),
}
"""Keys of a series that do what a key of a scene does, whose example shows it."""
