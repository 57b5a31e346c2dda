"""A short example of every key of a prop, for the reference."""

from __future__ import annotations

from collections.abc import Mapping

PROPS: Mapping[str, str] = {
    "props": """
        at: [0.5, 0.8]
        in: phone
        size: 1.2
        rot: 10
        order: 2
        plane: 0.5
        screen: true
        hidden: true
        light: {colour: "#FFC857", reach: 0.4}
        sway: 0.6
    """,
    "Button": """
        label: POST
        sends: phone
        after: 1s, sends: phone
    """,
    "Wall": """
        columns: 4
        rows: 5
        pennant: 0.2
    """,
    "Phone": """
        width: 500
        set: bedroom
        zoom: 1.2
        dark: 0.9
        sends: bin
        after: 1s, sends: bin
    """,
    "Post": """
        handle: "@mi"
        text: My little dance!
    """,
    "Comment": """
        handle: "@mi"
        text: Love it!
        tone: mean
    """,
    "Switch": """
        question: Who can comment?
        off: Everyone
        on: Friends
    """,
    "Door": """
        width: 300
        height: 640
        hinge: right
    """,
    "Typing": """
        text: Hello!
        hint: Add a comment
    """,
    "Balloon": """
        text: Hello!
        of: michii
        style: shout, text: Hello!
        tail: right
        tone: mean
    """,
    "Title": """
        text: Block the Bullies
        sub: a film
    """,
    "Badge": "text: DUET",
    "Block": """
        colour: 2
        icon: star
    """,
    "Air": "count: 12",
    "Crowd": """
        of: [michii, grump]
        count: 20
        spread: [1, 0.2]
    """,
    "Drawing": """
        file: cloud
        colours: {sky: "#FFFFFF"}
        groups: {Cloud.dx: 40}
        sends: phone
        after: 1s, sends: phone
    """,
    "Picture": """
        file: mi.png
        width: 400
        height: 300
        sound: false
        gain: -6
    """,
}
