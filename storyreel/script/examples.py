"""A short example of every key of a scene file and of a series file, for the reference.

An example stands in the braces of what it belongs to, and begins with its key; what stands behind it in the same line
is there because the key says more of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storyreel.script.example_air import AIR
from storyreel.script.example_series import SERIES
from storyreel.script.example_words import WRITTEN
from storyreel.script.opening_examples import LINES
from storyreel.script.prop_examples import PROPS

_LINES = {
    **AIR,
    "Script": """
        storyreel: 2
        title: Block the Bullies
        look: sketch
        format: reels
        language: en-GB
        creator: {name: Mi, handle: "@mi", portrait: mi.png, message: You are in control.}
        hashtags: [CreateKindness]
        cast: {michii: {puppet: michii}, grump: {puppet: grump}}
        music: bubblegum
        sound: {width: 0}
        captions: {size: 1.2, word: "#FFC93C"}
        seed: 7
        scenes: [{id: room, beats: [{wait: 1s}]}]
        reveal: false
        closing: Behind every account is a real human being.
    """,
    "CaptionSpec": """
        size: 1.2
        colour: "#FFFFFF"
        edge: "#3A2350"
        word: "#FFC93C"
    """,
    "CastMember": """
        puppet: michii
        voice: {use: heart, pitch: 1.2}
        colours: {hoodie: "#BFE3FF"}
        wear: [bob, glasses]
        size: 0.8
        build: {height: 1.2, width: 0.8}
    """,
    "Build": """
        height: 1.3
        width: 0.8
    """,
    "VoiceSpec": """
        use: heart
        pitch: 1.2
        formant: 0.9
        speed: 1.1
        whisper: 1
        near: 0.7
        muffle: cloth
    """,
    "SoundStart": """
        width: 0
        muffle: far
    """,
    "MusicSpec": """
        track: bubblegum
        level: -20
    """,
    "CustomFormat": """
        width: 1080
        height: 1350
        fps: 24
    """,
    "Scene": """
        id: night
        set: bedroom
        clip: true
        floor: 0.9
        camera: {zoom: 1.1}
        grade: {saturation: 0.4}
        mood: {saturation: 0.4}
        wind: {from: left, strength: 0.5}
        hour: 18.5
        music: play
        enter: iris
        frame: {top: 0.14, bottom: 0.2}
        shots: {low: {on: michii, size: close, from: low}}
        cast: {michii: {at: left}}
        props: {bin: {kind: button}, left: {kind: pane}}
        pages: {one: {left: [[0, 0], [0.5, 0], [0.4, 1], [0, 1]]}}
        beats: [{michii: Hello!}]
    """,
    "Placement": """
        at: left
        in: phone
        size: 0.8
        order: 2
        face: happy
        pose: shy
        offstage: true
        holds: kite
    """,
    "Shot": """
        like: low, size: wide
        on: michii
        size: close
        at: [0.46, 0.38]
        from: low
        tilt: 5
        behind: grump
        sees: {grump: [0.74, 0.4]}
        cuts: grump, on: stage
        lane: high
        focus: [michii, bin]
        along: grump
        set: bedroom
    """,
    "Beat": """
        shot: close
        wait: 1s
        for: 84f
        loop: 16d
        pause: 0.5s
        camera: {push: 1.1, over: 1s}
        grade: {saturation: 0, over: 6f}
        hearts: {burst: 8, from: michii}
        sparkles: {at: 6f}
        confetti: {burst: 60}
        puffs: {from: [0.5, 0.9]}
        shock: {from: centre}
        impact: {text: BONK}
        sfx: pop
        music: {section: home}
        mood: {at: 12f, warmth: 0.5, over: 1s}
        wind: {at: 30f, gust: 1, for: 24f}
        hour: {to: 5.2, over: 2s}
        still: {at: 12f, for: 24f, except: kite}
        sound: {hush: 24f}
        frame: {top: 0.14, bottom: 0.2}
        page: {to: slam, by: left}
        cut: {at: 66f}
    """,
    "Bars": """
        top: 0.14
        bottom: 0.2
        over: 1s, top: 0
        at: 12f, top: 0.1
    """,
    "SoundChange": """
        width: 1
        muffle: door
        hush: 24f
        copy: michii
        late: 8f, copy: michii
        notes: -1, copy: michii
        by: kazoo, copy: michii
        side: right, copy: michii
        until: 20f, copy: michii
        at: 12f, hush: 6f
    """,
    "Part": """
        touch: phone.corner
        press: bin, with: feet
        tap: phone, times: 3, each: 6f
        pat: grump
        wipe: phone
        push: bin, to: [0.8, 0.8], for: 12f
        pull: kite, to: left
        tug: kite, notes: a4
        twist: kite, times: 2
        eat: kite
        bump: grump
        open: door
        shut: door
        knock: door, times: 3
        cover: phone
        sweep: [bin, phone, kite], each: 12f
        type: Hello, on: field, each: 3f
        erase: field, each: 3f
        fall: bin, over: 12f
        read: [bin, phone, grump], each: 8f
        take: kite
        catch: kite, with: right-hand
        hold: kite
        put: kite, to: bin
        give: kite, to: grump
        drop: kite
        throw: kite, to: [0.2, 0.3]
        wear: kite
        take-off: kite
        say: Hello there!
        recording: hello.wav, say: Hello there!
        caption: false, say: Hello there!
        voice: {pitch: 1.4}, say: Hello there!
        as: "Hello 💛", say: Hello
        on: phone, say: Hello there!
        and: grump, say: Hello there!
        early: 6f, say: Hello there!
        off: right, say: Hello there!
        resume: 54f, say: Why would you… / say that?
        do: [hop, {dance: {style: b}}]
        face: happy
        blink: false, face: surprised
        look: grump
        turn: [quarter, profile, back], each: 3f
        pose: cheer
        hands: {left: Palm}
        enter: left
        exit: right
        go: right
        how: slide, go: right
        with: feet, press: bin
        stop: 12, press: bin
        to: [0.8, 0.8], push: bin
        into: phone, put: kite
        times: 3, tap: bin
        each: 6f, tap: [bin, phone]
        notes: g4 a4, tap: bin, times: 2
        from: grump, each: 2f, do: cheer
        by: kalimba, notes: g4, tap: bin
        until: 40f, hold: kite
        through: left.right, press: bin
        stay: true, touch: bin, with: feet
        in: phone
        echo: grump
        late: 3f, echo: grump
        only: [mouth, brows], echo: grump
        show: pop
        hide: fade
        set: {press: 1}
        hang: [0.7, 0.3]
        flip: true
        become: I love your work., over: 20d, notes: c4 e4 g4
        scatter: wind
        mood: {warmth: 0.4}
        play: true
        size: 1.2
        rot: 20
        at: 12f
        for: 2s
        over: 18f, press: bin
        ease: out-back
    """,
    "Follow": """
        of: field.typed
        to: [0.2, 1]
        late: 2f
    """,
    "CameraSpec": """
        shot: close, on: michii
        on: michii
        along: bin, to: grump.hand, over: 16f
        to: [0.5, 0.3]
        zoom: 1.4
        push: 1.1, over: 2s
        tilt: 3
        shake: 14
        focus: grump, over: 12f
        follow: michii
        into: low, over: 12f
        over: 1s, push: 1.2
        ease: inout, push: 1.2
        at: 12f, shake: 22
    """,
    "Burst": """
        burst: 24
        from: michii
        spread: 1.5
        at: 12f
    """,
    "Impact": """
        text: BONK
        from: [0.6, 0.4], text: BONK
        size: 1.4, text: BONK
        at: 12f, text: BONK
    """,
    "Effect": """
        play: pop
        at: 12f, play: pop
        gain: -6, play: pop
        muffle: door, play: pop
        until: 48f, play: typing
    """,
    "MusicChange": """
        section: home
        stop: true
        hold: e5 g5
        until: 24f, hold: A7sus4
        by: whistle, hold: e5
        muffle: phone
        level: -24
        over: 1s, level: -24
        at: 12f, section: home
    """,
}


def _listed(written: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for model, lines in written.items():
        found = [line.strip() for line in lines.splitlines() if line.strip()]
        yield model, {line.partition(":")[0]: line for line in found}


EXAMPLES: Mapping[str, Mapping[str, str]] = dict(_listed({**_LINES, **PROPS, **LINES, **WRITTEN}))
"""For each model by its name (`props`: what every prop takes) the example of each key."""

SERIES_EXAMPLES: Mapping[str, Mapping[str, str]] = dict(_listed(SERIES))
"""The same for the models of a series file."""
