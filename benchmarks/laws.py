"""What the laws of pixels cost: CPU ms for a whole picture of 1080x1920, median of some runs.

python benchmarks/laws.py [--runs 15]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np

from storyreel.paint import laws
from storyreel.paint.damage import Rect
from storyreel.stage.tiles import dots, grain

WIDTH, HEIGHT, CELL = 1080, 1920, 4
SIXTEEN = "1A1C2C 2A2D5C 5D275D 8C3F55 EF7D57 FFCD75 F4F4F4 BE7150 E8A274 B5EC73 38B764 1E6470 41A6F6 3E51A6 A9BDE0"


def passes() -> dict[str, Callable[[], object]]:
    """Every law, ready to be run."""
    made = np.random.default_rng(4)
    whole, small = Rect(0, 0, WIDTH, HEIGHT), Rect(0, 0, WIDTH // CELL, HEIGHT // CELL)
    painted = np.repeat(made.integers(0, 256, (HEIGHT, WIDTH // 40, 4), np.uint8), 40, axis=1)
    finished, light = painted.copy(), painted // 4
    cells = np.ascontiguousarray(painted[::CELL, ::CELL])
    sheet = laws.paper(grain(), 20, WIDTH)
    hard, soft = laws.Screen(dots(12), WIDTH), laws.Screen(dots(12), WIDTH, 6)
    palette = laws.Palette([f"#{hexed}" for hexed in SIXTEEN.split()], WIDTH, 40)
    boil = laws.Boil(WIDTH, HEIGHT, 2)
    tone = laws.luma(painted, whole)
    amounts = laws.inked(tone, whole, soft)
    return {
        "luma": lambda: laws.luma(painted, whole),
        "tooth": lambda: laws.tooth(painted, finished, whole, sheet),
        "add": lambda: laws.add(finished, whole, light),
        "inked, hard": lambda: laws.inked(tone, whole, hard),
        "inked, soft": lambda: laws.inked(tone, whole, soft),
        "overprint": lambda: laws.overprint(finished, whole, amounts, "#C8324B"),
        "dithered, a sixteenth": lambda: laws.dithered(cells, small, palette),
        "dithered, whole": lambda: laws.dithered(painted, whole, palette),
        "enlarge": lambda: laws.enlarge(cells, finished, small, CELL),
        "boiled": lambda: laws.boiled(painted, finished, whole, boil, 1),
        "palette made": lambda: laws.Palette([f"#{hexed}" for hexed in SIXTEEN.split()], WIDTH, 40),
        "boil made": lambda: laws.Boil(WIDTH, HEIGHT, 2),
        "copied, to compare": lambda: np.copyto(finished, painted),
    }


def main() -> None:
    """Prints a line a law."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    for name, run in passes().items():
        run()
        taken = []
        for _ in range(runs):
            began = time.process_time()
            run()
            taken.append((time.process_time() - began) * 1000)
        print(f"{name:24} {statistics.median(taken):7.2f}")


if __name__ == "__main__":
    main()
