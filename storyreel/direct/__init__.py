"""Turns a script into a timeline: the length of a line, who stands where, camera, captions, lip-sync, the reveal."""
