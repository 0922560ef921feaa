"""Numbers before they are issued: what forms they have, who owns them, in which shard they lie.

Holds: forms of numbers, ranges, intervals of unallocated numbers, blocks of shards, reservations, counters.
Promises: a range is at every moment tiled by intervals and blocks, so that each number has one owner and one state; a reservation
asked for twice under one key is one reservation.
Never: keeps a row for a number that nobody has used.
"""
