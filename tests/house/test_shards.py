"""A row is found by whose it is and its shard, and a reference alone says the shard."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, LargeBinary, MetaData, Table
from tests.house.tables import schema

from yinji.kernel.faults import Misuse
from yinji.kernel.ids import REF_BYTES, SHARDS_MAX, RandomBytes, Ref, Shard, mint_refs, read_ref, shard_for, shard_of, show_ref

WITHOUT_PLACE = {
    "access_nodes": "one row a node: it says whose node it is",
    "access_orgs": "the tree of organisations, read whole; thousands of rows, not millions",
    "access_accounts": "found by code before the organisation is known; as many rows as staff",
    "access_sign_ins": "as many rows as staff",
    "access_tries": "as many rows as staff",
    "access_query_salts": "one row a day",
    "access_query_counts": "slots of the public's tries: nobody is signed in, and no more rows than slots",
    "access_query_hours": "one row an hour, until it is told",
    "access_sessions": "found by a token before the organisation is known; as many rows as browsers of staff",
    "access_api_keys": "found by a key before the organisation is known; as many rows as programs",
    "access_views": "found by an account; as many rows as staff name filters, bounded for each",
    "access_view_firsts": "as many rows as staff",
    "db_leases": "one row a chore",
    "ledger_pending": "one sequence a log",
    "ledger_entries": "one sequence a log",
    "ledger_nodes": "one tree a log",
    "ledger_heads": "one row a log",
    "ledger_checkpoints": "one sequence a log",
    "ledger_cosignatures": "a few lines a checkpoint",
    "ledger_watched": "one row a log that this node witnesses",
    "ledger_witnesses": "one row a witness",
    "keys_backups": "one row a backup of the key store",
}
"""Tables whose primary key does not begin with org_id and shard, and why."""

MILLISECONDS = st.integers(0, 2**48 - 1)
SHARDS = st.integers(0, SHARDS_MAX - 1)


def _invented(seed: int) -> RandomBytes:
    return Random(seed).randbytes  # noqa: S311 - a test wants the same references again


def misplaced(tables: MetaData) -> set[str]:
    """Tables whose primary key does not begin with organisation and shard."""
    return {
        table.name
        for table in tables.tables.values()
        if [column.name for column in table.primary_key.columns][:2] != ["org_id", "shard"]
    }


def test_every_hot_table_begins_with_organisation_and_shard() -> None:
    assert misplaced(schema()) == WITHOUT_PLACE.keys(), "use db.schema.place(), or argue for the table in WITHOUT_PLACE"


def test_every_index_of_a_hot_table_begins_with_organisation() -> None:
    indexes = [index for table in schema().tables.values() if table.name not in WITHOUT_PLACE for index in table.indexes]
    assert indexes
    assert not [index.name for index in indexes if [column.name for column in index.columns][:2] != ["org_id", "shard"]]


def test_a_table_without_its_place_is_seen() -> None:
    wrong = MetaData()
    Table("contact_calls", wrong, Column("ref", LargeBinary, primary_key=True), Column("org_id", LargeBinary))
    assert misplaced(wrong) == {"contact_calls"}


@given(SHARDS, MILLISECONDS, st.integers(1, 40), st.integers())
def test_a_reference_carries_its_shard(shard: int, at_ms: int, count: int, seed: int) -> None:
    refs = mint_refs(count, shard=Shard(shard), at_ms=at_ms, random=_invented(seed))
    assert len(set(refs)) == count
    for ref in refs:
        assert (len(ref), shard_of(ref)) == (REF_BYTES, shard)
        assert int.from_bytes(ref[:6], "big") == at_ms
        assert (ref[6] >> 4, ref[8] >> 6) == (7, 0b10)  # version and variant of RFC 9562, 5.7
        assert read_ref(show_ref(ref)) == ref


@given(SHARDS, MILLISECONDS, MILLISECONDS)
def test_references_of_one_shard_sort_by_their_moment(shard: int, one: int, other: int) -> None:
    first, second = (mint_refs(1, shard=Shard(shard), at_ms=ms, random=bytes)[0] for ms in sorted((one, other)))
    assert first <= second


@given(st.binary(min_size=16, max_size=16), st.text(), st.text(), st.integers(1, 4) | st.integers(1, SHARDS_MAX))
def test_an_order_has_one_shard_among_those_there_are(org: bytes, merchant: str, key: str, shards: int) -> None:
    shard = shard_for(org=Ref(org), merchant=merchant, order_key=key, shards=shards)
    assert 0 <= shard < shards
    assert shard == shard_for(org=Ref(org), merchant=merchant, order_key=key, shards=shards)


@pytest.mark.parametrize("shard", [-1, SHARDS_MAX])
def test_a_shard_that_no_reference_can_carry_is_refused(shard: int) -> None:
    with pytest.raises(Misuse, match="shard"):
        mint_refs(1, shard=Shard(shard), at_ms=0, random=bytes)
