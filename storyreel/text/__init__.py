"""Type as data: faces, shaping, line breaks, setting. Measured without drawing; no Skia."""
