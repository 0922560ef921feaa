"""Stories that cross rooms, a file each. With main, the only importers of the vault.

Holds: no state and no SQL; the order in which rooms are asked.
Promises: a story reads from top to bottom: ask, decide, write, answer.
Never: speaks to a framework, a terminal or a network.
"""
