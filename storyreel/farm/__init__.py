"""Many machines: a Dask cluster's workers, their handshake, and the cache that all of them see."""
