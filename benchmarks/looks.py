"""What looks cost beside each other: the same story painted in each of them, in one process.

    python benchmarks/looks.py [scene.yaml] [--looks kawaii sketch] [--whole] [--scenes] [--profile LOOK]

Draws the first chunk of each scene (with `--whole` every chunk), twice, and prints for each look CPU ms a film frame of
staging, painting (with the look's finish) and colour conversion. The first time nothing is in memory, and what the look
makes of drawings lies in the cache, as it does in a film, where that is made beside speech; the second time all is kept
that a process keeps. With `--profile` a look's painting is profiled, and nothing else done.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from collections.abc import Iterator
from pathlib import Path

from render import EXAMPLE

import storyreel
from storyreel.looks import pen
from storyreel.render.chunks import chunks
from storyreel.render.reel import draw
from storyreel.render.settings import encoder_settings
from storyreel.render.shelf import own_shelf, treat, wanted
from storyreel.render.slices import ChunkOrder, order
from storyreel.render.timings import Stopwatch, Tally
from storyreel.stage.kept import kept_on
from storyreel.timeline.model import Timeline


def orders(timeline: Timeline, whole: bool) -> Iterator[ChunkOrder]:
    """The first chunk of each scene, or all of them."""
    settings = encoder_settings(timeline)
    for chunk in chunks(timeline):
        if whole or chunk.start == 0:
            yield order(timeline, chunk, settings)


def painted(timeline: Timeline, whole: bool) -> list[tuple[int, Tally]]:
    """What each chunk takes, and its scene."""
    found = []
    with kept_on(own_shelf(timeline.look)):
        for scene, one in zip(_scenes(timeline, whole), orders(timeline, whole), strict=True):
            watch = Stopwatch()
            for _ in draw(one, watch):
                pass
            found.append((scene, watch.tally))
    return found


def _scenes(timeline: Timeline, whole: bool) -> list[int]:
    return [chunk.scene for chunk in chunks(timeline) if whole or chunk.start == 0]


def line(name: str, tally: Tally) -> str:
    """A tally by the film frame."""
    frames = tally.frames
    steps = " ".join(f"{1000 * getattr(tally, step) / frames:7.2f}" for step in ("stage", "paint", "convert"))
    return f"{name:24} {steps}  {frames:5} frames, {tally.drawn / frames:4.0%} drawn"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scene", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--looks", nargs="+", default=["kawaii", "sketch"])
    parser.add_argument("--whole", action="store_true", help="every chunk, instead of the first one of each scene")
    parser.add_argument("--scenes", action="store_true", help="a line a scene, too")
    parser.add_argument("--profile", metavar="LOOK")
    asked = parser.parse_args()

    print(f"{'CPU ms a film frame':24} {'stage':>7} {'paint':>7} {'convert':>7}")
    for name in [asked.profile] if asked.profile else asked.looks:
        timeline = storyreel.load(asked.scene, look=name).timeline
        treat(pen(name), wanted(timeline))
        profile = cProfile.Profile() if asked.profile else None
        for state in ("cold", "warm"):
            if profile is not None:
                profile.enable()
            found = painted(timeline, asked.whole)
            if profile is not None:
                profile.disable()
                pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
                pstats.Stats(profile).sort_stats("tottime").print_stats(30)
                profile = cProfile.Profile()
            whole = Tally()
            for scene, tally in found:
                whole.add(tally)
                if asked.scenes:
                    print(line(f"  {name}, {state}, {scene + 1}", tally))
            print(line(f"{name}, {state}", whole), flush=True)


if __name__ == "__main__":
    main()
