"""What the models can't know: whether the names in a scene file belong to something, and its files are there.

Works on the file as plain data, so that it finds everything even where the models refuse a part of it; what has the
wrong type is passed over here, because the models say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from storyreel.errors import Problem, did_you_mean
from storyreel.script.check_air import check_air
from storyreel.script.check_follow import check_follow
from storyreel.script.check_openings import check_openings
from storyreel.script.check_shots import STAGE, along_something, check_names, check_shots, place
from storyreel.script.check_time import check_time
from storyreel.script.check_words import check_made_of_words
from storyreel.script.colours import no_colour
from storyreel.script.dot import DOTTED
from storyreel.script.ending import check_ending
from storyreel.script.findings import Findings, Stage, a_moment, items, listed, mapping, parts_of, someone, word
from storyreel.script.formats import format_names
from storyreel.script.length import check_length
from storyreel.script.lines import check_speech, check_texts
from storyreel.script.messages import cut_by_comma
from storyreel.script.models import Script, named_track
from storyreel.script.parts import BEAT_KEYS, SHOWS, check_part
from storyreel.script.presence import check_presence
from storyreel.script.sending import check_sending
from storyreel.script.texts import texts
from storyreel.script.units import POSITIONS
from storyreel.script.versions import check_version
from storyreel.script.vocabulary import NOTHING, Fault, Vocabulary
from storyreel.source.places import Path, Places

_FORMAT = Script.model_fields["format"].default
_DEEPEST = 16
"""Panes and phones that may stand in one another."""
_BURSTS = ("hearts", "sparkles", "confetti", "puffs", "shock", "impact")


def problems(tree: dict[str, Any], places: Places, base: FilePath, words: Vocabulary = NOTHING) -> Findings:
    """Everything about names and files that is wrong with a scene file.

    Args:
        tree: the file as plain data.
        places: where everything in it stands.
        base: the folder whose files it may name.
        words: the names that other rooms know.
    """
    found = Findings(places, base, words)
    if "music" in tree:
        tree = {**tree, "music": named_track(tree["music"])}
    usable = found.look(("look",), tree.get("look"))
    found.name(("format",), tree.get("format"), "format", format_names())
    _music(found, tree)
    cast = mapping(tree.get("cast"))
    for name, member in cast.items():
        _member(found, name, mapping(member))
    _creator(found, tree, cast)
    check_ending(found, tree, cast)
    for index, hashtag in enumerate(listed(tree.get("hashtags"))):
        if isinstance(hashtag, str) and (hashtag.startswith("#") or not hashtag.strip() or " " in hashtag.strip()):
            found.at(("hashtags", index), f"'{hashtag}': write one word, without the #")
    first: dict[str, Path] = {}
    for index, item in enumerate(listed(tree.get("scenes"))):
        scene, path = mapping(item), ("scenes", index)
        called = scene.get("id")
        if isinstance(called, str) and called in first:
            line = places(first[called]).line
            found.at((*path, "id"), f"scene '{called}' stands here twice; it is first in line {line}")
        elif isinstance(called, str):
            first[called] = (*path, "id")
        _scene(found, scene, path, cast, tree)
    check_version(found, tree)
    check_names(found, tree)
    check_time(found, tree)
    check_length(found, tree)
    _cut_off(found, tree)
    check_speech(found, tree, check_texts(found, tree, usable))
    return found


def _cut_off(found: Findings, tree: dict[str, Any]) -> None:
    """Complains of shown texts that end where YAML begins a comment: `Join #CreateKindness today`."""
    shown = [(path, text) for path, _, text in texts(tree)]
    for path, text in ((("title",), word(tree.get("title"))), *shown):
        comment = found.places.comment(path)
        if comment is not None and text:
            said = f"the text ends here, because ' #' begins a comment; put it in quotes: \"{text[-24:]} #…\""
            found.add(Problem(comment, said))


def _music(found: Findings, tree: dict[str, Any]) -> None:
    track, path = mapping(tree.get("music")).get("track"), ("music", "track")
    fault = None if word(track).lower().endswith((".yaml", ".yml")) else found.words.unheard
    if not found.shipped(path, track, "track", found.words.tracks, ".", fault) or not isinstance(track, str):
        return
    if "." not in track:
        found.sections = found.words.sections.get(track)
    elif found.words.score is not None:
        with found.refusals(path):
            found.sections = found.words.score(track)


def _section(found: Findings, path: Path, value: object, tree: dict[str, Any]) -> None:
    if isinstance(value, str) and "music" not in tree:
        found.at(path, "the film has no music; name a track: music: {track: …}")
    elif isinstance(value, str) and found.sections == frozenset():
        track = word(mapping(tree.get("music")).get("track"))
        found.at(path, f"unknown section '{value}': '{track}' is a recording, which has none")
    else:
        found.name(path, value, "section", found.sections)


def _member(found: Findings, name: str, member: dict[str, Any]) -> None:
    path: Path = ("cast", name)
    if name in BEAT_KEYS:
        found.at_key(path, f"'{name}' is a key of beats and can't name one of the cast")
    puppet = member.get("puppet")
    if found.shipped((*path, "puppet"), puppet, "puppet", found.words.puppets, ".svg"):
        found.rig((*path, "puppet"), name, puppet)
    found.voice((*path, "voice", "use"), mapping(member.get("voice")).get("use"))
    rig = found.rigs.get(name)
    for colour in mapping(member.get("colours")) if rig else ():
        if rig and colour not in rig.colours:
            found.at_key((*path, "colours", colour), no_colour(str(puppet), str(colour), sorted(rig.colours)))
    for index, outfit in enumerate(listed(member.get("wear"))) if rig else ():
        if rig and isinstance(outfit, str) and outfit not in rig.outfits:
            where = (*path, "wear", index) if isinstance(member["wear"], list) else (*path, "wear")
            found.at(where, f"puppet '{puppet}' has no outfit '{outfit}'{did_you_mean(outfit, rig.outfits)}")


def _shown(found: Findings, thing: dict[str, Any]) -> Fault | None:
    """What finds faults in the picture or clip of a thing, which may be muted."""
    return found.words.unseen if thing.get("sound") is False else found.words.unplayed


def _creator(found: Findings, tree: dict[str, Any], cast: dict[str, Any]) -> None:
    creator = mapping(tree.get("creator"))
    portrait = creator.get("portrait")
    if isinstance(portrait, dict):
        found.file(("creator", "portrait", "file"), portrait.get("file"), fault=_shown(found, creator))
    else:
        found.file(("creator", "portrait"), portrait, fault=_shown(found, creator))
    if creator.get("puppet"):
        found.name(("creator", "puppet"), creator["puppet"], "cast member", cast)
    if "creator" not in tree or not tree.get("reveal", True):
        return
    for path, line in ((("creator", "line"), creator), (("reveal", "say"), mapping(tree.get("reveal")))):
        speaker = word(creator.get("puppet")) or next(iter(cast), None)
        mute = speaker is None or (speaker in cast and mapping(cast[speaker]).get("voice") is None)
        if line.get(path[-1]) and mute:
            found.at(path, "nobody can speak this: the creator's puppet needs a voice: {use: heart}")


def _scene(found: Findings, scene: dict[str, Any], path: Path, cast: dict[str, Any], tree: dict[str, Any]) -> None:
    props, placed = mapping(scene.get("props")), mapping(scene.get("cast"))
    beats = listed(scene.get("beats"))
    named = {key for beat in beats for key in mapping(beat) if key in cast}
    stage = Stage(cast, frozenset({*placed, *named} & cast.keys()), props)
    found.ground((*path, "set"), scene.get("set"))
    _section(found, (*path, "music"), scene.get("music"), tree)
    _camera(found, mapping(scene.get("camera")), (*path, "camera"), stage)
    for name, prop in props.items():
        _prop(found, name, mapping(prop), (*path, "props", name), stage)
    check_openings(found, scene, path, tree)
    for name, placement in placed.items():
        here = (*path, "cast", name)
        if name not in cast:
            found.at_key(here, f"nobody in the cast is called '{name}'{did_you_mean(name, cast)}")
        _placement(found, mapping(placement), here, stage)
        for key in ("face", "pose"):
            found.asked((*here, key), name, key, mapping(placement).get(key))
        for where, held in items((*here, "holds"), mapping(placement).get("holds")):
            if isinstance(held, str) and held not in props:
                found.at(where, f"no prop '{held}' in this scene{did_you_mean(held, props)}")
    for index, beat in enumerate(beats):
        _beat(found, mapping(beat), (*path, "beats", index), stage, tree)
    check_shots(found, scene, path, stage, tree)
    check_follow(found, scene, path)
    check_air(found, scene, path, stage)
    check_presence(found, scene, path, stage, tree.get("format", _FORMAT))


def _placement(found: Findings, thing: dict[str, Any], path: Path, stage: Stage) -> None:
    found.name((*path, "at"), thing.get("at"), "place", POSITIONS)
    inside = thing.get("in")
    if not isinstance(inside, str):
        return
    if inside not in stage.props:
        frames = {name for name, prop in stage.props.items() if word(mapping(prop).get("kind")) in SHOWS}
        found.at((*path, "in"), f"no pane or phone '{inside}' in this scene{did_you_mean(inside, frames)}")
        return
    kind = word(mapping(stage.props[inside]).get("kind"))
    if kind not in SHOWS:
        found.at((*path, "in"), f"'{inside}' is a {kind}; only a pane or a phone shows something inside")


def _prop(found: Findings, name: str, prop: dict[str, Any], path: Path, stage: Stage) -> None:
    if name in BEAT_KEYS:
        found.at_key(path, f"'{name}' is a key of beats and can't name a prop")
    elif name in stage.cast:
        found.at_key(path, f"'{name}' is one of the cast; give the prop another name")
    if prop.get("kind") != "pile":
        _placement(found, prop, path, stage)
    check_made_of_words(found, name, prop, path, stage)
    check_sending(found, name, prop, path, stage)
    holders = list(islice(_holders(prop, stage), _DEEPEST + 1))
    if name in holders:
        found.at((*path, "in"), f"'{name}' would show itself")
    elif len(holders) > _DEEPEST:
        found.at((*path, "in"), f"stands in more than {_DEEPEST} panes, one in another; take some away")
    kind = word(prop.get("kind"))
    if kind in SHOWS:
        found.ground((*path, "set"), prop.get("set"))
    elif kind == "drawing":
        if found.drawing((*path, "file"), prop.get("file"), "prop", found.words.props):
            found.groups((*path, "groups"), prop.get("file"), prop.get("groups"))
    elif kind == "crowd":
        for where, one in items((*path, "of"), prop.get("of")):
            if isinstance(one, str) and one not in stage.cast:
                found.name(where, one, "puppet or cast member", {*stage.cast, *(found.words.puppets or ())})
    elif kind == "picture":
        found.file((*path, "file"), prop.get("file"), fault=_shown(found, prop))


def _holders(prop: dict[str, Any], stage: Stage) -> Iterator[str]:
    """The panes and phones that a prop stands in, from the nearest on."""
    seen: set[str] = set()
    holder = prop.get("in")
    while isinstance(holder, str) and holder not in seen:
        seen.add(holder)
        yield holder
        holder = mapping(stage.props.get(holder)).get("in")


def _camera(found: Findings, camera: dict[str, Any], path: Path, stage: Stage) -> None:
    for key in ("on", "follow"):
        someone(found, camera.get(key), (*path, key), stage)
    for where, one in items((*path, "focus"), camera.get("focus")):
        someone(found, one, where, stage, besides=("stage",))
    if camera.get("along") is None:
        if not a_moment(found, word(camera.get("to")), (*path, "to"), stage):
            found.name((*path, "to"), camera.get("to"), "place", POSITIONS)
        return
    along_something(found, camera["along"], (*path, "along"), stage)
    place(found, camera.get("to"), (*path, "to"), stage)


def _beat(found: Findings, beat: dict[str, Any], path: Path, stage: Stage, tree: dict[str, Any]) -> None:
    known = {*BEAT_KEYS, *stage.cast, *stage.props, STAGE}
    for key in beat:
        if key in BEAT_KEYS:
            continue
        crowd, _, number = key.partition(".")
        one_of = number.isdigit() and word(mapping(stage.props.get(crowd)).get("kind")) == "crowd"
        if key not in known and not one_of:
            found.unknown.add((*path, key))
            whole = cut_by_comma(beat, key)
            cut = f"a comma ends a text in braces; put what is said in quotes: {whole}"
            found.at_key((*path, key), cut if whole else f"unknown key '{key}'{_meant(key, stage)}")
            continue
        for where, part in parts_of(beat, key, path):
            check_part(found, part, where, crowd if one_of else key, stage)
    for key in ("camera", "sfx", *_BURSTS):
        for where, item in items((*path, key), beat.get(key)):
            _cue(found, key, item, where, stage)
    for where, change in items((*path, "sound"), beat.get("sound")):
        someone(found, mapping(change).get("copy"), (*where, "copy"), stage)
        player = mapping(change).get("by")
        if isinstance(player, str) and found.words.note is not None and not found.words.note(f"{player} c4"):
            found.at((*where, "by"), f"nobody plays a '{player}'; write such as by: kazoo")
    for where, change in items((*path, "music"), beat.get("music")):
        if change == "stop" and "stop" not in (found.sections or ()):
            found.at(where, "to stop the music write music: {stop: true}")
        elif isinstance(change, str):
            _section(found, where, change, tree)
        else:
            _section(found, (*where, "section"), mapping(change).get("section"), tree)


def _cue(found: Findings, key: str, item: object, where: Path, stage: Stage) -> None:
    """One camera move, change of colour, effect or burst in a beat."""
    spec = mapping(item)
    if key == "camera":
        _camera(found, spec, where, stage)
    elif key == "sfx":
        played, path = (item, where) if isinstance(item, str) else (spec.get("play"), (*where, "play"))
        if not (found.words.note is not None and isinstance(played, str) and found.words.note(played)):
            found.shipped(path, played, "effect", found.words.effects, ".", found.words.unheard)
    elif key in _BURSTS:
        if DOTTED.fullmatch(word(spec.get("from"))):
            place(found, spec["from"], (*where, "from"), stage)
        else:
            someone(found, spec.get("from"), (*where, "from"), stage, besides=POSITIONS)


_NEAR = re.compile(r"; did you mean ")


def _meant(key: str, stage: Stage) -> str:
    """The nearest of the cast, the props and the keys of beats; else whom a beat here can name."""
    suggestion = did_you_mean(key, {*BEAT_KEYS, *stage.cast, *stage.props})
    if _NEAR.match(suggestion):
        return suggestion
    names = ", ".join(sorted({*stage.cast, *stage.props}))
    return f"; it is no key of a beat, and names none of {names}" if names else "; it is no key of a beat"
