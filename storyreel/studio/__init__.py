"""A film in the browser while it is written: its own chunks play, a save changes the picture, messages lie over it."""
