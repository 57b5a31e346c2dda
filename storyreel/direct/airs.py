"""What is in the air of a scene, beat by beat: wind, the hour, colours of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from storyreel.direct.carried import Carried
from storyreel.direct.production import Production
from storyreel.direct.schedule import begin
from storyreel.direct.setting import Setting, set_path
from storyreel.direct.tones import Tones
from storyreel.direct.weather import Weather
from storyreel.script.air import Grade, Hour, Wind
from storyreel.script.dot import Moment
from storyreel.script.models import Beat, Scene
from storyreel.script.moments import GUST


class Airs:
    """The air of one scene in the making; `start` is its first film frame, `carried` how the shot before left it."""

    def __init__(self, production: Production, scene: Scene, start: int, carried: Carried | None) -> None:
        self.times = production.times
        self.weather = Weather(self.times, production.script.seed, start, carried.air if carried else None)
        self.tones = Tones(production.look.grading is not None, carried.tones if carried else ())
        self.setting = Setting(set_path(production, scene), carried.setting if carried else None)
        if scene.wind is not None:
            self.weather.blow(scene.wind, 0, 0.0)
        if scene.hour is not None:
            self.weather.strike(Hour(to=scene.hour), 0)
        self._waiting: list[Wind] = []

    def left(self, kept: Carried, length: int) -> Carried:
        """What a shot of so many frames leaves, with how it leaves all this."""
        air, tones = self.weather.left(length), self.tones.left()
        return replace(kept, air=air, tones=tones, setting=self.setting.left())

    def begin(self, beat: Beat, start: int, moments: dict[str, int]) -> None:
        """Takes in the winds of a beat that wait for nothing; a gust is a moment that parts may wait for."""
        self._waiting = []
        for wind in beat.wind:
            if isinstance(wind.at, Moment):
                self._waiting.append(wind)
            else:
                self._blow(wind, start, moments)

    def go_on(self, start: int, moments: dict[str, int]) -> None:
        """Takes in the winds whose moment has been told."""
        for wind in [one for one in self._waiting if isinstance(one.at, Moment) and one.at.name in moments]:
            self._waiting.remove(wind)
            self._blow(wind, start, moments)

    def end(self, beat: Beat, start: int, moments: dict[str, int]) -> None:
        """Takes in all else of a beat once its moments are told."""
        for wind in self._waiting:
            self._blow(wind, start, moments)
        for hour in beat.hour:
            self.weather.strike(hour, begin(hour.at, start, moments, self.times))

    def own(self, name: str, moods: list[Grade], at: int, moments: Mapping[str, int]) -> None:
        """Takes in the colours of one alone, which change from a frame on, or from a moment."""
        for mood in moods:
            from_ = begin(mood.at, at, moments, self.times)
            self.tones.say(name, mood, from_, self.times.optional(mood.over, 0.4))

    def _blow(self, wind: Wind, start: int, moments: dict[str, int]) -> None:
        at = begin(wind.at, start, moments, self.times)
        self.weather.blow(wind, at)
        if wind.gust is not None:
            moments.setdefault(GUST, at)
