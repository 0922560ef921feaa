"""Erasure: rows deleted, keys destroyed, both redone after a crash until both hold.

Holds: erasures and their states, the rotation of index keys, the dropping of whole periods.
Promises: an erasure is called complete only when neither rows nor keys are left; whoever is not erased stays findable.
Never: opens what is being erased.
"""
