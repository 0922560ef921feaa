"""Printers: over the network, through CUPS, or into a file for whoever carries it to one. Tier: the plain package.

Holds: `Printer`s (`network`, `queue`, `file`), which one an address names (`chosen`), and what printers are asked and answer (`asking`).
Promises: every wait, answer and retry is bounded; only the way to a printer is tried again, never a label; what a printer did not
say is not claimed.
Never: logs what it sends; opens a listening port; runs a shell.
"""
