"""What a label prints that is no person's, as one text and back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.waybill.carried import Carried, carried, read_carried
from yinji.waybill.model import Carriage, Order, Sorting

TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8)
AMOUNT = st.none() | st.integers(0, 10_000_000)
NOBODY = Private("")
ORDER = Order(2, "A-1", Party(NOBODY, NOBODY, NOBODY), NOBODY, 3, NOBODY)


@given(
    st.builds(Sorting, TEXT, TEXT, TEXT, TEXT),
    st.builds(Carriage, AMOUNT, AMOUNT, AMOUNT, AMOUNT, TEXT, TEXT, AMOUNT, TEXT),
)
def test_what_was_agreed_is_read_back_as_it_was(sorting: Sorting, carriage: Carriage) -> None:
    order = replace(ORDER, sorting=sorting, carriage=carriage, packages=2, original="YJ1234567890128")
    assert read_carried(carried(order)) == Carried(3, 2, sorting, carriage, "YJ1234567890128")


def test_an_order_that_says_nothing_new_has_the_text_it_always_had() -> None:
    old = carried(replace(ORDER, carriage=Carriage(1_250, None, 0, None, "特快", "退回部")))
    assert old.count("\x1f") == 12
    assert read_carried(old).carriage == Carriage(1_250, None, 0, None, "特快", "退回部")
    assert carried(replace(ORDER, carriage=Carriage(freight=0))).count("\x1f") == 14
