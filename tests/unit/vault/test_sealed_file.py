"""Nothing of a person stands in the files of the database, and order keys say only what they must."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.access.people import ELSEWHERE, OWN
from tests.unit.ledger.evidence import entry
from tests.unit.vault.invented import (
    ADDRESS,
    CONTENTS,
    NAME,
    PHONE,
    REMARK,
    ROOM,
    SENDER_NAME,
    SENDER_PHONE,
    Strongroom,
    belongings,
    party,
    recipient,
    sender,
)

from yinji.db import Database
from yinji.db.database import sqlite_url
from yinji.db.schema import METADATA
from yinji.kernel.ids import Ref
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.keys.suites import AES_256, SM, SealBroken, Suite
from yinji.vault import envelope
from yinji.vault.buckets import HOURS_A_DAY, bucket_of, buckets_between, day_bucket
from yinji.vault.model import OrderKey, Plan, ToldOrder

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Strongroom]:
    folder = tmp_path_factory.mktemp("node")
    data, disclosures = (Database(sqlite_url(folder / f"{log}.db"), log=log) for log in ("data", "disclosures"))
    for database in (data, disclosures):
        METADATA.create_all(database.engine)
    yield Strongroom(data, disclosures, folder)
    data.close()
    disclosures.close()


def needles() -> list[bytes]:
    values = [NAME, PHONE, ADDRESS, ROOM, CONTENTS, REMARK, SENDER_NAME, SENDER_PHONE, "A-隐-2026", *recipient().masks]
    return [value.encode(code) for value in values for code in ("utf-8", "utf-16-le", "gb18030")]


def test_no_plaintext_stands_in_the_files_or_the_log_beside_them(room: Strongroom) -> None:
    parcel = room.take_in(goods=belongings("A-隐-2026"))
    room.vault.keep_sender(OWN, party(SENDER_NAME, SENDER_PHONE), entry=entry(1))
    room.reveal(parcel)
    room.found()
    while_open = room.raw()
    assert b"vault_parties" in while_open
    room.data.close()
    room.disclosures.close()
    for raw in (while_open, room.raw()):
        assert [needle for needle in needles() if needle in raw] == []


def test_no_key_stands_in_the_files(room: Strongroom) -> None:
    room.take_in()
    period = room.keys.period(OWN, 202611)
    secrets = [period.identity, *period.records.nodes.values(), *period.index.now.tree.nodes.values()]
    raw = room.raw()
    assert not any(key in raw or key.hex().encode() in raw for key in secrets)


def any_plan(name: str, phone: str, address: str) -> Plan:
    return replace(recipient(), party=party(name, phone, address), phone_digits=Private(phone))


TOLD = st.tuples(*[st.text("甲乙丙1A", max_size=3)] * 6)
"""Name, phone, address, order number, contents, remark, close enough to meet."""


def key(room: Strongroom, told: tuple[str, ...], merchant: str = "m", day: date | None = DAY, org: Ref = OWN) -> OrderKey:
    name, phone, address, number, contents, remark = told
    goods = belongings(number, contents, remark)
    plan = any_plan(name, phone, address)
    return room.vault.order_key(org, ToldOrder(merchant, False, day, plan.party, sender().party, goods, ("1", "")))  # noqa: FBT003 - a real order


@given(told=TOLD)
def test_the_same_order_has_the_same_key_every_time(room: Strongroom, told: tuple[str, ...]) -> None:
    assert key(room, told) == key(room, told)


@given(one=TOLD, other=TOLD)
def test_tags_meet_where_order_numbers_do_and_digests_where_everything_does(
    room: Strongroom, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    first, second = key(room, one), key(room, other)
    assert (first.tag == second.tag) is (one[3] == other[3])
    assert (first.digests.recipient == second.digests.recipient) is (one == other)
    assert first.digests.sender == second.digests.sender


@given(told=TOLD, merchants=st.lists(st.text("甲1:", max_size=4), min_size=2, max_size=2, unique=True))
def test_another_merchant_has_another_tag(room: Strongroom, told: tuple[str, ...], merchants: list[str]) -> None:
    one, other = (key(room, told, merchant) for merchant in merchants)
    assert one.tag != other.tag
    assert one.digests.recipient != other.digests.recipient


def test_another_day_organisation_or_no_day_is_another_tag(room: Strongroom) -> None:
    told = ("甲",) * 6
    keys = [key(room, told), key(room, told, day=DAY + timedelta(1)), key(room, told, day=None), key(room, told, org=ELSEWHERE)]
    assert len({each.tag for each in keys}) == 4
    assert key(room, told, day=None) == key(room, told, day=None)


def test_a_tag_says_nothing_of_its_order(room: Strongroom) -> None:
    made = key(room, ("甲", "13977665544", "乙", "A-1", "", ""))
    assert len(made.tag) == 16
    assert b"A-1" not in made.tag + made.digests.recipient


PLACE = {"org": OWN, "parcel": Ref(b"p" * 16), "role": PartyRole.RECIPIENT, "ref": Ref(b"r" * 16), "period": 202611, "leaf": 7}
BLOBS = st.lists(st.text(max_size=40), min_size=8, max_size=8)


@given(suite=st.sampled_from([SM, AES_256]), texts=BLOBS)
def test_any_texts_come_out_of_a_blob_as_they_went_in(suite: Suite, texts: list[str]) -> None:
    bound = envelope.binding(**PLACE)  # type: ignore[arg-type]  # a place spread into arguments
    lock = suite.lock(bytes(32))
    sealed = envelope.seal(lock, envelope.packed(texts), part=envelope.VALUES, bound_to=bound, nonce=bytes(12))
    assert envelope.unseal(lock, sealed, part=envelope.VALUES, bound_to=bound, members=8) == texts


@given(data=st.data(), suite=st.sampled_from([SM, AES_256]))
def test_a_blob_with_any_byte_changed_is_broken(data: st.DataObject, suite: Suite) -> None:
    bound = envelope.binding(**PLACE)  # type: ignore[arg-type]  # a place spread into arguments
    lock = suite.lock(bytes(32))
    sealed = bytearray(envelope.seal(lock, envelope.packed(["甲", "乙"]), part=b"V", bound_to=bound, nonce=bytes(12)))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        envelope.unseal(lock, bytes(sealed), part=b"V", bound_to=bound, members=8)


@pytest.mark.parametrize(
    "moved",
    [
        {"org": ELSEWHERE},
        {"parcel": Ref(b"q" * 16)},
        {"role": PartyRole.SENDER},
        {"ref": Ref(b"s" * 16)},
        {"period": 202612},
        {"leaf": 8},
    ],
    ids=str,
)
def test_a_blob_opens_nowhere_else(moved: dict[str, object]) -> None:
    here, there = envelope.binding(**PLACE), envelope.binding(**(PLACE | moved))  # type: ignore[arg-type]  # a place spread into arguments
    sealed = envelope.seal(SM.lock(bytes(32)), envelope.packed(["甲"]), part=envelope.VALUES, bound_to=here, nonce=bytes(12))
    for part, bound in ((envelope.VALUES, there), (envelope.MASKS, here)):
        with pytest.raises(SealBroken):
            envelope.unseal(SM.lock(bytes(32)), sealed, part=part, bound_to=bound, members=8)


@given(texts=BLOBS)
def test_no_text_stands_for_two(texts: list[str]) -> None:
    """Not even lone surrogates, and whatever a text has of control characters."""
    assert envelope.packed(texts).count(b"\xff") == max((at for at, text in enumerate(texts) if text), default=0)


@pytest.mark.parametrize("other", [b"\xff".join([b"x"] * 9), b"\xfe", b"\x80", b"x\xff\xe4"])
def test_packed_texts_that_are_no_text_or_too_many_are_broken(other: bytes) -> None:
    with pytest.raises(SealBroken):
        envelope.unpacked(other, 8)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" * 28, b"\x09" * 40])
def test_bytes_that_are_no_blob_are_broken(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        envelope.unseal(SM.lock(bytes(32)), sealed, part=envelope.VALUES, bound_to=b"", members=8)


@pytest.mark.parametrize(("one", "other"), [(SM, AES_256), (AES_256, SM)])
def test_a_blob_that_names_another_suite_is_broken(one: Suite, other: Suite) -> None:
    """The first byte says the suite: another one is broken even before its key and before the rest is looked at."""
    lock = one.lock(bytes(32))
    sealed = envelope.seal(lock, envelope.packed(["甲"]), part=envelope.VALUES, bound_to=b"", nonce=bytes(12))
    assert sealed[:1] == lock.prefix
    for wrong in (other.lock(bytes(32)).prefix, b"\x00", b"\xff"):
        with pytest.raises(SealBroken):
            envelope.unseal(lock, wrong + sealed[1:], part=envelope.VALUES, bound_to=b"", members=8)
    with pytest.raises(SealBroken):
        envelope.unseal(other.lock(bytes(32)), sealed, part=envelope.VALUES, bound_to=b"", members=8)


@given(at_ms=st.integers(0, 4_000_000_000_000), days=st.integers(0, 400), width=st.sampled_from(["day", "hour"]))
def test_the_buckets_of_a_window_are_exactly_those_of_its_moments(at_ms: int, days: int, width: str) -> None:
    last = bucket_of(at_ms, width=width)
    window = buckets_between(last - days * HOURS_A_DAY, last, width=width)
    earliest = at_ms - days * 86_400_000
    step = 3_600_000 if width == "hour" else 86_400_000
    if earliest - step >= 0:
        assert bucket_of(earliest, width=width) == window[0]
        assert bucket_of(earliest - step, width=width) not in window
    assert bucket_of(at_ms, width=width) == window[-1]
    assert bucket_of(at_ms + step, width=width) not in window


def test_a_days_bucket_is_the_bucket_of_its_moments() -> None:
    assert day_bucket(date(2026, 11, 21)) == bucket_of(1_795_233_600_000, width="day")


def test_no_file_is_left_open_to_others(room: Strongroom) -> None:
    assert Path(room.folder / "keys").stat().st_mode & 0o077 == 0
