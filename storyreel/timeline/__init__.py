"""The film as data: frames, layers, tracks of keyframes, easing, cues. Frozen, hashable, no files, no Skia."""
