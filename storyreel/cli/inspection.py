"""A timeline as tables and as plain data: shots, beats, lines, cues, with their times."""

from __future__ import annotations

from typing import Any

from storyreel.errors import printable
from storyreel.publish.hands import deeds
from storyreel.timeline.clock import SAMPLE_RATE
from storyreel.timeline.cuts import cuts
from storyreel.timeline.model import Held, Scene, SpeechCue, Timeline

Data = dict[str, Any]


def as_data(timeline: Timeline) -> Data:
    """A timeline as plain data, fit for JSON. Frames are film frames; ranges are half-open; times are seconds."""
    clock = timeline.clock

    def span(start: int, end: int) -> Data:
        return {"start": start, "end": end, "from": round(clock.seconds(start), 3), "to": round(clock.seconds(end), 3)}

    sound = timeline.sound
    return {
        "title": timeline.title,
        "look": timeline.look,
        "width": timeline.width,
        "height": timeline.height,
        "rate": str(timeline.rate),
        "frames": timeline.length,
        "seconds": round(clock.seconds(timeline.length), 3),
        "shots": [
            {"scene": scene.id, "kind": scene.kind, **span(start + cut, start + end), **_framing(scene, cut)}
            for start, scene in timeline.starts()
            for cut, end in cuts(scene)
        ],
        "beats": [
            {"scene": scene.id, **span(start + beat.start, start + beat.end), "summary": beat.summary}
            for start, scene in timeline.starts()
            for beat in scene.beats
        ],
        "lines": [
            {
                "scene": line.scene,
                "speaker": line.speaker,
                **span(line.words[0].start, line.words[-1].end),
                "text": line.text,
                "captioned": line.burned,
                "words": [{"text": word.text, **span(word.start, word.end)} for word in line.words],
            }
            for line in timeline.lines
            if line.words
        ],
        "captions": [
            {**span(page.start, page.end), "rows": [" ".join(page.words[i].text for i in row) for row in page.rows]}
            for page in timeline.captions
        ],
        "moments": [
            {"scene": scene.id, "at": round(clock.seconds(start + frame), 3), "frame": start + frame, "name": name}
            for start, scene in timeline.starts()
            for name, frame in scene.marks
        ],
        "hands": [
            {
                "scene": deed.scene,
                "at": round(clock.seconds(deed.frame), 3),
                "who": deed.who,
                "deed": deed.verb,
                "what": deed.what,
            }
            for deed in deeds(timeline)
        ],
        "cues": _cues(timeline),
        "music": None
        if sound.music is None
        else {
            "track": sound.music.track,
            "level": sound.music.level_db,
            "sections": [
                {"at": round(clock.seconds(frame), 3), "name": _asked(asked)} for frame, asked in sound.music.sections
            ],
        },
    }


def _asked(asked: str | Held | None) -> str:
    """What is asked of the music, in a word or two."""
    return "stop" if asked is None else asked if isinstance(asked, str) else f"hold {asked.what}"


def _cues(timeline: Timeline) -> list[Data]:
    clock, sound = timeline.clock, timeline.sound
    cues: list[Data] = [
        {"kind": "effect", "at": round(clock.seconds(cue.frame), 3), "name": cue.effect, "gain": cue.gain_db}
        for cue in sound.effects
    ]
    cues += [
        {
            "kind": "speech",
            "at": round(cue.sample / SAMPLE_RATE, 3),
            "name": said,
            "gain": cue.gain_db,
            "seconds": round(cue.length / SAMPLE_RATE, 3),
            "clip": cue.key,
        }
        for cue, said in _said(timeline)
    ]
    cues += [
        {"kind": "clip", "at": round(clock.seconds(cue.frame), 3), "name": cue.clip, "gain": cue.gain_db}
        for cue in sound.clips
    ]
    if sound.music is not None:
        cues += [
            {"kind": "section", "at": round(clock.seconds(frame), 3), "name": _asked(asked), "gain": 0.0}
            for frame, asked in sound.music.sections
        ]
        cues += [
            {"kind": "level", "at": round(clock.seconds(frame), 3), "name": sound.music.track, "gain": level}
            for frame, level, _ in sound.music.changes
        ]
    return sorted(cues, key=lambda cue: (cue["at"], cue["kind"], cue["name"]))


def _said(timeline: Timeline) -> list[tuple[SpeechCue, str]]:
    """Every spoken clip, and what is said in it by whom; who says a line along has none of their own."""
    own = [cue for cue in timeline.sound.speech if not cue.along]
    found = [(cue, f"{line.speaker}: {line.text}") for cue, line in zip(own, timeline.lines, strict=True)]
    return found + [(cue, f"{cue.along}: along") for cue in timeline.sound.speech if cue.along]


def _framing(scene: Scene, frame: int) -> Data:
    """How the camera stands at a frame of a scene: magnification, and where it looks, in stage units."""
    from storyreel.timeline.track import sample

    values = {name: sample(channel, frame) for name, channel in scene.camera}
    return {name: round(values[name], 2) for name in ("zoom", "x", "y") if name in values}


def print_tables(timeline: Timeline) -> None:
    """Prints a timeline as tables on standard output."""
    from rich.console import Console

    data = as_data(timeline)
    console = Console(soft_wrap=False)
    size = f"{data['width']}x{data['height']}, {data['rate']} fps"
    console.print(f"[bold]{_plain(data['title'])}[/bold]  {data['look']}, {size}, {data['seconds']:.2f} s")
    _table(console, "Shots", data["shots"], ("scene", "kind", "zoom"))
    _table(console, "Beats", data["beats"], ("scene", "summary"))
    _table(console, "Lines", data["lines"], ("speaker", "text"))
    for title, rows, columns in (
        (
            "Moments",
            [row for row in data["moments"] if not row["name"].endswith(".1") and ".holds." not in row["name"]],
            ("scene", "name"),
        ),
        ("Hands", data["hands"], ("scene", "who", "deed", "what")),
    ):
        if rows:
            _table(console, title, rows, columns)
    _table(console, "Cues", data["cues"], ("kind", "name", "gain"))


def _table(console: Any, title: str, rows: list[Data], columns: tuple[str, ...]) -> None:
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    spans = bool(rows) and "from" in rows[0]
    for column in ("from", "to") if spans else ("at",):
        table.add_column(column, justify="right", no_wrap=True)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        times = (row["from"], row["to"]) if spans else (row["at"],)
        table.add_row(*(f"{time:.2f}" for time in times), *(_plain(_cell(row.get(column))) for column in columns))
    console.print()
    console.print(table)


def _cell(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)


def _plain(text: str) -> str:
    """Text in which rich finds no markup, and a terminal nothing that steers it."""
    from rich.markup import escape

    return escape(printable(text))
