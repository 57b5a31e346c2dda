"""What is sent from one thing to another: which touches do it, and to which moments it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from storyreel.errors import did_you_mean
from storyreel.script.findings import Findings, Stage, listed, mapping, word
from storyreel.script.placing import SEND
from storyreel.source.places import Path

SENDING = ("touch", "press", "tap", "push", "bump")
"""The verbs that send."""


def at_send(target: str, kind: str) -> bool:
    """Whether a place is one at which something of a kind sends: its `send`; a button is one itself."""
    place = target.partition(".")[2]
    return place == SEND or (kind == "button" and not place)


def sent(part: dict[str, Any], props: Mapping[str, Any]) -> Iterator[str]:
    """The moments to which a part comes by what it sends.

    Args:
        part: the part as plain data.
        props: the scene's props, as written.
    """
    if "stop" in part:
        return
    for verb in SENDING:
        for target in listed(part.get(verb)):
            name = word(target).partition(".")[0]
            prop = mapping(props.get(name))
            other = prop.get("sends")
            if isinstance(other, str) and at_send(word(target), word(prop.get("kind"))):
                yield from (f"{name}.sends", f"{other}.ding")


def check_sending(found: Findings, name: str, prop: dict[str, Any], path: Path, stage: Stage) -> None:
    """Complains of what is sent to nothing, or to where it comes from."""
    other = prop.get("sends")
    if other is None and "after" in prop:
        found.at_key((*path, "after"), "`after` says when what is sent arrives; write sends: and a prop's name, too")
    elif other == name:
        found.at((*path, "sends"), f"'{name}' can't send to itself")
    elif isinstance(other, str) and other not in stage.props:
        found.at((*path, "sends"), f"no other prop '{other}' in this scene{did_you_mean(other, stage.props)}")
