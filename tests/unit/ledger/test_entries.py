"""The canonical form: as published, one for one, and closed to what could name a person."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.unit.ledger.evidence import ACTOR, entry, ref
from tests.unit.ledger.vectors import PAGE, VECTORS

from yinji.kernel.actor import Actor
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.faults import Misuse
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.purpose import Purpose
from yinji.ledger.entries import Misshapen, check_shape, decode, encode
from yinji.ledger.model import Recorded
from yinji.ledger.tree import leaf_hash

codes = some.from_regex(r"[A-Za-z][A-Za-z._:/@+-]{0,40}", fullmatch=True)
refs = some.binary(min_size=16, max_size=16).map(Ref)


def recorded_from(vector: dict[str, Any]) -> Recorded:
    taken = {name: bytes.fromhex(vector[name]) for name in ("ref", "account", "org", "root")}
    return Recorded(
        ref=Ref(taken["ref"]),
        entry=Entry(
            event=Event(vector["event"]),
            actor=Actor(Ref(taken["account"]), Ref(taken["org"]), vector["post"], vector["where"]),
            purpose=Purpose(vector["purpose"]),
            at_ms=vector["at_ms"],
            shard=Shard(vector["shard"]),
            about=tuple(Ref(bytes.fromhex(one)) for one in vector["about"]),
            count=vector["count"],
            root=taken["root"],
            ground=vector["ground"],
        ),
    )


@pytest.mark.parametrize("vector", VECTORS["entries"])
def test_the_published_vectors_are_what_we_write_and_read(vector: dict[str, Any]) -> None:
    body = bytes.fromhex(vector["body"])
    assert encode(recorded_from(vector)) == body
    assert decode(body) == recorded_from(vector)
    assert leaf_hash(body).hex() == vector["leaf"]


def test_the_page_quotes_the_vectors() -> None:
    first = VECTORS["entries"][0]
    bare = "".join(PAGE.split())
    assert first["body"] in bare
    assert first["leaf"] in bare
    assert VECTORS["checkpoint"]["note"] in PAGE
    assert VECTORS["checkpoint"]["key"] in PAGE
    assert VECTORS["tlog_proof"] in PAGE


@given(
    some.builds(
        Entry,
        event=some.sampled_from(Event),
        actor=some.builds(Actor, account=refs, org=refs, post=codes, where=codes),
        purpose=some.sampled_from(Purpose),
        at_ms=some.integers(0, 2**48 - 1),
        shard=some.integers(0, 4095).map(Shard),
        about=some.lists(refs, max_size=4).map(tuple),
        count=some.integers(0, 2**40),
        root=some.sampled_from([b"", bytes(32), bytes(range(32))]),
        ground=some.just("") | codes,
    ),
    refs,
)
def test_what_is_encoded_is_decoded_and_has_one_form(said: Entry, own: Ref) -> None:
    body = encode(Recorded(own, said))
    assert decode(body) == Recorded(own, said)
    assert encode(decode(body)) == body


@given(some.binary(max_size=300) | some.binary(max_size=300).map(lambda tail: b"YJE\x01" + tail))
def test_foreign_bytes_are_refused_and_never_crash(body: bytes) -> None:
    with suppress(Misshapen):
        assert encode(decode(body)) == body


def test_no_byte_can_be_added_or_left_out() -> None:
    body = encode(Recorded(ref(1), entry(1, about=(ref(2),), root=bytes(32), ground="RULE")))
    check_shape(body)
    for wrong in (*(body[:i] for i in range(len(body))), body + b"\0"):
        with pytest.raises(Misshapen):
            check_shape(wrong)


def test_every_byte_changes_the_leaf() -> None:
    body = encode(Recorded(ref(1), entry(1, about=(ref(2),), root=bytes(32), ground="RULE")))
    leaves = {leaf_hash(body[:i] + bytes([body[i] ^ 1]) + body[i + 1 :]) for i in range(len(body))}
    assert len(leaves | {leaf_hash(body)}) == len(body) + 1


@pytest.mark.parametrize(
    "text",
    ["", "王小明", "two words", "x" * 65, "-begins-badly", "line\nbreak", "quote'", "13800001111", "tel:13800001111",
     "+8613800001111", "86-13800001111", "11010119900101123X", "id/110101199001011234"],
)  # fmt: skip
@pytest.mark.parametrize("field", ["post", "where", "ground"])
def test_what_could_say_a_person_is_no_code(field: str, text: str) -> None:
    if (field, text) == ("ground", ""):
        return  # the ground may be left out
    parts = {"post": ACTOR.post, "where": ACTOR.where}
    said = entry(1, ground=text) if field == "ground" else entry(1, actor=Actor(ref(1), ref(2), **(parts | {field: text})))
    with pytest.raises(Misuse) as caught:
        encode(Recorded(ref(3), said))
    assert not text or text not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["019a9e4b-6c00-7003-8a11-223344556677", "gb:GB/T41833-2022", "QUOTA_SPENT", "terminal-3", "127.0.0.1:8443", "a" * 64],
)
def test_references_rules_and_hosts_are_codes(text: str) -> None:
    assert decode(encode(Recorded(ref(1), entry(1, ground=text)))).entry.ground == text


@pytest.mark.parametrize(
    "other",
    [{"root": b"short"}, {"about": (b"short",)}, {"about": (ref(1),) * 4_001}, {"at_ms": -1}, {"count": -1}, {"shard": 4_096}],
)
def test_shapes_outside_the_grammar_are_a_misuse(other: dict[str, Any]) -> None:
    with pytest.raises(Misuse):
        encode(Recorded(ref(1), entry(1, **other)))


def test_the_largest_entry_fits_an_entry_bundle() -> None:
    longest = Actor(ref(1), ref(2), "p" * 64, "w" * 64)
    said = entry(1, actor=longest, ground="g" * 64, root=bytes(32), about=(ref(3),) * 4_000)
    assert len(encode(Recorded(ref(4), said))) < 2**16
