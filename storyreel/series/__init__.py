"""Many films over one queue: a series' jobs, their progress, and the report at the end."""
