"""Where the playhead goes for what was written: to the moment at which what was changed is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

from storyreel.publish.sheet import cells
from storyreel.studio.lines import BeatLines, beat_at_line, first_changed
from storyreel.studio.take import Take
from storyreel.studio.wants import Playhead
from storyreel.timeline.model import Line, Timeline, Word


def moment(before: Take, now: Take, playhead: Playhead) -> int | None:
    """The film frame to go to for a save; None where the playhead stays.

    It goes to the beat of the first line of the file that is new, at the moment that the contact sheet shows of it; but
    where a word of what is said there was changed, and stands on another caption, to the middle of that word. In the
    beat it stays, but for a word that is not on screen yet; and it stays wherever the film plays.
    """
    if playhead.playing:
        return None
    beat = beat_at_line(now.beats, first_changed(before.text, now.text))
    if beat is None:
        return None
    word = _changed_word(before.timeline, now.timeline, beat)
    since, until = (0, 0) if word is None else _on_screen(now.timeline, word)
    if beat.start <= playhead.frame < beat.end and (word is None or since <= playhead.frame):
        return None
    shown = _shown(now.timeline, beat)
    if word is None or since <= shown < until:
        return shown
    return max(since, (word.start + word.end) // 2)


def _shown(timeline: Timeline, beat: BeatLines) -> int:
    """The frame of a beat's picture on the contact sheet."""
    return next((cell.frame for cell in cells(timeline) if beat.start <= cell.frame < beat.end), beat.start)


def _changed_word(before: Timeline, now: Timeline, beat: BeatLines) -> Word | None:
    """The first word that is new in the first line of a beat that was not said before."""
    gone = _unmatched(before.lines, now.lines)
    new = [one for one in _unmatched(now.lines, before.lines) if beat.start <= one.words[0].start < beat.end]
    if not new:
        return None
    words = new[0].words
    kept = max((_alike(one.words, words) for one in gone), default=0)
    return words[min(kept, len(words) - 1)]


def _on_screen(timeline: Timeline, word: Word) -> tuple[int, int]:
    """The frames, half-open, in which a word's caption is there; without one, those in which it sounds."""
    # A look may set captions in capitals.
    known = (word.start, word.text.upper())
    pages = (page for page in timeline.captions if known in [(one.start, one.text.upper()) for one in page.words])
    return next(((page.start, page.end) for page in pages), (word.start, word.end))


def _unmatched(lines: Iterable[Line], others: Iterable[Line]) -> list[Line]:
    """Lines with words that are not said, as often and by the same one, among others."""
    known = Counter((line.speaker, line.text) for line in others)
    found = []
    for line in lines:
        said = (line.speaker, line.text)
        known[said] -= 1
        if known[said] < 0 and line.words:
            found.append(line)
    return found


def _alike(some: tuple[Word, ...], others: tuple[Word, ...]) -> int:
    """How many words two lines begin with alike."""
    pairs = zip(some, others, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].text == pair[1].text, pairs))
