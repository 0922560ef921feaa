"""TSPL, the language of TSC's printers and of most label printers sold in China.

Holds: labels as commands (`writer`): texts are pictures, codes, lines and boxes the printer's own.
Promises: a picture's bytes are counted before it, so that nothing in them is a command; bars and modules are the dots of the raster.
Never: writes a text that a printer would have to have letters for.
"""
