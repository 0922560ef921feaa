"""Waybills page by page: newest first, some of them left out.

Holds: the filter, the cursor, and the query that walks references of a range of days in their order.
Promises: a page costs the same however many waybills there are: no more than `WALK_MAX` rows are looked at, and a page that ended
there says so, with the place to go on from.
Never: reads a person; counts all there is.
"""
