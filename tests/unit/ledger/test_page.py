"""The published vectors, made again from the page's sentences alone: hashlib, struct, a signature, none of our own code."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.unit.ledger.vectors import PAGE, VECTORS

LOG = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes([8]) * 32)
LOG_NAME, WITNESS_NAME = "node.example", "witness.example/w1"
AT_S = 1_795_000_600


def entry_bytes(said: dict[str, Any]) -> bytes:
    codes = [said[name].encode() for name in ("purpose", "post", "where", "ground")]
    root, about = bytes.fromhex(said["root"]), [bytes.fromhex(each) for each in said["about"]]
    fixed = [
        b"YJE\x01",
        said["event"].to_bytes(2, "big"),
        said["shard"].to_bytes(2, "big"),
        said["at_ms"].to_bytes(8, "big"),
        *(bytes.fromhex(said[name]) for name in ("ref", "account", "org")),
        said["count"].to_bytes(8, "big"),
        bytes(map(len, codes)),
        bytes([len(root)]),
        len(about).to_bytes(2, "big"),
    ]
    return b"".join([*fixed, *codes, root, *about])


def leaf(body: bytes) -> bytes:
    return sha256(b"\x00" + body).digest()


def tree(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while 2 * half < len(leaves):
        half *= 2
    return sha256(b"\x01" + tree(leaves[:half]) + tree(leaves[half:])).digest()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def key_id(name: str, kind: int, key: Ed25519PrivateKey) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([kind]) + key.public_key().public_bytes_raw()).digest()[:4]


def key_text(name: str, kind: int, key: Ed25519PrivateKey) -> str:
    return f"{name}+{key_id(name, kind, key).hex()}+{b64(bytes([kind]) + key.public_key().public_bytes_raw())}"


def note(size: int) -> str:
    text = f"node.example/data\n{size}\n{b64(tree(LEAVES[:size]))}\n"
    return f"{text}\n— {LOG_NAME} {b64(key_id(LOG_NAME, 1, LOG) + LOG.sign(text.encode()))}\n"


def cosignature(signed: str) -> str:
    text = signed.split("\n\n", maxsplit=1)[0] + "\n"
    signature = WITNESS.sign(f"cosignature/v1\ntime {AT_S}\n{text}".encode())
    return f"— {WITNESS_NAME} {b64(key_id(WITNESS_NAME, 4, WITNESS) + AT_S.to_bytes(8, 'big') + signature)}\n"


BODIES = [entry_bytes(said) for said in VECTORS["entries"]]
LEAVES = [leaf(body) for body in BODIES]
PROOF = f"c2sp.org/tlog-proof@v1\nextra {b64(BODIES[0])}\nindex 0\n{b64(LEAVES[1])}\n{b64(LEAVES[2])}\n\n{note(3)}"


def test_entries_and_leaves_are_as_described() -> None:
    assert [body.hex() for body in BODIES] == [said["body"] for said in VECTORS["entries"]]
    assert [value.hex() for value in LEAVES] == [said["leaf"] for said in VECTORS["entries"]]


def test_keys_checkpoint_and_cosignature_are_as_described() -> None:
    assert key_text(LOG_NAME, 1, LOG) == VECTORS["checkpoint"]["key"]
    assert key_text(WITNESS_NAME, 4, WITNESS) == VECTORS["cosignature"]["key"]
    assert note(3) == VECTORS["checkpoint"]["note"]
    assert note(3) + cosignature(note(3)) == VECTORS["cosignature"]["note"]
    assert VECTORS["cosignature"]["at_s"] == AT_S


def test_proofs_are_as_described() -> None:
    assert VECTORS["tlog_proof"] == PROOF
    items = [leaf(item.encode()) for item in VECTORS["items"]]
    said = VECTORS["item_proof"]
    assert (said["proof"], said["format"]) == (PROOF, "yinji/item-proof@v1")
    assert base64.b64decode(said["item"]) == VECTORS["items"][said["index"]].encode()
    assert tree(items).hex() == VECTORS["entries"][0]["root"]
    assert sorted(said) == ["format", "index", "item", "path", "proof"]
    assert json.loads(json.dumps(said)) == said


def test_request_and_consistency_proof_are_as_described() -> None:
    grown = f"old 2\n{b64(LEAVES[2])}\n\n{note(3)}"
    assert grown == VECTORS["request"]
    assert VECTORS["consistency"]["before"] == note(2)
    assert VECTORS["consistency"]["text"] == f"yinji/consistency-proof@v1\n{grown}{cosignature(note(3))}"


def test_the_receipt_is_as_described() -> None:
    said, root = VECTORS["entries"][0], b64(tree(LEAVES))
    when = datetime.fromtimestamp(said["at_ms"] // 1_000, UTC) + timedelta(hours=8)
    for line in (
        f"何时：{when:%Y-%m-%d %H:%M:%S} 北京时间",
        f"What: a batch of privacy waybills was issued, {said['count']} items",
        f"Who: post {said['post']} @ {said['where']}, purpose {said['purpose']}",
        f"检查点：共 3 条，根 {root}",
        "Where: entry 0 of the log node.example/data",
    ):
        assert f"\n{line}\n" in VECTORS["receipt"]
    assert VECTORS["receipt"].endswith(f"\n\n{PROOF}")


def test_the_page_shows_every_vector() -> None:
    for shown in (
        VECTORS["cosignature"]["note"],
        VECTORS["cosignature"]["key"],
        VECTORS["request"],
        VECTORS["consistency"]["text"],
        VECTORS["receipt"],
        f"cosignature/v1\ntime {AT_S}\n{note(3).split(chr(10) * 2)[0]}",
    ):
        assert shown in PAGE
