"""ESC/POS, the language of receipt printers, on rolls as wide as the label.

Holds: labels as strips of dots with the large bar code between them as the printer's own (`writer`).
Promises: a strip's bytes are counted before it, so that nothing in them is a command; bars and modules are the dots of the raster.
Never: relies on page mode, which small printers lack: what stands beside something else is printed as dots.
"""
