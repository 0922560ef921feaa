"""Streams of printer languages, read: what a label printer was told is what a label shows, and no paper is needed to see it.

Holds: a reader for each language (`zpl`, `tspl`, `cpcl`, `escpos`), the page they all draw on (`page`), which language a stream is in
(`streams`), and the limits within which all of them work (`limits`).
Promises: never raises, whatever bytes it is given; time and memory are bounded, however often a stream repeats or unfolds; a command
that is not understood, and a picture that nobody read, make a label not legible; a text that nobody sees on paper is marked so.
Never: obeys a command: nothing is stored, fetched or written; keeps a text unwrapped.
"""
