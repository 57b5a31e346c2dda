"""What an artist draws: an SVG with named parts as plain data, and the rig beside it. No pixels, no Skia."""
