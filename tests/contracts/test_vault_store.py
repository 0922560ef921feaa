"""The vault on every engine: what goes in comes out only as it may, and only where it was put."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from tests.unit.access.people import COURIER, ELSEWHERE, OPERATOR, OWN, STRANGER, ask, granted
from tests.unit.kernel.fixed_clock import DAY_MS
from tests.unit.ledger.evidence import entry
from tests.unit.vault.invented import (
    ADDRESS,
    CONTENTS,
    NAME,
    PHONE,
    REMARK,
    SENDER_ADDRESS,
    SENDER_NAME,
    SENDER_PHONE,
    Strongroom,
    belongings,
    key_store,
    party,
    recipient,
    seen,
    sender,
    told,
)

from yinji.db import Database
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.faults import Misuse
from yinji.kernel.ids import FIRST_SHARD, Ref, shard_of
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.keys.suites import AES_256, SM, Suite
from yinji.keys.tree import BLOCK_LEAVES
from yinji.vault import envelope, store
from yinji.vault.leaves import Leaves
from yinji.vault.model import Masks, Plan, Standing
from yinji.vault.periods.service import Periods
from yinji.vault.search import Sought

Factory = Callable[..., Database]

R, S = PartyRole.RECIPIENT, PartyRole.SENDER
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text("𠀀𪚥🏠ａ１室", max_size=20)


@pytest.fixture
def room(database_factory: Factory, tmp_path: Path) -> Strongroom:
    return Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path)


def rows(room: Strongroom, parcel: Ref, role: PartyRole = R) -> Any:
    with room.data.reading() as reading:
        found = store.party(reading, org=OWN, shard=shard_of(parcel), parcel=parcel, role=role)
    assert found is not None
    return found


def tamper(room: Strongroom, parcel: Ref, role: PartyRole = R, **new: Any) -> None:
    with room.data.work() as work:
        met = work.change(
            update(store.PARTIES)
            .where(store.PARTIES.c.parcel == parcel, store.PARTIES.c.role == store.ROLE_CODES[role])
            .values(**new)
        )
        work.append(entry(1))
    assert met == 1


def any_plan(name: str, phone: str, address: str) -> Plan:
    """Return a plan over any texts at all, as the vault must keep them."""
    masks = Masks("*" * len(name), phone[:1], address[:2])
    return replace(recipient(), party=party(name, phone, address), masks=masks, phone_digits=Private(phone))


@pytest.mark.parametrize("suite", [SM, AES_256], ids=lambda suite: suite.name)
def test_six_members_come_out_as_they_went_in_whatever_they_are(
    database_factory: Factory, tmp_path: Path, suite: Suite
) -> None:
    room = Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path, suite=suite)

    @settings(max_examples=25, deadline=None)
    @given(st.lists(ANY_TEXT, min_size=6, max_size=6))
    def property_holds(six: list[str]) -> None:
        name, phone, address, number, contents, remark = six
        parcel = room.take_in(any_plan(name, phone, address), goods=belongings(number + str(room._numbers), contents, remark))
        members = ("name", "phone", "address", "order_number", "contents", "remark")
        six[3] = number + str(room._numbers - 1)
        assert seen(room.reveal(parcel)) == dict(zip(members, six, strict=True))

    property_holds()


def test_masks_come_out_as_they_went_in(room: Strongroom) -> None:
    parcel = room.take_in()
    assert seen(room.reveal(parcel, View.MASKED)) == recipient().masks._asdict()


def test_the_sender_comes_out_apart_and_without_the_goods(room: Strongroom) -> None:
    parcel = room.take_in()
    assert seen(room.reveal(parcel, View.ALL, S)) == {
        "name": SENDER_NAME, "phone": SENDER_PHONE, "address": SENDER_ADDRESS,
        "order_number": "", "contents": "", "remark": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("view", "shown"),
    [(View.NAME, {"name": NAME}), (View.PHONE, {"phone": PHONE}), (View.ADDRESS, {"address": ADDRESS})],
)
def test_a_view_shows_its_member_and_no_other(room: Strongroom, view: View, shown: dict[str, str]) -> None:
    assert seen(room.reveal(room.take_in(), view)) == shown


def test_what_is_seen_is_still_wrapped(room: Strongroom) -> None:
    answer = room.reveal(room.take_in())
    assert not any(value in repr(answer) for value in (NAME, PHONE, ADDRESS, CONTENTS, REMARK))


def test_a_courier_sees_the_address_and_a_stranger_nothing(room: Strongroom) -> None:
    parcel = room.take_in()
    assert seen(room.reveal(parcel, View.ADDRESS, actor=COURIER, purpose=Purpose.DELIVER)) == {"address": ADDRESS}
    assert room.reveal(parcel, View.ALL, actor=COURIER, purpose=Purpose.DELIVER) == Refuse(
        Refusal.PURPOSE_NOT_ALLOWED, "deliver: all"
    )
    assert isinstance(room.reveal(parcel, View.MASKED, actor=STRANGER), Refuse)


def test_the_operator_of_another_organisation_cannot_reveal_our_parcel(room: Strongroom) -> None:
    parcel = room.take_in()
    about = room.vault.party_ref(org=OWN, parcel=parcel, role=R)
    permit = granted(room.access.declare(ask(replace(OPERATOR, org=ELSEWHERE), view=View.ALL, about=about)))
    assert room.vault.reveal(parcel, permit) == Refuse(Refusal.PERSON_FORGOTTEN)


def test_a_permit_for_one_parcel_does_not_open_another(room: Strongroom) -> None:
    mine, other = room.take_in(), room.take_in(recipient("上官明远"))
    permit = granted(room.access.declare(ask(view=View.ALL, about=room.vault.party_ref(org=OWN, parcel=mine, role=R))))
    assert room.vault.reveal(other, permit) == Refuse(Refusal.PERMIT_MISMATCH)


def test_a_permit_to_search_does_not_reveal(room: Strongroom) -> None:
    parcel = room.take_in()
    permit = granted(room.access.declare(ask(deed=Deed.FIND, view=View.MASKED, about=None)))
    assert room.vault.reveal(parcel, permit) == Refuse(Refusal.PERMIT_MISMATCH)


def test_a_permit_to_reveal_does_not_search(room: Strongroom) -> None:
    """A courier may look at one parcel, and may never search: one permit must not do for the other."""
    parcel = room.take_in()
    about = room.vault.party_ref(org=OWN, parcel=parcel, role=R)
    permit = granted(room.access.declare(ask(COURIER, purpose=Purpose.DELIVER, view=View.MASKED, about=about)))
    assert room.vault.find(Sought.by_phone(Private(PHONE)), permit) == Refuse(Refusal.PERMIT_MISMATCH)


def test_a_reveal_leaves_intent_and_outcome(room: Strongroom) -> None:
    room.reveal(room.take_in())
    room.evidence.sequence(room.disclosures)
    said = [placed.recorded.entry.event for placed in room.evidence.entries(room.disclosures)]
    assert said == [Event.REVEAL_INTENDED, Event.REVEAL_ENDED]


def test_a_parcel_nobody_knows_has_no_party(room: Strongroom) -> None:
    assert room.vault.party_ref(org=OWN, parcel=Ref(bytes(16)), role=R) is None
    permit = granted(room.access.declare(ask(view=View.ALL)))
    assert room.vault.reveal(Ref(bytes(16)), permit) == Refuse(Refusal.PERSON_FORGOTTEN)


BROKEN = Refuse(Refusal.SEAL_BROKEN, "recipient")


def test_a_blob_moved_to_another_parcel_is_broken(room: Strongroom) -> None:
    one, other = room.take_in(), room.take_in()
    moved = rows(room, one)
    tamper(room, other, sealed_values=moved.sealed_values, sealed_masks=moved.sealed_masks)
    assert room.reveal(other) == room.reveal(other, View.MASKED) == BROKEN


def test_a_blob_moved_with_its_leaf_is_still_broken(room: Strongroom) -> None:
    one, other = room.take_in(), room.take_in()
    moved = rows(room, one)
    tamper(room, other, sealed_values=moved.sealed_values, leaf=moved.leaf, period=moved.period)
    assert room.reveal(other) == BROKEN


def test_a_blob_moved_to_the_other_party_is_broken(room: Strongroom) -> None:
    parcel = room.take_in()
    moved = rows(room, parcel, S)
    tamper(room, parcel, sealed_values=moved.sealed_values, leaf=moved.leaf)
    assert room.reveal(parcel) == BROKEN


def test_a_blob_moved_to_another_leaf_is_broken(room: Strongroom) -> None:
    parcel = room.take_in()
    tamper(room, parcel, leaf=rows(room, parcel).leaf + 1)
    assert room.reveal(parcel) == BROKEN


def test_a_blob_moved_to_another_period_is_broken(room: Strongroom) -> None:
    parcel = room.take_in()
    """A period nobody began has no keys: what stands in it cannot be told from what was erased."""
    room.clock.pass_ms(31 * DAY_MS)
    room.take_in()
    for period, end in ((202612, BROKEN), (202701, Refuse(Refusal.PERSON_FORGOTTEN))):
        tamper(room, parcel, period=period)
        assert room.reveal(parcel) == end


def test_values_and_masks_do_not_stand_in_for_each_other(room: Strongroom) -> None:
    parcel = room.take_in()
    row = rows(room, parcel)
    tamper(room, parcel, sealed_values=row.sealed_masks, sealed_masks=row.sealed_values)
    assert room.reveal(parcel) == room.reveal(parcel, View.MASKED) == BROKEN


def test_a_parcel_moved_to_another_organisation_is_broken(room: Strongroom) -> None:
    parcel = room.take_in()
    tamper(room, parcel, org_id=ELSEWHERE)
    room.take_in(org=ELSEWHERE)
    actor = replace(OPERATOR, org=ELSEWHERE)
    assert room.reveal(parcel, actor=actor) == BROKEN


def test_a_flipped_byte_anywhere_is_broken(room: Strongroom) -> None:
    parcel = room.take_in()
    whole = bytes(rows(room, parcel).sealed_values)
    for at in (0, 1, 12, 13, len(whole) // 2, len(whole) - 1):
        tamper(room, parcel, sealed_values=whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        assert room.reveal(parcel) == BROKEN, at
    tamper(room, parcel, sealed_values=b"")
    assert room.reveal(parcel) == BROKEN
    tamper(room, parcel, sealed_values=whole)
    assert seen(room.reveal(parcel))["name"] == NAME


def test_a_broken_seal_is_said_as_the_outcome(room: Strongroom) -> None:
    parcel = room.take_in()
    tamper(room, parcel, sealed_values=b"x")
    room.reveal(parcel)
    room.evidence.sequence(room.disclosures)
    assert room.evidence.entries(room.disclosures)[-1].recorded.entry.ground == "SEAL_BROKEN"


def test_broken_masks_stop_a_search_by_name(room: Strongroom) -> None:
    tamper(room, room.take_in(), sealed_masks=b"x")
    assert room.find(PHONE) == Refuse(Refusal.SEAL_BROKEN, "masks")


def test_leaves_are_never_handed_out_twice(database_factory: Factory, tmp_path: Path) -> None:
    keys = key_store(tmp_path / "keys")
    keys.period(OWN, 202611)
    one, other = (Leaves(database, Periods(database, keys)) for database in (database_factory(), database_factory()))

    def take(leaves: Leaves) -> list[int]:
        place = {"org": OWN, "shard": FIRST_SHARD, "period": 202611}
        return [leaf for _ in range(5) for leaf, _ in leaves.take(BLOCK_LEAVES // 3, **place)]  # type: ignore[arg-type]  # a place spread into arguments

    with ThreadPoolExecutor(4) as four:
        taken = [
            leaf for each in [four.submit(take, leaves) for leaves in (one, other, one, other)] for leaf in each.result(60)
        ]
    assert len(taken) == len(set(taken)) == 20 * (BLOCK_LEAVES // 3)


def test_two_parties_of_one_parcel_have_leaves_of_their_own(room: Strongroom) -> None:
    parcels = [room.take_in() for _ in range(5)]
    leaves = [rows(room, parcel, role).leaf for parcel in parcels for role in (R, S)]
    assert len(set(leaves)) == 10


def test_no_key_meets_a_nonce_twice(room: Strongroom) -> None:
    """A batch has one nonce for values and another for masks; a label that is sealed anew under its key has a third."""
    parcels = [room.take_in() for _ in range(4)]
    met = [rows(room, parcel, role) for parcel in parcels for role in (R, S)]
    nonces = [bytes(blob)[1:13] for row in met for blob in (row.sealed_values, row.sealed_masks)]
    assert len(set(nonces)) == 2 * len(parcels)
    sealer = room.vault._sealer
    again = sealer.relabel(met[0], sealer.unseal(met[0], envelope.MASKS))
    assert again[1:13] not in nonces


def test_leasing_inside_an_open_work_is_misuse(room: Strongroom) -> None:
    with room.disclosures.work(), pytest.raises(Misuse, match=r"vault\.(leaves|periods)"):
        Leaves(room.data, Periods(room.data, room.keys)).take(1, org=OWN, shard=FIRST_SHARD, period=202611)


def test_the_keys_of_a_batch_are_those_of_each_order_by_itself(room: Strongroom) -> None:
    handed = replace(belongings("A-3"), handed_by=Private("周舟"))
    goods = [belongings("A-1"), belongings("A-2"), handed, belongings("A-1")]
    days = [date(2026, 11, 20), None, date(2026, 11, 19), date(2026, 11, 20)]
    who = sender().party  # a batch has one sender
    every = [replace(told(recipient(), each), ordered=day, sender=who) for each, day in zip(goods, days, strict=True)]
    for undated in (True, False):
        room.vault._undated[OWN] = undated
        keys = room.vault.order_keys(OWN, every)
        assert keys == [room.vault.order_key(OWN, each) for each in every]
        assert keys[0] == keys[3]
        assert len({key.tag for key in keys}) == 3
        assert keys[2].digests.sender != keys[0].digests.sender == keys[1].digests.sender


def test_an_order_is_known_again_by_its_key(room: Strongroom) -> None:
    parcel = room.take_in(goods=belongings("A-77"))
    plan = recipient()
    keys = [room.vault.order_key(OWN, told(plan, belongings(number))) for number in ("A-77", "A-78")]
    with room.data.reading() as reading:
        known = room.vault.known_orders(reading, org=OWN, shard=FIRST_SHARD, keys=keys)
        assert room.vault.known_orders(reading, org=ELSEWHERE, shard=FIRST_SHARD, keys=keys) == {}
    assert known == {keys[0].tag: parcel}
    standing = room.vault.standing_orders
    with room.data.reading() as reading:
        (stands,) = standing(reading, org=OWN, shard=FIRST_SHARD, parcels=[parcel]).values()
        assert standing(reading, org=OWN, shard=FIRST_SHARD, parcels=[ELSEWHERE]) == {}
    assert isinstance(stands, Standing)
    assert (len(stands.token), stands.digests) == (20, keys[0].digests)
    assert (stands.said(keys[0]), stands.said(keys[1])) == (True, False)


def test_the_same_order_is_not_written_twice(room: Strongroom) -> None:
    room.take_in(goods=belongings("A-77"))
    with pytest.raises(Exception):  # noqa: B017, PT011 - each engine has its own error: what counts is what stays
        room.take_in(goods=belongings("A-77"))
    assert len(room.found()) == 1


def test_the_standing_sender_is_kept_and_replaced(room: Strongroom) -> None:
    assert room.vault.standing_sender(OWN) is None
    for name in (SENDER_NAME, "司徒若兰"):
        room.vault.keep_sender(OWN, party(name, SENDER_PHONE, SENDER_ADDRESS), entry=entry(1))
        kept = room.vault.standing_sender(OWN)
        assert isinstance(kept, Party)
        assert (kept.name.open(), kept.phone.open(), kept.address.open()) == (name, SENDER_PHONE, SENDER_ADDRESS)
    with room.data.reading() as reading:
        assert len(reading.rows(select(store.PARTIES.c.parcel))) == 1
    assert room.vault.standing_sender(ELSEWHERE) is None


def test_a_standing_sender_that_was_moved_is_broken(room: Strongroom) -> None:
    for org in (OWN, ELSEWHERE):
        room.vault.keep_sender(org, party(), entry=entry(1))
    with room.data.work() as work:
        work.change(store.PARTIES.delete().where(store.PARTIES.c.org_id == ELSEWHERE))
        work.change(update(store.PARTIES).values(org_id=ELSEWHERE, parcel=ELSEWHERE))
        work.append(entry(1))
    assert room.vault.standing_sender(ELSEWHERE) == Refuse(Refusal.SEAL_BROKEN, "sender")


def test_a_month_later_another_period_seals_and_both_open(room: Strongroom) -> None:
    before = room.take_in()
    room.clock.pass_ms(31 * DAY_MS)
    after = room.take_in()
    assert rows(room, before).period != rows(room, after).period
    assert seen(room.reveal(before)) | {"order_number": ""} == seen(room.reveal(after)) | {"order_number": ""}


def test_another_process_with_the_same_keys_opens_what_was_sealed(room: Strongroom, database_factory: Factory) -> None:
    parcel = room.take_in()
    again = Strongroom(database_factory(), database_factory(log="disclosures"), room.folder)
    assert seen(again.reveal(parcel))["name"] == NAME
    assert again.found() == [parcel]
