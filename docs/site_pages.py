"""What makes the site of pages that are also read as files: the README is its start, and brings what it shows along."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
START = "index.md"
LINK = re.compile(r"(\]\()(?:\.\./)?(README\.md|docs/|examples/|assets/)")
"""A link to what lies outside of `docs/`, from a page there or from the README; and one into it."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The README as the first page, and every file outside of `docs/` that a page links to."""
    files.append(File.generated(config, START, abs_src_path=str(ROOT / "README.md")))
    texts = [page.content_string for page in files.documentation_pages()]
    for linked in sorted(
        {path for text in texts for path in re.findall(r"\]\((?:\.\./)?((?:examples|assets)/[^)#]+)\)", text)}
    ):
        files.append(File.generated(config, linked, abs_src_path=str(ROOT / linked)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A page's text with links as they are on the site."""
    places = {"README.md": START, "docs/": ""}
    return LINK.sub(lambda found: found[1] + places.get(found[2], found[2]), markdown)
