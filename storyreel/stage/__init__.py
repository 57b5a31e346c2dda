"""What is on screen at a frame: treated puppets, sets, props, type and camera, as a display list."""
