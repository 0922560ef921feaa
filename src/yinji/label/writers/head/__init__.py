"""What a printer is told: a label as pieces in the dots of one head, before any language writes them.

Holds: the pieces (`pieces`), how a linted label becomes them (`composer`), and what the languages share (`scribe`).
Promises: pieces only add ink, so their order does not matter; codes stand on the dots on which the raster has them; texts are
pictures of the raster's own glyphs, so that a printer without Chinese fonts prints them.
Never: takes a text that was not linted and set.
"""
