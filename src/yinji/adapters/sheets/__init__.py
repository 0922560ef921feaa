"""Documents and pictures of labels, opened and read. Tier: the optional extra ``yinji[inspect]``.

Holds: pages of PDF documents (PDFium), pictures (Pillow), bar codes and QR codes (ZXing), and the reading of pixels (an engine whose
wheel carries its models).
Promises: bytes, pages, pixels and time are bounded before anything is decoded; a text is wrapped as it is read; nothing is written to
a disk, nothing is fetched.
Never: logs what it reads; raises because of what it was given.
"""
