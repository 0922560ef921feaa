"""A parcel's way: what was seen of it, and the state that follows from it.

Holds: scans as they were reported, each once; the state of each parcel; numbers that were seen outside and never issued.
Promises: the same report twice is one scan; a late report leads to the same state as one in time; what cannot be in order is kept
and counted as odd, never dropped.
Never: mixes the parcel's life with its number's; keeps free text, or who received it.
"""
