"""Receipts: a proof that begins with sentences a person can read.

The sentences say nothing that the proof does not carry, in one way only, so that a verifier can write them again and compare.
"""

from __future__ import annotations

from typing import Final

from yinji.kernel.clock import moment
from yinji.kernel.events import SENTENCES
from yinji.kernel.faults import Misuse
from yinji.ledger.batch import item_proof_text, proof_text
from yinji.ledger.entries import decode
from yinji.ledger.model import Item, Proof
from yinji.ledger.notes import coded, read_checkpoint

RECEIPT_MARK: Final = "隐寄证据回执 · Yinji receipt of evidence (yinji/receipt@v1)"

_CHECK: Final = (
    "核对（离线，只需 Python）：python3 yinji_verify.pyz 本文件 --key 签署者的公钥",
    "To check, offline, with Python alone: python3 yinji_verify.pyz THIS-FILE --key THE-SIGNERS-KEY",
)


def receipt_text(proof: Proof) -> str:
    """Return the receipt of one entry: sentences, an empty line, the tlog-proof unchanged. Raises Misuse where it is unsigned."""
    return _written(_about_entry(proof), proof_text(proof))


def item_receipt_text(proof: Proof, item: Item) -> str:
    """Return the receipt of one item of a batch: sentences, an empty line, the two-step proof unchanged."""
    return _written([*_about_item(item), *_about_entry(proof)], item_proof_text(proof, item.items, item.index))


def _written(sentences: list[tuple[str, str]], proof: str) -> str:
    zh, en = zip(*sentences, _CHECK, strict=True)
    return "\n".join([RECEIPT_MARK, "", *zh, "", *en, "", proof])


def _about_entry(proof: Proof) -> list[tuple[str, str]]:
    if not proof.note:
        raise Misuse(f"entry {proof.seq} is under no checkpoint yet")
    entry, signed = decode(proof.body).entry, read_checkpoint(proof.note)
    event = SENTENCES[entry.event]
    when = f"{moment(entry.at_ms):%Y-%m-%d %H:%M:%S}"
    who = f"{entry.actor.post} @ {entry.actor.where}"
    ground = f" ({entry.ground})" if entry.ground else ""
    return [
        (f"何事：{event.zh}，{entry.count} 项{ground}", f"What: {event.en}, {entry.count} items{ground}"),
        (f"何时：{when} 北京时间", f"When: {when} Beijing time"),
        (f"何人：岗位 {who}，目的 {entry.purpose.value}", f"Who: post {who}, purpose {entry.purpose.value}"),
        (f"何处：日志 {signed.origin} 第 {proof.seq} 条", f"Where: entry {proof.seq} of the log {signed.origin}"),
        (
            f"检查点：共 {signed.size} 条，根 {coded(signed.root)}",
            f"Checkpoint: {signed.size} entries, root {coded(signed.root)}",
        ),
    ]


def _about_item(item: Item) -> list[tuple[str, str]]:
    return [(f"运单号：{item.name}（该批第 {item.index} 项）", f"Waybill number: {item.name} (item {item.index} of its batch)")]
