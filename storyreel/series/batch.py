"""Renders many films at once: one queue of work for all of them, so that every core is busy to the end."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from storyreel.errors import Place, Problem, SceneError, StoryreelError
from storyreel.film.inputs import Reading, local_path, spare_all
from storyreel.render.errors import writing
from storyreel.render.pool import default_jobs
from storyreel.render.queue import Hands, Workers
from storyreel.render.scratch import scratch_folder
from storyreel.script.captions import Captions
from storyreel.script.series import Listed, is_series, listed_scenes, read_series, scenes_named
from storyreel.series.jobs import FilmOrder, script_of
from storyreel.series.progress import BatchCallback, BatchEvent
from storyreel.series.review import wrong_in
from storyreel.series.run import Making

if TYPE_CHECKING:
    from storyreel.farm.shared_cache import Delivery
    from storyreel.film.episode import Episode
    from storyreel.publish.report import BatchReport
    from storyreel.render.cache import Cache
    from storyreel.script.models import CustomFormat

REPORT = ("report.json", "index.html")
LARGE, SMALL = (".mp4", ".cover.png"), (".srt", ".vtt", ".post.txt")
"""Endings of a film's files."""


def batch(
    series: str | Path | Episode | Iterable[str | Path | Episode],
    out: str | Path,
    *,
    formats: Sequence[str] = (),
    looks: Sequence[str] = (),
    jobs: int | None = None,
    fail_fast: bool = False,
    cache: bool | str | Path = True,
    draft: bool = False,
    captions: Captions | None = None,
    covers: Literal["titled", "bare"] = "titled",
    progress: BatchCallback | None = None,
    cluster: str | None = None,
) -> BatchReport:
    """Renders a series file, or a list of scene files, into a folder: films, captions, covers, posts and a report.

    A film that can't be made stops no other; its report says why. All scene files are read, with what the series says
    of each, before anything is rendered, so that what is wrong with any is told at once.

    >>> report = batch("scenes/missing.yaml", "out/", jobs=1, cache=False)
    >>> [(film.name, film.status) for film in report.films]
    [('missing', 'failed')]

    Args:
        series: a series file, a scene file, an episode, or several of the latter two.
        out: the folder, made where it is missing; or the URL of one, where each film appears when it is finished.
        formats, looks: render each film in each of them, instead of what the series or the scenes say.
        jobs: worker processes; as many as there are cores if left out.
        fail_fast: begin nothing more once a film has failed: where a scene file is wrong, nothing is rendered.
        cache: reuse what earlier renders have finished, and keep what this one does; in a folder or at a URL that
            is named here, instead of the user's own folder.
        draft: small and quick, for looking.
        captions: where captions go, instead of what the series says.
        covers: whether a cover has its film's title on it.
        progress: told in this thread what happens.
        cluster: the Dask scheduler whose workers draw (`tcp://host:8786`), or `local`.

    Raises:
        SceneError: the series file is wrong, told with what is wrong in its scenes; or a film is made from a file that
            would be overwritten.
        StoryreelError: `out` can't be written, a format or look is unknown, or the cluster can't be used.
    """
    title, films = film_orders(series, formats, looks, captions, draft, covers == "titled")
    if (place := local_path(out)) is not None:
        given = (Path(series),) if isinstance(series, str | Path) else ()
        spare_all(_outputs(films, place), [Reading(given, (), (), tuple), *map(_reading, films)])
    from storyreel.farm.shared_cache import Delivery, is_url, opened

    kept = opened(cache, cluster is not None)
    with ExitStack() as stack:
        if is_url(out):
            folder = stack.enter_context(scratch_folder())
            delivery = stack.enter_context(Delivery(str(out), folder))
            progress = _sending(delivery, progress)
        else:
            folder, delivery = Path(out), None
            with writing(folder):
                folder.mkdir(parents=True, exist_ok=True)
        hands = stack.enter_context(_hands(cluster, jobs, kept if not isinstance(cache, bool) else None))
        report = run(title, films, folder, hands, kept, fail_fast, progress)
        if delivery is not None:
            delivery.send(REPORT)
        return report


def _outputs(films: Sequence[FilmOrder], folder: Path) -> Iterator[Path]:
    """Everything that a batch may write."""
    yield from (folder / name for name in REPORT)
    for film in films:
        yield from (folder / f"{film.name}{suffix}" for suffix in (*LARGE, *SMALL))


def _reading(film: FilmOrder) -> Reading:
    """What is read for a film."""
    home = film.series
    parts = [home / name for name in (film.entry.intro, film.entry.outro) if name is not None and home is not None]
    portrait = film.entry.creator.portrait.file if film.entry.creator is not None else None
    known = [film.scene, *parts, *([home / portrait] if home is not None and portrait is not None else [])]
    folders = tuple(dict.fromkeys([film.scene.parent, *([home] if home is not None else [])]))

    def named() -> list[Path]:
        from storyreel.film.directed import files_of, files_read

        try:
            script = script_of(film)
        except StoryreelError:
            # It can't be made, and its report says why.
            return []
        return [path for folder in folders for path in files_read(files_of(script, folder), folder)]

    return Reading(tuple(known), (film.scene, *parts), folders, named)


