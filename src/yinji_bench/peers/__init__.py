"""Peers: general engines drawing our label, each as somebody who knows the engine would.

Every peer has ``draw(labels) -> bytes``, a PDF with a page for each label: the same texts at the same places, Code 128 as
bars, the QR code by segno. To their advantage they are told where lines break and how large letters are (`plan`), while
ours works it out inside the measured time.
"""
