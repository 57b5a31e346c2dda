"""A film as an object: made from a scene file or from Python, directed when first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from storyreel.errors import DirectingError
from storyreel.film.shown import Shown

if TYPE_CHECKING:
    from storyreel.direct.director import Direction
    from storyreel.direct.rushes import Rushes
    from storyreel.film.directed import Files, SceneFile, Written
    from storyreel.publish.ledger import Ledger
    from storyreel.render.cache import Cache
    from storyreel.render.film import Drawers, Report, Soundtrack
    from storyreel.render.pool import Pool
    from storyreel.render.progress import ProgressCallback
    from storyreel.script.models import Script
    from storyreel.sound.clip import Speech
    from storyreel.sound.store import ClipStore
    from storyreel.sound.tape import Samples, Sounding
    from storyreel.timeline.model import Timeline

CaptionMode = Literal["burn", "sidecar", "both", "none"]


def load(path: str | Path, look: str | None = None, form: str | None = None) -> Episode:
    """The film of a scene file, in its own look and format or in others.

    A file that was directed before, and has not changed since, is known to be good: it is not read again.

    >>> load("examples/block-the-bullies/scene.yaml").title
    'Block the Bullies'

    Raises:
        SceneError: everything that is wrong with the file, each with its line and column.
        StoryreelError: there is no such look or format.
    """
    episode = _unread(path, look, form)
    if episode._kept is None:
        _ = episode.script
    return episode


@contextmanager
def loaded(
    path: str | Path, look: str | None = None, form: str | None = None, jobs: int | None = None
) -> Iterator[Episode]:
    """As `load`, for a film that will be rendered by `jobs` workers of this machine: they get ready while it is read.

    Raises:
        SceneError, StoryreelError: as `load` does.
    """
    episode = _unread(path, look, form)
    with episode._getting_ready(jobs):
        if episode._kept is None:
            _ = episode.script
        yield episode


def _unread(path: str | Path, look: str | None, form: str | None) -> Episode:
    from storyreel.film.directed import SceneFile

    file = SceneFile(Path(path), look, form)
    return Episode(file, file.path.parent)


class Episode(Shown):
    """One film. What is costly (its voices, its timeline, its mix) is made when first needed, and once.

    >>> from storyreel import Beat, Scene, Script
    >>> scene = Scene(id="meadow", set="pastel", beats=[Beat(wait="2s")])
    >>> episode = Episode.from_script(Script(storyreel=1, title="Calm", format="square", scenes=[scene]))
    >>> episode.seconds
    2.0
    >>> episode.frame(0.5).size
    (1080, 1080)
    """

    def __init__(self, source: SceneFile | Written, base: Path, rushes: Rushes | None = None) -> None:
        """`rushes`: of the same film as it was directed last; what is directed with them is not kept for other runs."""
        self.base = base
        self._source, self._rushes = source, rushes
        self._cached = True
        self._trouble: list[str] = []
        self._files: Files = ()
        self._crew: Pool | None = None

    @classmethod
    def from_script(cls, script: Script, base: str | Path = ".") -> Episode:
        """A film from models built in Python; `base` is the folder whose files the script may name.

        Raises:
            SceneError: everything that is wrong with it, as `load` says it of a file; each with its path in the script,
                such as `script.scenes[0].beats[2].michii[0].say`.
        """
        from storyreel.film.directed import Written
        from storyreel.film.reading import verify

        episode = cls(Written(script), Path(base))
        if episode._kept is None:
            verify(script, episode.base)
        return episode

    def __repr__(self) -> str:
        return f"<Episode {self.title!r}>"

    @property
    def file(self) -> Path | None:
        """The scene file that it is made from, if it is."""
        return next(iter(self._source.files), None)

    @property
    def script(self) -> Script:
        """What the film is made from."""
        return self._source.script

    @property
    def title(self) -> str:
        """What the film is called."""
        return self._kept.title if self._kept is not None else self.script.title

    @cached_property
    def _kept(self) -> Timeline | None:
        """The film as it was directed before, as long as nothing that decides it has changed."""
        from storyreel.film.directed import Kept
        from storyreel.render.cache import Cache

        kept = Kept(Cache(), self.base, self._source.said)
        timeline = kept.timeline()
        self._files = kept.files
        return timeline

    def spare(self, *outputs: str | Path) -> None:
        """Refuses to write to any file that the film is made from.

        Raises:
            SceneError: which of the paths (or URLs) those are.
        """
        from storyreel.film.directed import files_of, files_read
        from storyreel.film.inputs import spare

        files = self._files if self._kept is not None else files_of(self.script, self.base)
        spare(outputs, [*self._source.files, *files_read(files, self.base)])

    @property
    def beside(self) -> Files:
        """What lay beside the scene under each text of its script as the film was directed."""
        from storyreel.film.directed import files_of

        _ = self.timeline
        return self._files if self._cached else files_of(self.script, self.base)

    def sources(self) -> dict[str, str]:
        """What the film is made from, by name, each with its digest: its scene file, and the files that it names."""
        from storyreel.assets import digest
        from storyreel.film.directed import files_of, files_read

        files = self._files if self._kept is not None else files_of(self.script, self.base)
        paths = dict.fromkeys(path.resolve() for path in (*self._source.files, *files_read(files, self.base)))
        home = self.base.resolve()
        found = {
            path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name: digest(path)
            for path in paths
        }
        return found if self._source.files else {"script": self._source.said, **found}

    def ledger(self, told: Callable[[int], None] = lambda done: None) -> Ledger:
        """What every frame comes to, as digests, and what they were made from and with.

        Args:
            told: is told how many frames are done.
        """
        from storyreel.publish.ledger import ledger

        return ledger(self, self.sources(), told)

    @cached_property
    def direction(self) -> Direction:
        """The directed film: its timeline and its spoken clips.

        Raises:
            SceneError: something that the script names is missing or can't be done.
        """
        from storyreel.film.directed import Kept, files_called, names_of
        from storyreel.render.cache import Cache
        from storyreel.sound.store import ClipStore

        if not self._cached:
            return self._directed(ClipStore(None))
        cache = Cache()
        store = ClipStore(cache.clips)
        names = names_of(self.script)
        files = files_called(names, self.base)
        if self._rushes is not None:
            self._rushes.files = dict(files)
        directed = self._directed(store)
        self._files = files
        if self._rushes is None and files_called(names, self.base) == files:
            Kept(cache, self.base, self._source.said).keep(files, directed.timeline)
        self._trouble += filter(None, [store.trouble])
        return directed

    def _directed(self, store: ClipStore) -> Direction:
        from storyreel.direct.director import direct
        from storyreel.film.reading import located
        from storyreel.film.warmup import speak

        if self._crew is not None:
            speak(self._crew, self.script, self.base, store)
        try:
            return direct(self.script, self.base, store, rushes=self._rushes)
        except DirectingError as error:
            raise located(error, self.script, self._source.places()) from error

    @property
    def timeline(self) -> Timeline:
        """The film as data."""
        if "direction" not in self.__dict__ and self._kept is not None:
            return self._kept
        return self.direction.timeline

    @property
    def clips(self) -> Mapping[str, Speech]:
        """What is spoken in the film, by key; a clip that is not kept any more is spoken again."""
        from storyreel.render.cache import Cache
        from storyreel.sound.store import ClipStore

        if "direction" not in self.__dict__ and self._kept is not None:
            store = ClipStore(Cache().clips)
            found = {cue.key: store.kept(cue.key) for cue in self._kept.sound.speech}
            clips = {key: clip for key, clip in found.items() if clip is not None}
            if len(clips) == len(found):
                return clips
        return self.direction.clips

    @cached_property
    def _master(self) -> Samples:
        return self._mastered()[:]

    def _mastered(self) -> Sounding:
        from storyreel.sound.loudness import master
        from storyreel.sound.mix import mix

        return master(mix(self.timeline, self.clips))

    def _soundtrack(self) -> Soundtrack:
        """The film's sound; what a render makes of it is not kept, as a long film's is large."""
        from storyreel.render.film import Soundtrack
        from storyreel.render.keys import sound_key

        return Soundtrack(
            lambda: self._master if "_master" in self.__dict__ else self._mastered(), sound_key(self.timeline)
        )

    def render(
        self,
        path: str | Path,
        progress: ProgressCallback | None = None,
        jobs: int | None = None,
        draft: bool = False,
        captions: CaptionMode = "both",
        cache: bool | str | Path = True,
        verify: int = 0,
        tracing: bool = False,
        cluster: str | None = None,
        crf: int | None = None,
        quick: bool = False,
        chapters: bool = False,
    ) -> Report:
        """Renders the film to an MP4, and its captions beside it as `.srt` and `.vtt`.

        Args:
            path: where the film goes, a path or a URL that fsspec knows; it appears there whole or not at all.
            progress: told how far things are (`storyreel.Progress`).
            jobs: worker processes; as many as there are cores if left out.
            draft: 540 pixels wide and quick, for looking.
            captions: burned into the picture, as files beside the film, both, or none.
            cache: reuse what earlier renders have finished, and keep what this one does; chunks in a folder or at a URL
                that is named here, instead of the user's own folder.
            verify: so many chunks are rendered once more and compared, bit for bit.
            tracing: keep when each step of each process was (`storyreel.render.profile.write_trace`).
            cluster: the Dask scheduler whose workers draw (`tcp://host:8786`), or `local`.
            crf: libx264's constant rate factor, 0 to 51: the lower, the finer and the larger; 18 if
                left out, and 23 for a draft.
            quick: as fine, encoded in three fifths of the time, for a quarter to a third more bytes.
            chapters: a chapter a scene: in the film, and beside it as `.chapters.txt`, the lines for a description.

        Raises:
            SceneError: the film is made from a file that it would overwrite.
            StoryreelError: the film can't be made, `path` can't be written, or the cluster can't be used.
        """
        self._cached = bool(cache)
        if not cache:
            self._kept = None
        # Workers are on their way before anything else is imported.
        with self._getting_ready(1 if cluster else jobs):
            from storyreel.farm.shared_cache import delivered, opened
            from storyreel.publish import chapters as parts
            from storyreel.publish.captions import SIDECARS, written_beside
            from storyreel.render.film import render_film

            beside = captions in ("sidecar", "both")
            whole = str(path).removesuffix(PurePath(path).suffix)
            self.spare(
                path,
                *(f"{whole}{suffix}" for suffix in SIDECARS if beside),
                *([f"{whole}{parts.ENDING}"] if chapters else []),
            )
            found = parts.chapters(self.timeline) if chapters else ()
            kept = opened(cache, cluster is not None)
            shared = kept if not isinstance(cache, bool) else None
            with (
                delivered(path) as local,
                written_beside(local, self.captions()) if beside else nullcontext(),
                parts.listed_beside(local, found, self.timeline.clock) if chapters else nullcontext(),
                self._drawers(cluster, jobs, shared) as pool,
            ):
                report = render_film(
                    self.timeline,
                    self._soundtrack(),
                    local,
                    jobs=jobs,
                    draft=draft,
                    captions=captions in ("burn", "both"),
                    progress=progress,
                    cache=kept,
                    verify=verify,
                    tracing=tracing,
                    pool=pool,
                    crf=crf,
                    quick=quick,
                    marks=tuple((one.frame, one.name) for one in found),
                )
        report.notes += [note for note in self._trouble if note not in report.notes]
        return report

    @contextmanager
    def _drawers(self, cluster: str | None, jobs: int | None, shared: Cache | None) -> Iterator[Drawers | None]:
        """A cluster's workers; or this machine's, if there are some already."""
        if cluster is None:
            yield self._crew
            return
        from storyreel.farm.cluster import Cluster

        with Cluster(cluster, jobs, shared) as machines:
            yield machines

    @contextmanager
    def _getting_ready(self, jobs: int | None) -> Iterator[None]:
        """Has this machine's workers for the time of the block, where the film is not directed yet."""
        from storyreel.film.warmup import begin
        from storyreel.render.pool import Pool, default_jobs

        jobs = jobs or default_jobs()
        if jobs == 1 or self._crew is not None or self._kept is not None or "direction" in self.__dict__:
            yield
            return
        with Pool(jobs) as self._crew:
            try:
                begin(self._crew)
                yield
            finally:
                self._crew = None
