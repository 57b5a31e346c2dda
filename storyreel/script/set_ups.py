"""Set-ups: a shot with all that it takes over from the one that it is like, in its own scene or in another."""

from __future__ import annotations

from collections.abc import Mapping

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.script.models import Scene, Shot
from storyreel.script.shots import SIZES


def set_up(shot: Shot | str, scene: Scene, film: Mapping[str, Scene]) -> Shot:
    """A shot of a scene with all that it takes from the one that it is like; a word is a set-up's name, or a size.

    Args:
        film: all scenes by id; `night.low` is the set-up `low` of the scene `night`.

    Raises:
        StoryreelError: there is no such set-up.
    """
    if isinstance(shot, str):
        shot = Shot.model_validate({"size": shot}) if shot in SIZES else Shot(like=shot)
    return _like(shot, scene, film, ())


def _like(shot: Shot, scene: Scene, film: Mapping[str, Scene], way: tuple[tuple[str, str], ...]) -> Shot:
    if shot.like is None:
        return shot
    of, dot, name = shot.like.rpartition(".")
    home = film.get(of, scene) if dot else scene
    if name not in home.shots or (home.id, name) in way:
        raise StoryreelError(f"no shot '{shot.like}'{did_you_mean(name, home.shots)}")
    base = _like(home.shots[name], home, film, (*way, (home.id, name)))
    own = {key: getattr(shot, key) for key in shot.model_fields_set if key != "like"}
    return base.model_copy(update=own)
