"""What makes the site of pages that are also read as files: the README is its start, and brings what it shows along;
the gallery (`docs/gallery/`, as `storyreel gallery docs/gallery` makes it) and the pictures of the reference are drawn
while the site is built, and kept for the next time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from storyreel.film.exhibits import KINDS, SMALL, made, rooms_of
from storyreel.film.gallery import write_gallery
from storyreel.film.key_pictures import key_pictures, makings
from storyreel.film.makings import all_made
from storyreel.film.reading import reference_text
from storyreel.publish.gallery_page import figure
from storyreel.script.example_series import SHOWN_BY

ROOT = Path(__file__).resolve().parent.parent
START, REFERENCE = "index.md", "scene-format.md"
GALLERY = ROOT / "docs" / "gallery"
LINK = re.compile(r"(\]\()(?:\.\./)?(README\.md|docs/|examples/|assets/)")
"""A link to what lies outside of `docs/`, from a page there or from the README; and one into it."""
FEW = ("puppets",)
"""Kinds of the gallery that a site has pictures of whose `extra.pictures` is `few`; it has none of the reference."""


def on_pre_build(config: MkDocsConfig) -> None:
    """The gallery, before its files are looked for."""
    if _all(config):
        _gallery_once()


@cache
def _gallery_once() -> None:
    """Makes the gallery: not again while the site is served, which is built anew whenever a file in `docs/` changes."""
    write_gallery(GALLERY)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The README as the first page, every file outside of `docs/` that a page links to, and all that is drawn."""
    files.append(File.generated(config, START, abs_src_path=str(ROOT / "README.md")))
    texts = [page.content_string for page in files.documentation_pages()]
    for linked in sorted(
        {path for text in texts for path in re.findall(r"\]\((?:\.\./)?((?:examples|assets)/[^)#]+)\)", text)}
    ):
        files.append(File.generated(config, linked, abs_src_path=str(ROOT / linked)))
    for name, content in (*_gallery(_all(config)), *(_key_files() if _all(config) else ())):
        if (before := files.get_file_from_path(name)) is not None:
            files.remove(before)
        files.append(File.generated(config, name, content=content))
    return files


def _all(config: MkDocsConfig) -> bool:
    """Whether all pictures are drawn."""
    return bool(config.extra["pictures"] != "few")


def _gallery(whole: bool) -> Iterator[tuple[str, str | bytes]]:
    """The gallery's pages by their names, and what they show of it that isn't in its folder."""
    drawn = KINDS if whole else FEW
    for kind in KINDS:
        halls = []
        for room in rooms_of((kind,)):
            figures = "\n".join(figure(one, SMALL, "../", kind in drawn) for one in room.exhibits)
            title = f"## {room.title}\n\n" if room.title != kind.capitalize() else ""
            halls.append(f'{title}<section class="exhibits">\n{figures}\n</section>\n')
        about = "Click what is to be written, and it is copied."
        if whole:
            about += " [All on one page](index.html)."
        yield f"gallery/{kind}.md", f"# {kind.capitalize()}\n\n{about}\n\n" + "\n".join(halls)
    if not whole:
        shown = (one for kind in FEW for room in rooms_of((kind,)) for one in room.exhibits)
        for exhibit, data in zip(shown, made(FEW), strict=True):
            yield f"gallery/{exhibit.file}", data


def _key_files() -> Iterator[tuple[str, bytes]]:
    """The pictures and sounds of the reference, by their names."""
    for one, data in zip(key_pictures(), all_made(makings), strict=True):
        yield f"keys/{one.file}", data


def _shown(file: str, name: str) -> str:
    """What shows a key or an act in the reference."""
    if file.endswith(".m4a"):
        return f'<br><audio controls preload="none" src="{file}" aria-label="{name}"></audio>'
    return f'<br><img class="key" src="{file}" alt="{name}" loading="lazy">'


def _key_pictures() -> dict[tuple[str, str], str]:
    """What shows each key and each act."""
    files = {(one.model, one.key): f"../keys/{one.file}" for one in key_pictures()}
    files |= {key: files[alike] for key, alike in SHOWN_BY.items()}
    files |= {("acts", one.name): f"../gallery/{one.file}" for room in rooms_of(("acts",)) for one in room.exhibits}
    return {(model, key): _shown(file, escape(f"{model}: {key}")) for (model, key), file in files.items()}


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A page's text with links as they are on the site."""
    if page.file.src_uri == REFERENCE and _all(config):
        known = _key_pictures()
        markdown = reference_text(lambda model, key: known.get((model, key), ""))
    places = {"README.md": START, "docs/": ""}
    return LINK.sub(lambda found: found[1] + places.get(found[2], found[2]), markdown)
