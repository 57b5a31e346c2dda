"""One film as an object: read, directed, warmed up, rendered."""
