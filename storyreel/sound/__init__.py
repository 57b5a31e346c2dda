"""What is heard: voices, lip-sync, music, effects, mix, loudness. No pictures."""
