"""What a view may be called and ask for: nothing that shows a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.access.views.rules import NAME_MAX, read_asked, read_name, read_written, written
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal

CODES = st.text("abcXYZ019._-", min_size=1, max_size=12)


@pytest.mark.parametrize(
    "name", ["今日未打印", "近 7 日滞留", "Outlet NB, unprinted", "2026-11-22 起", "20261122", "x" * NAME_MAX]
)
def test_a_name_that_points_at_nobody_is_kept(name: str) -> None:
    assert read_name(f"  {name} ") == name


@pytest.mark.parametrize(
    "name",
    [
        "待打印 13800001234",
        "138-0000-1234",
        "一三八零零零零一二三四",
        "李女士的件",
        "云栖花园3幢2单元501室",
        "someone@example.com",
        "QL10000000000011",
        "１２３４５６７８９",
    ],
)
def test_a_name_that_shows_a_person_or_a_number_is_refused(name: str) -> None:
    assert read_name(name) == Refuse(Refusal.VIEW_SHOWS_PERSON, "name")


@pytest.mark.parametrize("name", ["", "  ", "x" * (NAME_MAX + 1), "a\u202eb", "a\x00b"])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    assert read_name(name) == Refuse(Refusal.VIEW_MALFORMED, "name")


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({}, Refuse(Refusal.VIEW_MALFORMED, "filter")),
        ({"outlet": "13800001234"}, Refuse(Refusal.VIEW_SHOWS_PERSON, "outlet")),
        ({"outlet": "李思远"}, Refuse(Refusal.VIEW_MALFORMED, "outlet")),
        ({"outlet": "a&state=voided"}, Refuse(Refusal.VIEW_MALFORMED, "outlet")),
        ({"李思远": "a"}, Refuse(Refusal.VIEW_MALFORMED, "filter")),
        ({f"p{chr(97 + at)}": "a" for at in range(17)}, Refuse(Refusal.VIEW_MALFORMED, "filter")),
    ],
)
def test_a_filter_of_anything_but_codes_is_refused(asked: dict[str, str], refused: Refuse) -> None:
    assert read_asked(asked) == refused


@given(st.dictionaries(st.text("abc_", min_size=1, max_size=8), CODES, min_size=1, max_size=8))
def test_a_filter_comes_back_as_it_was_written(given_: dict[str, str]) -> None:
    asked = read_asked(given_)
    if isinstance(asked, Refuse):  # nine digits in a code
        assert asked.code is Refusal.VIEW_SHOWS_PERSON
    else:
        assert dict(read_written(written(asked))) == given_
