"""Drawings that nobody would draw: well-formed ones of every feature put together at random, and mended ones broken."""

from __future__ import annotations

import random
import re
from pathlib import Path

from storyreel.assets import asset

NAMES = (
    "Head", "Body", "Face", "Mouth", "Left Eye", "Left Pupil", "Left Blink", "Right Eye", "Left Arm", "Left Hand",
    "Right-Arm", "Right_Hand", "Left_x20_Leg", "Left_x0020_Foot", "Tail", "Hair Back", "Left Ear", "Ah", "W-Oo",
    "Smile", "Head_2", "A", "B", "Vector", "_xD800_", "🎈", "",
)  # fmt: skip
NUMBERS = (
    "0", "1", "9", "50", "99", "200", "900", "-7", "0.5", "1e-3", "1e-200", "1e7", "-1e7", "1e8", "1e308", "1e999",
    "nan", "inf", "12%", "2cm", "1in", "+", "", "9" * 400, "1 2", "٣",
)  # fmt: skip
COLOURS = (
    "red", "#FFD9B3", "#fff", "#12", "none", "currentColor", "inherit", "transparent", "url(#a)", "url(#b) red",
    "rgb(1,2,3)", "hsl(1e999,1%,1%)", "color(display-p3 1 0.5 0)", "color(display-p3 nan 0 0)", "var(--x, #123456)",
    "#CD853F icc-color(acme, 0.1, 0.5)", "blurple", "url(other.svg#a)",
)  # fmt: skip
WORDS = (*NAMES, *NUMBERS, *COLOURS, "url(#c)", "#a", "evenodd", "objectBoundingBox", "userSpaceOnUse", "hidden")
KINDS = {"a": "linearGradient", "b": "mask", "c": "clipPath", "d": "symbol", "e": "g", "f": "style"}
IDS = tuple(KINDS)
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:serif="http://www.serif.com/" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
)
ROBOT = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">]>
{HEAD} xmlns:i="&ns_ai;" viewBox="0 0 400 520"><style>.skin {{fill: #FFD9B3}} #d, path {{stroke-width: 3px}}</style>
<defs><linearGradient id="a"><stop stop-color="red"/><stop offset="1" stop-color="#00F" stop-opacity=".5"/>
</linearGradient><clipPath id="c"><rect width="400" height="520"/></clipPath>
<mask id="b" style="mask-type:alpha"><circle cx="200" cy="150" r="90" fill="#D9D9D9"/></mask></defs>
<g clip-path="url(#c)"><g id="Robot"><g id="Left_Arm" data-pivot="95,260"><rect x="95" y="260" width="25" height="90"/>
<g id="Left_Hand"><ellipse cx="107" cy="360" rx="16" ry="16" class="skin"/></g></g>
<g id="Body"><path id="d" d="M125 245h150q8 0 8 8v170a8 8 0 0 1-8 8H125z" fill="url(#a)" stroke="#332244"/></g>
<g id="Head" transform="rotate(3 200 150)"><g id="Face" mask="url(#b)"><ellipse cx="200" cy="150" rx="95" ry="90"
 style="fill:#FFD9B3;fill:color(display-p3 1 0.851 0.702)"/></g>
<g id="Left-Eye" serif:id="Left Eye"><circle cx="165" cy="140" r="18" fill="#fff"/><g id="Left Pupil"><circle cx="165"
 cy="142" r="8"/></g></g><g id="e" inkscape:label="Left Ear"><path d="M112 60C112 20 148 20 148 60Z"/></g>
<g id="Mouth"><g id="Neutral"><path d="M190 190h20" stroke="#8B1E3F" stroke-dasharray="4 2"/></g><g id="Ah"><use
 xlink:href="#d" transform="matrix(.1 0 0 .1 180 170)"/></g></g></g></g></g></svg>"""
SMALL = tuple(asset("props", f"{name}.svg") for name in ("cloud", "lamp", "pennant", "shadow"))
LARGE = (asset("puppets", "grump", "grump.svg"), asset("props", "plush.svg"))


def drawing(dice: random.Random) -> str:
    """The text of a drawing."""
    if dice.random() < 0.6:
        return _Made(dice).drawing()
    text = _source(dice)
    for _ in range(dice.choice((1, 1, 2, 4, 9))):
        text = _broken(dice, text)
    return text


def _source(dice: random.Random) -> str:
    kind = dice.random()
    paths: tuple[Path, ...] = SMALL if kind < 0.97 else LARGE
    return ROBOT if kind < 0.7 else dice.choice(paths).read_text(encoding="utf-8")


def _broken(dice: random.Random, text: str) -> str:
    """A text with one thing of it changed, lost or doubled."""
    at = sorted(dice.randrange(len(text) + 1) for _ in range(2))
    kind = dice.random()
    if kind < 0.5:
        values = list(re.finditer(r'(?<==")[^"<]*(?=")', text))
        if values:
            value = dice.choice(values)
            return text[: value.start()] + dice.choice((dice.choice(WORDS), value[0] * 2, "")) + text[value.end() :]
    if kind < 0.65:
        numbers = list(re.finditer(r"-?\d+\.?\d*", text))
        if numbers:
            number = dice.choice(numbers)
            return text[: number.start()] + dice.choice(NUMBERS) + text[number.end() :]
    if kind < 0.85:
        tags = list(re.finditer(r"<[^<>]*/>|<g[^<>]*>|</g>", text))
        if tags:
            tag, other = dice.choice(tags), dice.choice(tags)
            put = dice.choice(("", other[0], tag[0] * dice.choice((2, 30))))
            return text[: tag.start()] + put + text[tag.end() :]
    if kind < 0.95:
        return text[: at[0]] + text[at[1] :] if at[1] - at[0] < 200 else text[: at[0]]
    return text[: at[0]] + chr(dice.choice((0, 9, 34, 38, 60, 62, 0x202E, 0xFFFF, 0x1F388))) + text[at[0] :]


class _Made:
    """A drawing put together from every feature, most of whose values make sense."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.left = dice.choice((2, 4, 8, 8, 30))
        self.wild = dice.choice((0.0, 0.0, 0.0, 0.005, 0.1))
        self.layers = ["e"]

    def number(self) -> str:
        if self.dice.random() < self.wild:
            return self.dice.choice(NUMBERS)
        return f"{self.dice.uniform(-20, 200):.{self.dice.choice((0, 0, 1, 3))}f}"

    def numbers(self, count: int) -> str:
        return self.dice.choice((" ", ",", " , ")).join(self.number() for _ in range(count))

    def drawing(self) -> str:
        box = "0 0 200 300" if self.dice.random() > self.wild else self.numbers(4)
        body = "".join(self.definition(name) for name in IDS if self.dice.random() >= self.wild)
        while self.left > 0:
            body += self.element(0)
        return f'{HEAD} viewBox="{box}">\n{body}\n</svg>'

    def definition(self, name: str) -> str:
        kind = KINDS[name] if self.dice.random() >= self.wild else self.dice.choice(tuple(KINDS.values()))
        if kind == "style":
            rules = (f"{self.dice.choice(('*', 'g', 'rect', '.k', '#a', '.k.l'))} {{{self.style()}}}" for _ in range(3))
            return f"<style>{' '.join(rules)}</style>"
        if kind.endswith("Gradient"):
            other = f' href="#{self.dice.choice(IDS)}"' if self.dice.random() < self.wild else ""
            stops = "".join(f'<stop offset="{self.number()}" stop-color="{self.colour()}"/>' for _ in range(2))
            return f'<{kind} id="{name}"{other} x1="{self.number()}">{stops}</{kind}>'
        inner = "".join(f'<rect width="{self.size()}" height="{self.size()}" fill="#fff"/>' for _ in range(2))
        if kind in ("symbol", "g") or self.dice.random() < self.wild:
            inner += self.shape()
        box = f' viewBox="0 0 {self.size()} {self.size()}"' if kind == "symbol" else ""
        own = self.attributes() if kind == "g" or self.dice.random() < self.wild else ""
        return f'<defs><{kind} id="{name}"{box}{own}>{inner}</{kind}></defs>'

    def size(self) -> str:
        return self.number().removeprefix("-")

    def colour(self) -> str:
        return self.dice.choice(COLOURS if self.dice.random() < self.wild else ("red", "#FFD9B3", "#fff", "url(#a)"))

    def style(self) -> str:
        names = ("fill", "stroke", "stroke-width", "opacity", "display", "stroke-dasharray", "clip-path")
        name = self.dice.choice(names)
        if name in ("fill", "stroke"):
            return f"{name}:{self.colour()}"
        values = {"display": "none", "opacity": ".5", "clip-path": "url(#c)", "stroke-dasharray": f"{self.size()} 3"}
        return f"{name}:{values.get(name, self.number())}"

    def attributes(self) -> str:
        chance = self.dice.random
        found = [f'style="{";".join(self.style() for _ in range(3))}"'] if chance() < 0.2 else []
        found += [f'transform="{self.transform()}"'] if chance() < 0.3 else []
        found += [f'data-pivot="{self.numbers(2)}"'] if chance() < 0.1 else []
        found += [f'data-{self.dice.choice(("parent", "clip"))}="{self.layer()}"'] if chance() < 0.08 else []
        found += [self.dice.choice(('clip-path="url(#c)"', 'mask="url(#b)"'))] if chance() < 0.1 else []
        found += [f'class="{self.dice.choice(("k", "k l"))}"'] if chance() < 0.1 else []
        found += [f'data-plane="{self.number()}"'] if chance() < 0.05 else []
        found += [f'data-role="{self.dice.choice(("shade", "rim", "line", "x"))}"'] if chance() < 0.1 else []
        return "".join(f" {attribute}" for attribute in found)

    def layer(self) -> str:
        return self.dice.choice(self.layers if self.dice.random() >= self.wild else NAMES)

    def transform(self) -> str:
        counts = {"translate": 2, "scale": 1, "rotate": 3, "skewX": 1}
        names = self.dice.choices(list(counts), k=self.dice.choice((1, 1, 2, 40 if self.wild > 0.1 else 2)))
        near = ("0.5", "1", "-1", "3", "1e-3") if self.dice.random() >= self.wild else NUMBERS
        return " ".join(f"{name}({' '.join(self.dice.choices(near, k=counts[name]))})" for name in names)

    def element(self, depth: int) -> str:
        self.left -= 1
        kind = self.dice.random()
        if kind < 0.4 and depth < 12:
            inner = "".join(self.element(depth + 1) for _ in range(self.dice.choice((1, 1, 2, 4))) if self.left > 0)
            key = self.dice.choice(("id", "id", "serif:id", "inkscape:label", "data-name"))
            name = self.dice.choice(NAMES)
            if inner and key == "id" and name:
                self.layers.append(name)
            return f'<g {key}="{name}"{self.attributes()}>{inner}</g>'
        if kind < 0.5:
            place = f'x="{self.number()}" width="{self.size()}"'
            target = self.dice.choice("de" if self.dice.random() >= self.wild else IDS)
            return f'<use href="#{target}" {place}{self.attributes()}/>'
        shape = self.shape()
        return shape * self.dice.choice((1,) * 9 + ((2, 30, 120) if len(shape) < 200 else (2,)))

    def shape(self) -> str:
        kind = self.dice.choice(("rect", "circle", "ellipse", "line", "polygon", "path", "path", "path"))
        keys = {"rect": "x y width height rx", "circle": "cx cy r", "ellipse": "cx cy rx ry", "line": "x1 y1 x2 y2"}
        own = "".join(f' {key}="{self.number()}"' for key in keys.get(kind, "").split())
        if kind == "polygon":
            own = f' points="{self.numbers(2 * self.dice.choice((2, 3, 5, 5, 100)))}"'
        elif kind == "path":
            own = f' d="{self.path()}"'
        pen = f' stroke="{self.colour()}" stroke-width="{self.size()}"' if self.dice.random() < 0.4 else ""
        dash = (
            f' stroke-dasharray="{self.size()} {self.size()}" stroke-linecap="round"'
            if self.dice.random() < 0.1
            else ""
        )
        return f'<{kind}{own} fill="{self.colour()}"{pen}{dash}{self.attributes()}/>'

    def path(self) -> str:
        counts = {"L": 2, "l": 2, "H": 1, "v": 1, "C": 6, "s": 4, "Q": 4, "t": 2, "Z": 0, "m": 2}
        data = f"M{self.numbers(2)}"
        for letter in self.dice.choices((*counts, "a"), k=self.dice.choice((1, 3, 6, 6, 6, 60))):
            arc = f"{self.numbers(3)} 0 1 {self.numbers(2)}"
            data += letter + (arc if letter == "a" else self.numbers(counts[letter]))
        return data
