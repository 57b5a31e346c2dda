"""Examples of the keys that say what is in the air: colours, wind, the hour, light, stillness."""

from __future__ import annotations

from collections.abc import Mapping

AIR: Mapping[str, str] = {
    "Grade": """
        saturation: 0.4
        tint: 0.5
        warmth: -0.3
        accent: 1
        from: michii, saturation: 1, over: 8f
        through: [stage, bin, grump], accent: 1, from: bin, over: 36f
        over: 6f, saturation: 0
        at: 12f, saturation: 1
    """,
    "Wind": """
        strength: 0.5
        gust: 1
        for: 24f, gust: 1
        from: right, strength: 0.5
        over: 6f, strength: 0
        at: 30f, gust: 1
    """,
    "Hour": """
        to: 5.2
        over: 2s, to: 5.2
        at: 12f, to: 19
    """,
    "Light": """
        colour: "#FFC857"
        reach: 0.4
        on: 0
    """,
    "Lamp": """
        hangs: true
    """,
    "Still": """
        at: 12f
        for: 24f
        except: [kite, grump]
    """,
}
"""For each model by its name the example of each key."""
