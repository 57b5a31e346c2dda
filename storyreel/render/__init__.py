"""From pixels to a film: chunks and their keys, the cache, workers, the encoder, and what joins it all."""
