"""What is shown and what is said: whether it is of a length that can be, and whether somebody can say it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from storyreel.script.findings import Findings, listed, mapping, word
from storyreel.script.models import Script, VoiceSpec
from storyreel.script.texts import texts
from storyreel.source.places import Path

LONGEST_LINE, LONGEST_TEXT = 5000, 500
"""Characters of a spoken line (some five minutes), and of every other text that is shown."""
_MARKS = 30
"""Combining marks on one letter: as many as the Stream-Safe Text Format allows (UAX 15, 13)."""
_DEFAULT_VOICE = VoiceSpec.model_fields["use"].default
_DEFAULT_LANGUAGE = Script.model_fields["language"].default


def unfit(role: str, text: str) -> str | None:
    """What is wrong with a text that is too long for its role, has too many marks on a letter, or can't be seen."""
    most = LONGEST_LINE if role in ("caption", "spoken") else LONGEST_TEXT
    if len(text) > most:
        advice = "make several lines of it" if most == LONGEST_LINE else "say it in fewer words"
        return f"needs at most {most} characters, not {len(text)}; {advice}"
    if all(unicodedata.category(sign)[0] in "CZ" for sign in text):
        return "has nothing in it that can be seen"
    marks = (len(list(run)) for mark, run in groupby(text, lambda sign: unicodedata.category(sign)[0] == "M") if mark)
    if max(marks, default=0) > _MARKS:
        return f"has more than {_MARKS} combining marks on one letter; take some away"
    return None


def check_texts(found: Findings, tree: dict[str, Any], usable: bool) -> set[Path]:
    """Complains of texts that are too long, or that the look's fonts can't set, where the look is `usable`.

    Gives the paths of those texts.
    """
    wrong: set[Path] = set()
    look, language = tree.get("look", Script.model_fields["look"].default), tree.get("language", _DEFAULT_LANGUAGE)
    glyphless = found.words.glyphless
    if not isinstance(look, str) or not isinstance(language, str) or not usable:
        glyphless = None
    for path, role, text in texts(tree):
        message = unfit(role, text)
        if message is None and glyphless is not None and role != "spoken":
            message = glyphless(look, role, text, language)
        if message is not None:
            wrong.add(path)
            found.at(path, message)
    return wrong


def check_speech(found: Findings, tree: dict[str, Any], besides: set[Path]) -> None:
    """Complains of lines that no voice can say: of the film's language, or of a script that a voice doesn't read.

    Of the lines at the paths `besides` there is another complaint already.
    """
    language = word(tree.get("language", _DEFAULT_LANGUAGE))
    foreign: dict[str, Path] = {}
    for path, voice, text in _spoken(tree):
        spoken = found.words.languages.get(voice)
        if spoken is None or found.words.unsaid is None:
            continue
        if language.split("-")[0].lower() not in spoken:
            foreign.setdefault(voice, path)
            continue
        unsaid = found.words.unsaid(text)
        if unsaid and path not in besides:
            cure = "let it be a title or a balloon" if path[0] in ("creator", "reveal") else "give the line a recording"
            found.at(path, f"the voice '{voice}' can't say '{unsaid}': it reads the Latin script only; {cure}")
    for voice, path in foreign.items():
        known = " or ".join(sorted(found.words.languages[voice]))
        line = found.places(path).line
        where = f"; the first is in line {line}" if line else ""
        cure = f"record the lines that it speaks, or write them in {known}"
        found.at(("language",), f"the voice '{voice}' speaks {known}, not '{language}'; {cure}{where}")


def _spoken(tree: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """Every line that is synthesised: its path, its voice, and itself."""
    cast = mapping(tree.get("cast"))
    for number, scene in enumerate(listed(tree.get("scenes"))):
        for index, beat in enumerate(listed(mapping(scene).get("beats"))):
            for name in (key for key in mapping(beat) if key in cast):
                path: Path = ("scenes", number, "beats", index, name)
                value = beat[name]
                for place, part in enumerate(listed(value)):
                    where = (*path, place) if isinstance(value, list) else path
                    own = {} if isinstance(part, str) else mapping(part)
                    text = part if isinstance(part, str) else word(own.get("say"))
                    if text and not own.get("recording"):
                        path_of = where if isinstance(part, str) else (*where, "say")
                        yield path_of, _voice(mapping(cast[name]).get("voice"), own.get("voice"), tree), text
    creator = mapping(tree.get("creator"))
    said, speaker = word(mapping(tree.get("reveal")).get("say")), word(creator.get("puppet")) or next(iter(cast), "")
    line = said or word(creator.get("line"))
    if creator and line and tree.get("reveal", True):
        path = ("reveal", "say") if said else ("creator", "line")
        yield path, _voice(mapping(cast.get(speaker)).get("voice"), None, tree), line


def _voice(own: object, line: object, tree: dict[str, Any]) -> str:
    """The name of the voice that says a line, as `storyreel.script.voice.voice_of` has it."""
    merged = tree.get("storyreel") != 1 and line is not None
    said = {**mapping(own), **mapping(line)} if merged else mapping(line or own)
    return word(said.get("use", _DEFAULT_VOICE))
