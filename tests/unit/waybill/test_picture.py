"""Pictures of ranges: nothing is lost, doubled or out of order, however fine or coarse."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.kernel.ids import Ref
from yinji.waybill.model import Block, Interval, NumberRange, NumberState
from yinji.waybill.numbering.picture import PIECES_MAX, Piece, Use, coarser, pieces, shares

REF = Ref(b"r" * 16)


def own(last: int) -> NumberRange:
    return NumberRange(REF, "QL", 13, 1, last, specimen=False)


def test_a_block_is_used_up_to_its_next_number_and_free_beyond() -> None:
    intervals = [Interval(REF, 51, 80, NumberState.GENERATED), Interval(REF, 81, 90, NumberState.QUARANTINED)]
    intervals += [Interval(REF, 91, 100, NumberState.RESERVED), Interval(Ref(b"x" * 16), 1, 9, NumberState.GENERATED)]
    found = pieces(own(100), intervals, [Block(REF, 1, 50, 21), Block(Ref(b"x" * 16), 1, 5, 2)])
    assert found == (
        Piece(1, 20, Use.USED),
        Piece(21, 80, Use.FREE),
        Piece(81, 90, Use.SET_ASIDE),
        Piece(91, 100, Use.RESERVED),
    )
    assert shares(found) == {Use.USED: 20, Use.RESERVED: 10, Use.FREE: 60, Use.SET_ASIDE: 10}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), st.sampled_from(list(Use))), min_size=1, max_size=600))
def test_a_coarser_picture_tiles_the_same_numbers(cuts: list[tuple[int, Use]]) -> None:
    fine: list[Piece] = []
    for many, use in cuts:
        first = fine[-1].last + 1 if fine else 1
        fine.append(Piece(first, first + many - 1, use))
    made = coarser(tuple(fine))
    assert len(made) <= max(PIECES_MAX, 1)
    assert (made[0].first, made[-1].last) == (fine[0].first, fine[-1].last)
    assert all(before.last + 1 == after.first for before, after in pairwise(made))
