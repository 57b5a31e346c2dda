"""The gallery's page: everything that there is, with a picture, a loop or a player, and what to write for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

_QUOTED = re.compile("`([^`]+)`")


@dataclass(frozen=True)
class Exhibit:
    """One thing of the page: its name, what it is, what to write for it, and its file beside the page."""

    name: str
    about: str
    yaml: str
    file: str

    @property
    def heard(self) -> bool:
        """Whether it is to be listened to."""
        return self.file.endswith(".m4a")


@dataclass(frozen=True)
class Room:
    """Exhibits under a heading; several may be of a kind."""

    kind: str
    title: str
    exhibits: Sequence[Exhibit]


_STYLE = """
:root { color-scheme: light dark; --paper: #fbf8f4; --card: #fff; --ink: #2e2430; --soft: #6f6472; --rule: #e4dce2;
  --link: #a0246e; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b161d; --card: #262028; --ink: #f4eef5; --soft: #b5a9b8;
  --rule: #3d3440; --link: #ff9fd2; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.25rem clamp(.75rem, 4vw, 2.5rem) 3rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { margin: 0; font-size: clamp(1.5rem, 5vw, 2.25rem); }
nav { display: flex; flex-wrap: wrap; gap: .25rem .9rem; margin: .4rem 0 0; }
a { color: var(--link); }
h2 { margin: 2.2rem 0 .8rem; }
section { display: grid; gap: .9rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 11.5rem), 1fr)); }
figure { margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: .8rem; overflow: hidden; }
img { display: block; width: 100%; height: auto; background: var(--rule); }
audio { display: block; width: calc(100% - 1rem); height: 2.4rem; margin: .6rem .5rem 0; }
figcaption { padding: .5rem .7rem .7rem; }
h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
p { margin: .15rem 0 0; color: var(--soft); font-size: .8125rem; }
button { display: block; width: 100%; margin: .45rem 0 0; padding: .4rem .5rem; border: 0; border-radius: .4rem;
  background: var(--paper); color: inherit; text-align: left; white-space: pre-wrap; overflow-wrap: anywhere;
  font: .75rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; cursor: copy; }
button.taken { outline: 2px solid var(--link); }
"""
_SCRIPT = """
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  await navigator.clipboard.writeText(button.textContent);
  button.classList.add("taken");
  setTimeout(() => button.classList.remove("taken"), 600);
});
"""


def gallery_page(rooms: Iterable[Room], size: tuple[int, int]) -> str:
    """The page; files that it names lie beside it, pictures are of that size."""
    found = [room for room in rooms if room.exhibits]
    links = "\n".join(f'<a href="#{_anchor(room)}">{escape(room.title)}</a>' for room in found)
    halls = "\n".join(_hall(room, size) for room in found)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>storyreel: what there is</title>
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
</head>
<body>
<header>
<h1>What there is</h1>
<p>Click what is to be written, and it is copied.</p>
<nav>
{links}
</nav>
</header>
<main>
{halls}
</main>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def _anchor(room: Room) -> str:
    return escape(room.title.lower().replace(" ", "-"))


def _hall(room: Room, size: tuple[int, int]) -> str:
    figures = "\n".join(figure(exhibit, size) for exhibit in room.exhibits)
    return f'<h2 id="{_anchor(room)}">{escape(room.title)}</h2>\n<section>\n{figures}\n</section>'


def figure(exhibit: Exhibit, size: tuple[int, int], folder: str = "", there: bool = True) -> str:
    """An exhibit as HTML.

    Args:
        size: a picture's, in pixels.
        folder: where its file lies, from the page.
        there: whether there is a file; without one it is told of alone.
    """
    file, name = folder + quote(exhibit.file), escape(exhibit.name)
    shown = f'<img src="{file}" alt="{name}" width="{size[0]}" height="{size[1]}" loading="lazy">'
    if exhibit.heard:
        shown = f'<audio controls preload="none" src="{file}" aria-label="{name}"></audio>'
    about = _QUOTED.sub(r"<code>\1</code>", escape(exhibit.about))
    told = f"\n<p>{about}</p>" if about else ""
    return (
        f"<figure>{shown if there else ''}<figcaption><h3>{name}</h3>{told}\n"
        f'<button type="button" title="Copy">{escape(exhibit.yaml)}</button></figcaption></figure>'
    )
