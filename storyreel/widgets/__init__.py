"""Neutral drawings of every kind of thing, as shapes with roles."""
