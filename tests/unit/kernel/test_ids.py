"""References: UUIDv7 that carry shard and time."""

from __future__ import annotations

import os
import uuid
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.kernel.faults import Misuse
from yinji.kernel.ids import (
    FIRST_SHARD,
    SHARDS_MAX,
    Ref,
    Shard,
    mint_ref,
    mint_refs,
    read_ref,
    shard_for,
    shard_of,
    show_ref,
)

MOMENTS = st.integers(0, (1 << 48) - 1)
SHARDS = st.integers(0, SHARDS_MAX - 1).map(Shard)


@given(shard=SHARDS, at_ms=MOMENTS, tail=st.binary(min_size=8, max_size=8))
def test_a_reference_is_a_uuid_of_version_seven_whatever_the_randomness(shard: Shard, at_ms: int, tail: bytes) -> None:
    ref = mint_ref(shard=shard, at_ms=at_ms, random=lambda _: tail)
    read = uuid.UUID(bytes=bytes(ref))
    assert len(ref) == 16
    assert (read.version, read.variant) == (7, uuid.RFC_4122)


@given(shard=SHARDS, at_ms=MOMENTS)
def test_a_reference_carries_its_shard_and_moment(shard: Shard, at_ms: int) -> None:
    ref = mint_ref(shard=shard, at_ms=at_ms, random=os.urandom)
    assert shard_of(ref) == shard
    assert int.from_bytes(ref[:6], "big") == at_ms


@given(seed=st.binary(min_size=8, max_size=8), shard=SHARDS)
def test_references_keep_every_random_bit_but_the_two_of_the_variant(seed: bytes, shard: Shard) -> None:
    tails = b"".join(seed[at:] + seed[:at] for at in range(8)) + seed * 2
    refs = mint_refs(10, shard=shard, at_ms=1, random=lambda _: tails)
    for at, ref in enumerate(refs):
        given_bits = int.from_bytes(tails[8 * at : 8 * at + 8], "big")
        assert int.from_bytes(ref[8:], "big") & ((1 << 62) - 1) == given_bits & ((1 << 62) - 1)


def test_ten_thousand_references_of_one_moment_are_all_different() -> None:
    assert len(set(mint_refs(10_000, shard=Shard(7), at_ms=1, random=os.urandom))) == 10_000


@given(st.lists(MOMENTS, unique=True, max_size=20), st.data())
def test_references_sort_by_time_whatever_their_shard(moments: list[int], data: st.DataObject) -> None:
    refs = {at: mint_ref(shard=data.draw(SHARDS), at_ms=at, random=os.urandom) for at in moments}
    assert sorted(refs.values()) == [refs[at] for at in sorted(refs)]


@pytest.mark.parametrize("shard", [-1, SHARDS_MAX])
def test_a_shard_outside_the_field_is_misuse(shard: int) -> None:
    with pytest.raises(Misuse):
        mint_ref(shard=Shard(shard), at_ms=1, random=os.urandom)


def test_no_references_are_minted_where_none_are_asked_for() -> None:
    assert mint_refs(0, shard=FIRST_SHARD, at_ms=1, random=os.urandom) == []


@given(st.binary(min_size=16, max_size=16))
def test_a_shown_reference_reads_back(raw: bytes) -> None:
    assert read_ref(show_ref(Ref(raw))) == raw


@pytest.mark.parametrize("text", ["", "YJ100000000001", "019a0000-0000-7000-8000-00000000000g"])
def test_a_text_that_is_no_reference_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"UUID|base 16"):
        read_ref(text)


@given(org=st.binary(min_size=16, max_size=16), merchant=st.text("商家a1", max_size=8), key=st.text("0123456789-", max_size=20))
def test_the_shard_of_an_order_is_the_same_every_time_and_within_bounds(org: bytes, merchant: str, key: str) -> None:
    shards = [shard_for(org=Ref(org), merchant=merchant, order_key=key, shards=n) for n in (1, 16, 4096, 16)]
    assert shards[0] == FIRST_SHARD
    assert shards[1] == shards[3]
    assert 0 <= shards[1] < 16
    assert 0 <= shards[2] < 4096


def test_the_shard_of_an_order_never_changes_between_releases() -> None:
    assert shard_for(org=Ref(bytes(range(16))), merchant="青禾书店", order_key="A-1", shards=4096) == PINNED


PINNED = 1626
"""Rows stand where this hash put them: another value would lose every order already stored."""


def test_orders_spread_over_the_shards() -> None:
    org = Ref(bytes(16))
    counts = Counter(shard_for(org=org, merchant="m", order_key=str(n), shards=16) for n in range(16_000))
    assert len(counts) == 16
    assert max(counts.values()) < 1_200
    assert min(counts.values()) > 800
