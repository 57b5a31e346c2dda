"""The half of a torn sheet that stays on the portrait under it, and goes where that goes."""

from __future__ import annotations

from storyreel.timeline.model import GroupContent, Layer, Scene, StillContent, WidgetContent, settings
from storyreel.timeline.track import keyed, sample


def kept(kind: str, frames: int, before: StillContent, scene: Scene) -> tuple[Layer, ...]:
    """The half as a layer, from the frame on at which the tear is over; none where there is no portrait.

    Args:
        kind: the kind of the tear: `tear down left keep`.
        frames: how long it takes.
        before: the picture that is torn.
        scene: the reveal.
    """
    found = {layer.id: layer for layer in scene.layers}
    opening, ground = found.get("opening"), found.get("ground")
    if opening is None or ground is None or not isinstance(ground.content, WidgetContent) or frames >= scene.length:
        return ()
    size = {name: float(side) for name, side in ground.content.settings if isinstance(side, int | float)}
    middle = (size["width"] / 2, size["height"] / 2)
    portrait = next(child for child in opening.children if child.id == "portrait")

    def lies(frame: int) -> tuple[float, float, float]:
        """Where the portrait's middle is in the picture, and how large it is."""
        outer, inner = dict(opening.channels), dict(portrait.channels)
        x, y = (sample(outer[axis], frame) + sample(inner.get(axis, 0.0), frame) for axis in ("x", "y"))
        return x, y, sample(inner["scale"], frame)

    first = lies(0)
    keys: dict[str, list[tuple[int, float]]] = {"x": [], "y": [], "scale": []}
    for frame in range(frames, scene.length):
        x, y, scale = lies(frame)
        grown = scale / first[2]
        keys["x"].append((frame, x + grown * (middle[0] - first[0])))
        keys["y"].append((frame, y + grown * (middle[1] - first[1])))
        keys["scale"].append((frame, grown))
    edge = settings({"width": size["width"], "height": size["height"], "seed": scene.seed, "side": kind.split()[2]})
    half = Layer(
        "kept",
        GroupContent(WidgetContent("torn-half", edge)),
        frames,
        scene.length,
        tuple((name, keyed(*values)) for name, values in keys.items()),
        order=2,
        children=(Layer("picture", before, frames, scene.length),),
    )
    return (half,)