def _hands(cluster: str | None, jobs: int | None, shared: Cache | None) -> Hands:
    """Whoever draws."""
    if cluster is None:
        return Workers(jobs or default_jobs())
    from storyreel.farm.cluster import Cluster

    return Cluster(cluster, jobs, shared)


def _sending(delivery: Delivery, progress: BatchCallback | None) -> BatchCallback:
    """Brings each film to its URL when it is finished; what is large of it doesn't stay here."""

    def told(event: BatchEvent) -> None:
        if event.kind == "finished":
            names = [f"{event.film}{suffix}" for suffix in (*LARGE, *SMALL)]
            there = [name for name in names if (delivery.folder / name).is_file()]
            delivery.send_aside(there, [name for name in there[: len(LARGE)] if name.endswith(LARGE)])
        if progress is not None:
            progress(event)

    return told


def film_orders(
    series: str | Path | Episode | Iterable[str | Path | Episode],
    formats: Sequence[str] = (),
    looks: Sequence[str] = (),
    captions: Captions | None = None,
    draft: bool = False,
    titled: bool = True,
) -> tuple[str, tuple[FilmOrder, ...]]:
    """The series' title, and every film of it: each scene in each format and look that is asked for.

    Raises:
        SceneError: the series file is wrong, or two films would have one name; with what is wrong in its scene files.
        StoryreelError: a format or look is unknown.
    """
    from storyreel.film.episode import Episode
    from storyreel.film.reading import vocabulary
    from storyreel.looks import usable
    from storyreel.script.formats import named_format

    given = [series] if isinstance(series, str | Path | Episode) else list(series)
    films = [(_scene(one), one) if isinstance(one, Episode) else (Path(one), None) for one in given]
    paths = [path for path, _ in films]
    asked_formats = [named_format(name).name for name in dict.fromkeys(formats)]
    asked_looks = [usable(name).name for name in dict.fromkeys(looks)]
    home: Path | None = None
    listed: tuple[Listed, ...]
    if len(paths) == 1 and is_series(paths[0]):
        try:
            read, listed = read_series(paths[0], vocabulary(paths[0].parent))
        except SceneError as error:
            raise SceneError([*error.problems, *wrong_in(scenes_named(paths[0]))]) from error
        title, home = read.title, paths[0].parent
    else:
        wrong = [path for path in paths if is_series(path)]
        if wrong:
            raise SceneError([Problem(Place(str(path)), "is a series file; give it alone") for path in wrong])
        title, listed = "", listed_scenes(paths)
    made: list[FilmOrder] = []
    for index, one in enumerate(listed):
        base = FilmOrder(one.name, one.scene, one.entry, one.own, home, None, None, "both", draft, titled)
        base = replace(base, place=one.place if home is not None else None)
        if home is None and (episode := films[index][1]) is not None:
            script = episode.script
            own = {"form": script.format, "look": script.look} if episode.file else {"script": script}
            base = replace(base, **own)
        said = one.entry.captions
        base = replace(base, captions=captions or (said and said.where) or "both")
        made += _variants(base, asked_formats or one.entry.format or [None], asked_looks or one.entry.look or [None])
    return title, tuple(made)


def _scene(episode: Episode) -> Path:
    """An episode's scene file, or the name of one beside the files that its script names."""
    words = re.findall(r"[A-Za-z0-9]+", episode.title.lower())
    return episode.file or episode.base / f"{'-'.join(words) or 'film'}.yaml"


def _variants(
    film: FilmOrder, forms: Sequence[str | CustomFormat | None], looks: Sequence[str | None]
) -> Iterable[FilmOrder]:
    """A film in each format and look; its name says which, where there are several."""
    for form, look in itertools.product(forms, looks):
        named = form if isinstance(form, str) or form is None else f"{form.width}x{form.height}"
        parts = (film.name, named if len(forms) > 1 else "", look if len(looks) > 1 else "")
        yield replace(film, name=".".join(filter(None, parts)), form=form or film.form, look=look or film.look)


def run(
    title: str,
    films: Sequence[FilmOrder],
    folder: Path,
    hands: Hands,
    cache: Cache | None,
    fail_fast: bool = False,
    progress: BatchCallback | None = None,
) -> BatchReport:
    """Renders films with whoever has been hired; the report lies beside them at the end."""
    from storyreel.publish.page import write_report
    from storyreel.publish.report import BatchReport

    began = time.monotonic()
    with ExitStack() as stack:
        clips = cache.clips if cache else stack.enter_context(scratch_folder())
        making = Making(films, folder, hands, cache, clips, fail_fast, progress)
        stack.callback(making.close)
        made = making.run()
    notes = tuple(filter(None, [cache.trouble if cache else None]))
    if cache:
        cache.trim()
    report = BatchReport(title, made, round(time.monotonic() - began, 2), hands.jobs, notes)
    write_report(report, folder)
    making.tell("done")
    return report
