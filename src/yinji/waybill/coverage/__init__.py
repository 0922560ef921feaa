"""How many labels hid their persons: counts of waybills by day, outlet, channel and rule pack.

Holds: the aggregate query, the same count from the items of the evidence, and the shares that follow from either.
Promises: a figure says how it was counted; rows and evidence give the same; specimens are never among the waybills.
Never: reads a person, a number or a destination; calls a share what had nothing to be a share of.
"""
