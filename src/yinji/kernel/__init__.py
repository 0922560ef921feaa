"""The words every room shares: references, clock, actor, purpose, decisions, wrapped plaintext.

Holds: types and the closed lists (purposes, views, refusals, events) that cross rooms. Standard library only.
Promises: a plaintext of a person, once wrapped, is never printed, compared, hashed, copied or pickled by accident.
Never: reads a file, a clock or a network by itself; knows a room.
"""
