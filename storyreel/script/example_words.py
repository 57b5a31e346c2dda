"""Examples of things that are made of words, heaped or strung, as `examples` lists those of all the others."""

from __future__ import annotations

from collections.abc import Mapping

WRITTEN: Mapping[str, str] = {
    "TextField": """
        text: Hel
        hint: Add a comment
        width: 500
    """,
    "Note": """
        text: Hello!
        back: Got it!
        handwriting: michii
        width: 300
        height: 200
        colour: "#FFF3C4"
    """,
    "Words": """
        text: Can I touch your hair?
        body: stone, text: Can I touch your hair?
        style: title, text: Power of Words
        width: 400, text: Can I touch your hair?
    """,
    "Meter": """
        label: THINK
        notches: 10
    """,
    "Pile": """
        of: [kite, phone]
        most: 12
    """,
    "Thread": """
        from: michii.left-hand
        to: kite.left
        via: [michii.left-arm]
        slack: 0.2
        colour: "#7A5CA8"
    """,
}
"""For each model by its name an example of each of its keys, a line a key."""
