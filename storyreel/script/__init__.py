"""What an author writes: models, names, checks that say line and column, formats, schema."""
