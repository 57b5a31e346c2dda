"""Photographs, clips and sounds as people bring them: told by their contents, read by named readers only."""
