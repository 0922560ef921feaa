"""Glyphs: looking them up, measuring them, and embedding just those a document uses."""
