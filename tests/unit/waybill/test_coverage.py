"""Counting waybills, and reading the items of the evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.kernel.faults import Misuse
from yinji.kernel.ids import FIRST_SHARD, Ref
from yinji.waybill.coverage.model import By, Group, Tally
from yinji.waybill.coverage.rules import counted, read_item, shares, total
from yinji.waybill.model import Waybill, WaybillKind
from yinji.waybill.rules import evidence_item

MIDNIGHT_MS = 1_795_276_800_000  # 2026-11-22 00:00 in Beijing, the 21st in London
BILL = Waybill(
    ref=Ref(b"r" * 16),
    shard=FIRST_SHARD,
    number="YJ1234567890128",
    merchant="M",
    destination="浙江 杭州 西湖区",
    pieces=1,
    token=b"t" * 16,
    rules="label-2026-11-22.0a1b2c3d",
    made_ms=MIDNIGHT_MS,
    batch=Ref(b"b" * 16),
    item=0,
    specimen=False,
    outlet="HZ-01",
    channel="taobao",
)
DAY = date(2026, 11, 22)
codes = st.text("ABCXYZ019._-", max_size=8)


@settings(max_examples=30)
@given(outlet=codes, channel=codes, kind=st.sampled_from(WaybillKind), specimen=st.booleans(), subs=st.lists(codes, max_size=3))
def test_an_item_of_the_evidence_tells_what_its_waybill_tells(
    *, outlet: str, channel: str, kind: WaybillKind, specimen: bool, subs: list[str]
) -> None:
    bill = replace(BILL, outlet=outlet, channel=channel, kind=kind, specimen=specimen, subs=tuple(subs))
    assert read_item(evidence_item(bill)) == Group(DAY, outlet, channel, BILL.rules, kind, specimen)


def test_a_day_is_a_beijing_day() -> None:
    assert read_item(evidence_item(BILL)).day == DAY
    assert read_item(evidence_item(replace(BILL, made_ms=MIDNIGHT_MS - 1))).day == date(2026, 11, 21)


def test_an_item_of_the_first_form_knows_no_outlet_and_no_exemption() -> None:
    former = replace(BILL, item_version=1, outlet="", channel="")
    assert read_item(evidence_item(former)) == Group(DAY, "", "", BILL.rules, WaybillKind.PRIVACY, specimen=False)


@pytest.mark.parametrize("cut", [0, 1, 20, 40, 60])
def test_what_is_no_whole_item_is_not_counted(cut: int) -> None:
    with pytest.raises(Misuse):
        read_item(evidence_item(BILL)[:cut])


def test_an_item_of_an_unknown_form_is_not_counted() -> None:
    with pytest.raises(Misuse, match="version 9"):
        read_item(b"\x09" + evidence_item(BILL)[1:])


def group(kind: WaybillKind = WaybillKind.PRIVACY, *, outlet: str = "A", specimen: bool = False) -> Group:
    return Group(DAY, outlet, "taobao", "label-1", kind, specimen)


def test_a_share_is_of_real_waybills_only() -> None:
    whole = total([Tally(group(), 9), Tally(group(WaybillKind.EXEMPT), 1), Tally(group(specimen=True), 500)])
    assert (whole.privacy, whole.exempt, whole.specimen, whole.share) == (9, 1, 500, 0.9)


def test_nothing_has_no_share() -> None:
    assert total([]).share is None
    assert total([Tally(group(specimen=True), 3)]).share is None


def test_shares_stand_under_their_keys_and_lose_nothing() -> None:
    tallies = counted([group(), group(), group(outlet="B"), group(WaybillKind.EXEMPT, outlet="B"), group(specimen=True)])
    by_outlet = shares(tallies, by=By.OUTLET)
    assert [(each.key, each.privacy, each.exempt, each.specimen) for each in by_outlet] == [("A", 2, 0, 1), ("B", 1, 1, 0)]
    for by in By:
        rows = shares(tallies, by=by)
        assert sum(each.waybills + each.specimen for each in rows) == 5
    assert [each.key for each in shares(tallies, by=By.DAY)] == ["2026-11-22"]
