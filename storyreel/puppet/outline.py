"""Path data, basic shapes and transforms of SVG, as absolute moves, lines and cubics."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator

from storyreel.puppet.model import IDENTITY, Command, Matrix, Point, concat, moved

NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_TOKEN = re.compile(rf"[MmLlHhVvCcSsQqTtAaZz]|{NUMBER.pattern}")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_KAPPA = 0.5522847498307936
"""Handle length of a quarter circle of radius 1 drawn as one cubic."""
LARGEST = 1e7
"""Coordinates beyond this are a slip; single precision loses whole units there."""
_SMALLEST = 1e-9
"""Radii below this are none: their squares would come to nothing."""


def numbers(text: str) -> list[float]:
    """Every number in a text.

    Raises:
        ValueError: one is too large for any drawing.
    """
    found = [float(number) for number in NUMBER.findall(text)]
    if any(abs(number) > LARGEST for number in found):
        raise ValueError(f"a number above {LARGEST:g}")
    return found


def _tokens(data: str) -> Iterator[tuple[str, list[float]]]:
    """Letters with their arguments; repeated argument sets come out with their letter repeated.

    Raises:
        ValueError: something in the text is no path data.
    """
    left = _TOKEN.sub("", data).strip(" ,\t\r\n")
    if left:
        raise ValueError(f"path data has '{left[:12]}', which is no command")
    letter = ""
    found = _TOKEN.findall(data)
    if found and found[0] not in "Mm":
        raise ValueError("path data has to begin with M")
    index = 0
    while index < len(found):
        if found[index].isalpha() and len(found[index]) == 1:
            letter = found[index]
            index += 1
        if not letter:
            raise ValueError(f"path data has '{found[index]}' where a command has to stand")
        count = _COUNTS[letter.upper()]
        if letter in "aA" and index < len(found):
            arguments, index = _arc_arguments(found, index)
        else:
            arguments = [float(value) for value in found[index : index + count] if not value.isalpha()]
            index += count
        if len(arguments) != count:
            raise ValueError(f"path command {letter} takes {count} numbers, got {len(arguments)}")
        if any(abs(value) > LARGEST for value in arguments):
            raise ValueError(f"path command {letter} has a number above {LARGEST:g}")
        yield letter, arguments
        letter = {"M": "L", "m": "l", "Z": "", "z": ""}.get(letter, letter)


def _arc_arguments(found: list[str], index: int) -> tuple[list[float], int]:
    """The seven arguments of an arc, whose two flags may be written without a space behind them (`01`, `110`)."""
    arguments: list[float] = []
    queue = found[index : index + 7]
    taken = 0
    while len(arguments) < 7 and queue:
        text = queue.pop(0)
        if text.isalpha():
            break
        if len(arguments) in (3, 4) and len(text) > 1 and text[0] in "01":
            arguments.append(float(text[0]))
            queue.insert(0, text[1:])
            continue
        arguments.append(float(text))
        taken += 1
    return arguments, index + taken


def path_commands(data: str) -> tuple[Command, ...]:
    """SVG path data as absolute M, L, C and Z; quadratics are raised to cubics, arcs split into cubics.

    Raises:
        ValueError: the text is no path data.
    """
    out: list[Command] = []
    x = y = start_x = start_y = 0.0
    handle: tuple[str, float, float] = ("", 0.0, 0.0)
    for letter, values in _tokens(data):
        upper = letter.upper()
        if letter.islower():
            if upper == "A":
                values[5], values[6] = values[5] + x, values[6] + y
            elif upper == "H":
                values[0] += x
            elif upper == "V":
                values[0] += y
            else:
                values = [value + (x, y)[i % 2] for i, value in enumerate(values)]
        next_handle: tuple[str, float, float] = ("", 0.0, 0.0)
        if upper == "M":
            x, y = start_x, start_y = values[0], values[1]
            out.append(("M", (x, y)))
        elif upper in "LHV":
            x = values[0] if upper != "V" else x
            y = values[1] if upper == "L" else values[0] if upper == "V" else y
            out.append(("L", (x, y)))
        elif upper in "CS":
            if upper == "S":
                first = (2 * x - handle[1], 2 * y - handle[2]) if handle[0] == "C" else (x, y)
                values = [*first, *values]
            out.append(("C", tuple(values)))
            next_handle = ("C", values[2], values[3])
            x, y = values[4], values[5]
        elif upper in "QT":
            if upper == "T":
                control = (2 * x - handle[1], 2 * y - handle[2]) if handle[0] == "Q" else (x, y)
                values = [*control, *values]
            qx, qy, ex, ey = values
            cubic = (x + 2 / 3 * (qx - x), y + 2 / 3 * (qy - y), ex + 2 / 3 * (qx - ex), ey + 2 / 3 * (qy - ey), ex, ey)
            out.append(("C", cubic))
            next_handle = ("Q", qx, qy)
            x, y = ex, ey
        elif upper == "A":
            out += arc(x, y, *values)
            x, y = values[5], values[6]
        else:
            out.append(("Z", ()))
            x, y = start_x, start_y
        handle = next_handle
    return tuple(out)


def arc(
    x1: float, y1: float, rx: float, ry: float, turn: float, large: float, sweep: float, x2: float, y2: float
) -> list[Command]:
    """An elliptical arc as cubics of at most a quarter turn (SVG 1.1, implementation notes F.6.5)."""
    rx, ry = abs(rx), abs(ry)
    if min(rx, ry) < _SMALLEST or (x1, y1) == (x2, y2):
        return [("L", (x2, y2))]
    phi = math.radians(turn)
    cos, sin = math.cos(phi), math.sin(phi)
    dx, dy = (x1 - x2) / 2, (y1 - y2) / 2
    px, py = cos * dx + sin * dy, -sin * dx + cos * dy
    grow = math.sqrt(max(1.0, (px / rx) ** 2 + (py / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    below = (rx * py) ** 2 + (ry * px) ** 2
    root = math.sqrt(max(0.0, ((rx * ry) ** 2 - below) / below))
    sign = -1 if bool(large) == bool(sweep) else 1
    cxp, cyp = sign * root * rx * py / ry, -sign * root * ry * px / rx
    cx, cy = cos * cxp - sin * cyp + (x1 + x2) / 2, sin * cxp + cos * cyp + (y1 + y2) / 2
    begin = math.atan2((py - cyp) / ry, (px - cxp) / rx)
    reach = math.atan2((-py - cyp) / ry, (-px - cxp) / rx) - begin
    if sweep and reach < 0:
        reach += 2 * math.pi
    elif not sweep and reach > 0:
        reach -= 2 * math.pi
    pieces = max(1, math.ceil(abs(reach) / (math.pi / 2) - 1e-9))
    step = reach / pieces
    length = 4 / 3 * math.tan(step / 4)

    def on(angle: float, ahead: float) -> tuple[float, float]:
        ex = rx * (math.cos(angle) - ahead * math.sin(angle))
        ey = ry * (math.sin(angle) + ahead * math.cos(angle))
        return cos * ex - sin * ey + cx, sin * ex + cos * ey + cy

    out: list[Command] = []
    for piece in range(pieces):
        a, b = begin + piece * step, begin + (piece + 1) * step
        end = (x2, y2) if piece == pieces - 1 else on(b, 0)
        out.append(("C", (*on(a, length), *on(b, -length), *end)))
    return out


def ellipse_commands(cx: float, cy: float, rx: float, ry: float) -> tuple[Command, ...]:
    """An ellipse as four cubics; nothing where a radius is 0."""
    if rx <= 0 or ry <= 0:
        return ()
    kx, ky = rx * _KAPPA, ry * _KAPPA
    return (
        ("M", (cx + rx, cy)),
        ("C", (cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry)),
        ("C", (cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy)),
        ("C", (cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry)),
        ("C", (cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy)),
        ("Z", ()),
    )


def rect_commands(x: float, y: float, width: float, height: float, rx: float, ry: float) -> tuple[Command, ...]:
    """A rectangle, its corners rounded by rx and ry; nothing where a side is 0."""
    if width <= 0 or height <= 0:
        return ()
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    right, bottom = x + width, y + height
    if rx <= 0 or ry <= 0:
        return (("M", (x, y)), ("L", (right, y)), ("L", (right, bottom)), ("L", (x, bottom)), ("Z", ()))
    kx, ky = rx * (1 - _KAPPA), ry * (1 - _KAPPA)
    return (
        ("M", (x + rx, y)),
        ("L", (right - rx, y)),
        ("C", (right - kx, y, right, y + ky, right, y + ry)),
        ("L", (right, bottom - ry)),
        ("C", (right, bottom - ky, right - kx, bottom, right - rx, bottom)),
        ("L", (x + rx, bottom)),
        ("C", (x + kx, bottom, x, bottom - ky, x, bottom - ry)),
        ("L", (x, y + ry)),
        ("C", (x, y + ky, x + kx, y, x + rx, y)),
        ("Z", ()),
    )


def polygon_commands(points: str, closed: bool) -> tuple[Command, ...]:
    """Straight lines from point to point.

    Raises:
        ValueError: a point has no second number, or something is no number.
    """
    values = numbers(points)
    if len(values) % 2 or NUMBER.sub("", points).strip(" ,\t\r\n"):
        raise ValueError(f"points '{points[:24]}' have to be pairs of numbers")
    lines: list[Command] = [
        ("L" if index else "M", pair) for index, pair in enumerate(zip(values[::2], values[1::2], strict=True))
    ]
    return (*lines, ("Z", ())) if closed and lines else tuple(lines)


def _rotate(values: list[float]) -> Matrix:
    angle = math.radians(values[0])
    cos, sin = math.cos(angle), math.sin(angle)
    turn = (cos, sin, -sin, cos, 0.0, 0.0)
    if len(values) < 3:
        return turn
    x, y = values[1], values[2]
    return concat(concat((1, 0, 0, 1, x, y), turn), (1, 0, 0, 1, -x, -y))


_BETWEEN = " ,\t\r\n"
_TRANSFORMS: dict[str, tuple[tuple[int, ...], Callable[[list[float]], Matrix]]] = {
    "translate": ((1, 2), lambda v: (1, 0, 0, 1, v[0], v[1] if len(v) > 1 else 0.0)),
    "scale": ((1, 2), lambda v: (v[0], 0, 0, v[1] if len(v) > 1 else v[0], 0, 0)),
    "rotate": ((1, 3), _rotate),
    "skewX": ((1,), lambda v: (1, 0, math.tan(math.radians(v[0])), 1, 0, 0)),
    "skewY": ((1,), lambda v: (1, math.tan(math.radians(v[0])), 0, 1, 0, 0)),
    "matrix": ((6,), lambda v: (v[0], v[1], v[2], v[3], v[4], v[5])),
}


def transform(text: str) -> Matrix | None:
    """A transform attribute as one matrix; None for an empty one.

    Raises:
        ValueError: it names an unknown function, or has too few or too many numbers.
    """
    matrix: Matrix | None = None
    *functions, rest = text.split(")")
    if wrong := next((function for function in functions if "(" not in function), rest).strip(_BETWEEN):
        raise ValueError(f"transform has '{wrong[:24]}', which is no function such as translate(10,20)")
    for function in functions:
        name, _, arguments = function.strip(_BETWEEN).partition("(")
        name = name.rstrip()
        if name not in _TRANSFORMS:
            raise ValueError(f"unknown transform '{name[:24]}'")
        counts, make = _TRANSFORMS[name]
        values = numbers(arguments)
        if len(values) not in counts:
            raise ValueError(f"transform '{name}' takes {' or '.join(map(str, counts))} numbers, got {len(values)}")
        step = make(values)
        matrix = step if matrix is None else concat(matrix, step)
    return matrix


def transformed(commands: Iterable[Command], matrix: Matrix) -> tuple[Command, ...]:
    """Commands under a transform; exact, since a cubic's points alone decide it."""
    if matrix == IDENTITY:
        return tuple(commands)
    out: list[Command] = []
    for letter, values in commands:
        pairs: list[Point] = [moved(matrix, (x, y)) for x, y in zip(values[::2], values[1::2], strict=True)]
        out.append((letter, tuple(value for pair in pairs for value in pair)))
    return tuple(out)


def extent(commands: Iterable[Command]) -> tuple[Point, ...]:
    """The corners of the box round all points and handles; none where there are none."""
    values = [value for _, found in commands for value in found]
    if not values:
        return ()
    across, down = values[::2], values[1::2]
    left, top, right, bottom = min(across), min(down), max(across), max(down)
    return ((left, top), (right, top), (left, bottom), (right, bottom))


def reach(commands: Iterable[Command]) -> float:
    """The way along all points and handles: no shorter than the path."""
    total = 0.0
    here = start = (0.0, 0.0)
    for letter, values in commands:
        for point in zip(values[::2], values[1::2], strict=True) if values else (start,):
            total += 0.0 if letter == "M" else math.dist(here, point)
            here = point
        start = here if letter == "M" else start
    return total
