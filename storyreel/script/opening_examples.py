"""Examples of the keys of what one looks through, of how a shot is left, and of the reveal."""

from __future__ import annotations

from collections.abc import Mapping

LINES: Mapping[str, str] = {
    "Creator": """
        name: Michelle
        handle: "@milkymichii"
        portrait: {file: mi.png, eyes: [0.5, 0.38]}
        sound: false
        label: stand-in portrait
        message: You are in control.
        puppet: michii
        line: You are in control!
    """,
    "Otherwise": """
        face: joy
        pose: cheer
    """,
    "PaneCamera": """
        zoom: 1.2
        to: [0.5, 0.4]
        tilt: 3
    """,
    "PageTurn": """
        to: slam
        by: left, to: slam
        over: 6f, to: slam
        at: 12f, to: slam
    """,
    "Portrait": """
        file: mi.png
        eyes: [0.5, 0.38]
        apart: 0.17, eyes: [0.5, 0.38]
        blinks: mi.png
    """,
    "Reveal": """
        first: {shot: close, michii: {look: camera}, cut: {at: 1s, page: lower-right}}
        alone: 27f
        card: [name, handle, message, hashtag]
        say: Take a moment to consider.
        as: "Take a moment 💛", say: Take a moment.
        guest: {grump: {at: 6s, do: wave}}
        for: 9s
    """,
    "Cut": """
        at: 66f
        dark: 6f
        cover: kite
        follow: kite
        through: phone
        match: kite, with: grump
        with: grump, match: kite
        page: lower-right, by: wind
        tear: down, by: grump, over: 1s
        keep: true, tear: down
        by: wind, page: lower-left
        over: 1s, tear: left
    """,
    "Pane": """
        width: 400
        height: 700
        label: "@mi"
        mood: grey
        set: bedroom
        zoom: 1.2
        shape: circle
        edge: phone
        shows: low
        sound: true
        radius: 0.5
        dark: 0.8
        sends: phone, edge: phone
        after: 1s, sends: phone
        corners: [[0, 0], [0.43, 0], [0.35, 1], [0, 1]]
        camera: {zoom: 1.2, to: [0.5, 0.4]}
    """,
}
"""For each model the example of each key, as in `examples`."""
