"""The body of add-checkpoint, in the form of tlog-witness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.unit.ledger.vectors import VECTORS

from yinji.ledger.notes import Unread
from yinji.ledger.requests import Growth, consistency_text, read_request, request_text

NOTE = VECTORS["checkpoint"]["note"]
hashes = some.binary(min_size=32, max_size=32)


@given(some.integers(0, 10**18), some.lists(hashes, max_size=63).map(tuple))
def test_what_is_written_is_read(old: int, path: tuple[bytes, ...]) -> None:
    growth = Growth(old, path, NOTE)
    assert read_request(request_text(growth)) == growth


def test_the_published_request_is_read() -> None:
    known = VECTORS["c2sp_request"]
    growth = read_request(known["text"])
    assert (growth.old, len(growth.path)) == (known["old"], known["steps"])
    assert request_text(growth) == known["text"]


def test_a_consistency_proof_is_a_request_under_a_mark() -> None:
    assert consistency_text(Growth(3, (), NOTE)) == "yinji/consistency-proof@v1\nold 3\n\n" + NOTE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "old 3\n",
        f"old 03\n\n{NOTE}",
        f"old -1\n\n{NOTE}",
        f"old 1\nAAAA\n\n{NOTE}",
        f"size 3\n\n{NOTE}",
        f"OLD 3\n\n{NOTE}",
    ],
)
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(Unread):
        read_request(text)


def test_sixty_four_lines_are_too_many() -> None:
    with pytest.raises(Unread, match="63"):
        read_request(request_text(Growth(1, (bytes(32),) * 64, NOTE)))
