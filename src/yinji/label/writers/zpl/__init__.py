"""ZPL II, the language of Zebra's printers and of many that follow them.

Holds: pieces as commands (`commands`), labels whose texts are pictures (`writer`: prints on every printer), labels whose texts are
set in a font of the printer (`native`: stored once, small and fast), and the escaping of texts (`escaping`).
Promises: no text becomes a command; a label ends what it begins; bars and modules are the dots of the raster.
Never: leaves a setting of the printer changed that another label would be printed by.
"""
