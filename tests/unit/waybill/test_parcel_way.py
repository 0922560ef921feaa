"""From scans to a parcel's state: whatever the order of the reports, the same way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yinji.kernel.ids import Ref
from yinji.waybill.parcel.codes import code_lists
from yinji.waybill.parcel.model import ParcelState, Reported, Scan, Seen
from yinji.waybill.parcel.rules import as_seen, fresh_scans, way_of

PARCEL = Ref(b"p" * 16)


def seen(*scans: Scan) -> list[Seen]:
    """Scans a minute apart."""
    return [as_seen(Reported("YJ1", scan, 60_000 * at, "HUB-1", "TEST")) for at, scan in enumerate(scans, 1)]


def test_a_parcel_nobody_saw_is_announced() -> None:
    assert way_of(PARCEL, ()).state is ParcelState.ANNOUNCED


def test_a_parcel_goes_from_acceptance_to_delivery_in_order() -> None:
    way = way_of(PARCEL, seen(Scan.ACCEPTED, Scan.SORTED, Scan.DEPARTED, Scan.OUT_FOR_DELIVERY, Scan.DELIVERED))
    assert (way.state, way.odd, way.accepted_ms, way.ended_ms) == (ParcelState.DELIVERED, 0, 60_000, 300_000)


def test_inspection_and_screening_are_marks_and_no_states() -> None:
    way = way_of(PARCEL, seen(Scan.ACCEPTED, Scan.INSPECTED, Scan.SCREENED))
    assert (way.state, way.inspected, way.screened, way.odd) == (ParcelState.ACCEPTED, True, True, 0)


def test_a_scan_before_acceptance_is_kept_and_odd() -> None:
    way = way_of(PARCEL, seen(Scan.DEPARTED))
    assert (way.state, way.odd, way.accepted_ms) == (ParcelState.IN_TRANSPORT, 1, 0)


def test_a_second_acceptance_is_odd() -> None:
    assert way_of(PARCEL, seen(Scan.ACCEPTED, Scan.ACCEPTED)).odd == 1


def test_delivered_stays_delivered_whatever_is_scanned_later() -> None:
    way = way_of(PARCEL, seen(Scan.ACCEPTED, Scan.OUT_FOR_DELIVERY, Scan.DELIVERED, Scan.DEPARTED))
    assert (way.state, way.odd, way.ended_ms) == (ParcelState.DELIVERED, 1, 180_000)


def test_a_parcel_that_is_refused_comes_back() -> None:
    way = way_of(PARCEL, seen(Scan.ACCEPTED, Scan.OUT_FOR_DELIVERY, Scan.STUCK, Scan.RETURNING, Scan.RETURNED))
    assert (way.state, way.odd) == (ParcelState.RETURNED, 0)


def test_scans_of_one_minute_stand_in_the_order_of_the_way() -> None:
    at_once = [as_seen(Reported("YJ1", scan, 60_000)) for scan in (Scan.DEPARTED, Scan.SORTED, Scan.ACCEPTED)]
    assert way_of(PARCEL, at_once).odd == 0


@given(st.permutations(seen(Scan.ACCEPTED, Scan.SORTED, Scan.STUCK, Scan.OUT_FOR_DELIVERY, Scan.STORED, Scan.DELIVERED)))
def test_late_reports_lead_to_the_same_way(scans: list[Seen]) -> None:
    assert way_of(PARCEL, scans) == way_of(PARCEL, sorted(scans))


def test_the_same_report_twice_is_one_scan_and_the_sources_own_mark_decides() -> None:
    one = Reported("YJ1", Scan.ACCEPTED, 1_000, "HUB-1", "A", "m-1")
    later = Reported("YJ1", Scan.ACCEPTED, 2_000, "HUB-1", "A", "m-1")
    other = Reported("YJ1", Scan.ACCEPTED, 1_000, "HUB-1", "B", "m-1")
    assert len(fresh_scans((), [as_seen(one), as_seen(one), as_seen(later)])) == 1
    assert len(fresh_scans([as_seen(one)], [as_seen(other)])) == 1


def test_every_code_of_every_list_means_a_scan_and_the_own_names_are_whole() -> None:
    own = code_lists()["yinji"]
    assert {own.read(scan.name) for scan in Scan} == set(Scan)
    assert code_lists()["yzt-0154"].read("k1000") is Scan.ACCEPTED
    assert code_lists()["kuaidi100"].read("签收") is Scan.DELIVERED
    assert code_lists()["kuaidi100"].read("999") is None
