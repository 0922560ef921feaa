"""People in delivery addresses and remarks are found; goods, notes and places are no people; companies are told apart."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.deid.people_forms import ADDRESSES, NOBODY, OTHER, in_addresses, in_remarks

from yinji.deid import FindingKind, companies, scan

RECALL_MIN = 0.97
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


def is_found(text: str, name: str) -> bool:
    """Say whether every character of a name lies in what the scan found."""
    start = text.index(name)
    return set(range(start, start + len(name))) <= {place for one in scan(text) for place in range(*one.span)}


@pytest.mark.parametrize("forms", [in_addresses, in_remarks])
def test_people_in_addresses_and_remarks_are_found(forms: Callable[[], Iterator[tuple[str, str]]]) -> None:
    found = [is_found(text, name) for text, name in forms()]
    assert sum(found) / len(found) >= RECALL_MIN


@pytest.mark.parametrize("text", OTHER)
def test_titles_nicknames_and_other_names_are_found(text: str) -> None:
    assert FindingKind.NAME in {one.kind for one in scan(text)}


@pytest.mark.parametrize("text", [*NOBODY, *ADDRESSES])
def test_nobody_is_found_where_nobody_is_named(text: str) -> None:
    assert [one for one in scan(text) if one.kind is FindingKind.NAME] == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("浙江省杭州市西湖区测试路12号杭州青枫科技有限公司", ["杭州青枫科技有限公司"]),
        ("放青枫便利店，谢谢", ["放青枫便利店"]),
        ("翡翠城3栋 王小明烟酒店", ["王小明烟酒店"]),
        ("测试路8号青枫五金厂；样例街2号翡翠打印店", ["青枫五金厂", "翡翠打印店"]),
        ("放门口，谢谢", []),
        ("店家发货", []),
    ],
)
def test_a_company_is_told_by_its_ending(text: str, named: list[str]) -> None:
    found = companies(text)
    assert [text[slice(*one.span)] for one in found] == named
    assert all(one.kind is FindingKind.COMPANY for one in found)


def test_a_company_is_no_person_but_a_shop_may_point_to_its_owner() -> None:
    assert scan("青枫科技有限公司") == ()
    (shop,) = companies("王小明烟酒店")
    (other,) = companies("青枫便利店")
    assert "owner" in shop.reason.en
    assert "owner" not in other.reason.en


@settings(max_examples=60)
@given(ANY_TEXT)
def test_companies_lie_apart_and_inside_any_text(text: str) -> None:
    found = companies(text)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
