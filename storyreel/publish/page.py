"""A batch's report as one page: it opens from disk, needs no network, and reads well on a phone."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

from storyreel.publish.report import BatchReport, FilmReport
from storyreel.render.atomic import whole_or_nothing
from storyreel.render.errors import writing

_STYLE = """
:root { color-scheme: light dark; --paper: #fbf8f4; --card: #fff; --ink: #2e2430; --soft: #6f6472; --rule: #e4dce2;
  --good: #1d7a4f; --bad: #b3261e; --warn: #8a5a00; --link: #a0246e; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b161d; --card: #262028; --ink: #f4eef5; --soft: #b5a9b8;
  --rule: #3d3440; --good: #6fd6a4; --bad: #ff9b93; --warn: #f2c26b; --link: #ff9fd2; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.25rem clamp(.75rem, 4vw, 2.5rem) 3rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100%; }
h1 { margin: 0; font-size: clamp(1.5rem, 5vw, 2.25rem); line-height: 1.2; text-wrap: balance; }
.sum { margin: .25rem 0 1.25rem; color: var(--soft); }
main { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
  align-items: start; }
article { background: var(--card); border: 1px solid var(--rule); border-radius: 1rem; overflow: hidden; }
video, .none { display: block; width: 100%; max-height: 85vh; background: #000; object-fit: contain; }
.none { padding: 3rem 1rem; background: var(--rule); color: var(--soft); text-align: center; }
.text { padding: .9rem 1rem 1.1rem; }
h2 { margin: 0; font-size: 1.15rem; line-height: 1.3; overflow-wrap: anywhere; }
.name { margin: 0 0 .6rem; color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem .9rem; margin: 0; font-size: .9375rem; }
dt { color: var(--soft); }
dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
a { color: var(--link); }
ul { margin: .7rem 0 0; padding-left: 1.1rem; }
li { overflow-wrap: anywhere; }
.bad { color: var(--bad); }
.warn { color: var(--warn); }
.good { color: var(--good); }
details { margin-top: .7rem; }
summary { cursor: pointer; padding: .35rem 0; }
pre { margin: .25rem 0 0; padding: .7rem; border-radius: .6rem; background: var(--paper); white-space: pre-wrap;
  overflow-wrap: anywhere; font: inherit; font-size: .9375rem; user-select: all; }
"""


def write_report(report: BatchReport, folder: Path) -> None:
    """Writes `report.json` and `index.html` beside the films.

    Raises:
        RenderError: they can't be written.
    """
    data = json.dumps(report.as_data(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    with writing(folder):
        whole = page(report, folder)
    for name, text in (("report.json", data), ("index.html", whole)):
        with whole_or_nothing(folder / name) as temporary, writing(folder / name):
            # Half a character, from a file's name that is not UTF-8, can't be written otherwise.
            temporary.write_text(text, encoding="utf-8", errors="backslashreplace")


def page(report: BatchReport, folder: Path) -> str:
    """The page; captions and posts are read from `folder`, where the films lie, and become part of it.

    Chromium reads no caption file beside a page that was opened from disk, so captions are put into the page.

    Raises:
        OSError: a file that the report names can't be read.
    """
    title = escape(report.title or "Films")
    cards = "\n".join(_card(film, folder) for film in report.films)
    notes = "".join(f'<p class="warn">{escape(note)}</p>\n' for note in report.notes)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p class="sum">{_summary(report)}</p>
{notes}</header>
<main>
{cards}
</main>
</body>
</html>
"""


def _summary(report: BatchReport) -> str:
    done = [film for film in report.films if film.status == "done"]
    count = f"{len(done)} {'film' if len(done) == 1 else 'films'}"
    parts = [count, length_text(sum(film.seconds for film in done)), size_text(sum(film.size for film in done))]
    parts.append(
        f"rendered in {length_text(report.seconds)} by {report.jobs} {'worker' if report.jobs == 1 else 'workers'}"
    )
    if report.failed:
        parts.append(f'<strong class="bad">{len(report.failed)} missing</strong>')
    return " · ".join(parts)


def _card(film: FilmReport, folder: Path) -> str:
    if film.status != "done":
        return _missing(film)
    track = "".join(_tracks(film, folder))
    facts = "\n".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in _facts(film))
    warnings = "".join(f'<li class="warn">{escape(warning)}</li>' for warning in film.warnings)
    post = escape((folder / film.post).read_text(encoding="utf-8").rstrip("\n"))
    return f"""<article id="{escape(film.name)}">
<video controls playsinline preload="none" poster="{quote(film.poster)}" width="{film.width}" height="{film.height}"
 style="aspect-ratio: {film.width} / {film.height}; height: auto" aria-label="{escape(film.title)}">
<source src="{quote(film.film)}" type="video/mp4">{track}
</video>
<div class="text">
<h2>{escape(film.title)}</h2>
<p class="name">{escape(film.name)}</p>
<dl>
{facts}
</dl>
{f"<ul>{warnings}</ul>" if warnings else ""}
<details><summary>Post</summary><pre>{post}</pre></details>
</div>
</article>"""


def _missing(film: FilmReport) -> str:
    said = "".join(f'<li class="bad">{escape(str(problem))}</li>' for problem in film.problems)
    why = f"<ul>{said}</ul>" if said else "<p>Another film failed first.</p>"
    return f"""<article id="{escape(film.name)}">
<div class="none">No film</div>
<div class="text">
<h2>{escape(film.name)}</h2>
<p class="name">{escape(film.scene)}</p>
{why}
</div>
</article>"""


def _tracks(film: FilmReport, folder: Path) -> Iterator[str]:
    """The film's captions; they show at once where the picture has none."""
    for name in film.captions:
        if name.endswith(".vtt"):
            text = base64.b64encode((folder / name).read_bytes()).decode("ascii")
            shown = "" if film.burned else " default"
            language = escape(film.language)
            yield (
                f'\n<track kind="captions" srclang="{language}" label="Captions"{shown}'
                f' src="data:text/vtt;base64,{text}">'
            )


def _facts(film: FilmReport) -> Iterator[tuple[str, str]]:
    yield "Length", f"{length_text(film.seconds)}, {film.frames} frames"
    yield "Picture", f"{film.width} × {film.height}, {escape(film.format)}, {escape(film.look)}"
    yield "Size", f'<a href="{quote(film.film)}">{size_text(film.size)}</a>'
    yield "Loudness", loudness_text(film.lufs, film.dbtp)
    files = [f'<a href="{quote(name)}">{escape(name.rsplit(".", 1)[1].upper())}</a>' for name in film.captions]
    yield "Captions", ", ".join((["in the picture"] if film.burned else []) + files) or "none"
    yield "For the post", f'<a href="{quote(film.poster)}">cover</a>, <a href="{quote(film.post)}">text</a>'
    yield "Rendered in", f"{film.render_seconds:.1f} s, {film.cpu_seconds:.1f} s of CPU"
    sound = "sound too" if film.sound_reused else "sound mixed anew"
    yield "Reused", f"{film.reused} of {film.chunks} chunks, {sound}"


def length_text(seconds: float) -> str:
    """A length as `34.2 s`, or `3:05 min` from a minute on."""
    if round(seconds, 1) < 60:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    hours = f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d} h"
    return hours if whole >= 3600 else f"{whole // 60}:{whole % 60:02d} min"


def size_text(size: int) -> str:
    """A file's size in MB (10^6 bytes)."""
    return f"{size / 1e6:.1f} MB"


def loudness_text(lufs: float | None, dbtp: float | None) -> str:
    """Loudness and true peak, with a real minus sign."""
    if lufs is None or dbtp is None:
        return "silent"
    return f"{lufs:.1f} LUFS, peak {dbtp:.1f} dBTP".replace("-", "−")
