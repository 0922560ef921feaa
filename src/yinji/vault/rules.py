"""Is an index worth having, and does it tell too much? Pure.

Whoever has the database without its keys sees which rows of an index are equal. An index is *useless* where a search meets so many
rows that nearly everything has to be opened, *telling* where one value stands out by how often it occurs: then its frequency names
it (a common name, an outlet's own number). Both bounds are the square root of the rows, as CipherSweet's planning rule has it for
coincidences (C < sqrt R); its lower bound does not hold here: tags are whole, and custody of the key is the control.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.refusals import Refusal

ROWS_MIN: Final = 100
"""Below this many rows in a bucket no distribution is judged: everything stands out among few."""

PERSONS_MIN: Final = 10
"""A count of fewer persons than this is not told: a group of a few is nearly a person."""


def judge_index(rows_by_tag: Sequence[int]) -> Decision:
    """Judge an index by how many rows of one bucket stand under each of its tags."""
    rows = sum(rows_by_tag)
    if rows < ROWS_MIN:
        return Allow((f"{rows} rows",))
    met = sum(count * count for count in rows_by_tag) / rows
    bound = sqrt(rows)
    if met >= bound:
        return Refuse(Refusal.INDEX_USELESS, f"{met:.0f} of {rows}")
    top = max(rows_by_tag)
    if top >= bound:
        return Refuse(Refusal.INDEX_TELLING, f"{top} of {rows}")
    return Allow((f"{rows} rows", f"a search meets {met:.1f}", f"the commonest value has {top}"))
