"""Which post sits at which desk of the console. Pure; default is refuse.

A desk shows masks, numbers and sentences, never plaintext: that is decided by purpose (`rules`). Proposals of ours, not law: an
organisation's own policies come with the access issue.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from yinji.access.model import Post
from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.refusals import Refusal


class Desk(StrEnum):
    """Where somebody works."""

    ISSUE = "issue"  # 制单: orders files in, labels out
    WAYBILLS = "waybills"  # 运单: lists, states, masks, labels
    WAYBILL_ACTS = "waybill-acts"  # 作废、补打
    DELIVERY = "delivery"  # 派件: one parcel, its address
    NUMBERS = "numbers"  # 单号: ranges, stock, reconciliation
    TEMPLATES = "templates"  # 模板: specimens, tried texts, the calibration sheet
    INSPECT = "inspect"  # 面单检查: anybody's labels, judged and not kept
    EVIDENCE = "evidence"  # 证据: entries, checkpoints, proofs
    SETTINGS = "settings"  # 设置: what was set, read only


DESKS: Final[dict[Desk, frozenset[Post]]] = {
    Desk.ISSUE: frozenset({Post.OPERATIONS}),
    Desk.WAYBILLS: frozenset({Post.OPERATIONS, Post.COMPLIANCE}),
    Desk.WAYBILL_ACTS: frozenset({Post.OPERATIONS}),
    Desk.DELIVERY: frozenset({Post.COURIER, Post.OPERATIONS}),
    Desk.NUMBERS: frozenset({Post.OPERATIONS, Post.COMPLIANCE}),
    Desk.TEMPLATES: frozenset({Post.OPERATIONS, Post.COMPLIANCE}),
    Desk.INSPECT: frozenset({Post.OPERATIONS, Post.COMPLIANCE, Post.PARTNER, Post.AUTHORITY}),
    Desk.EVIDENCE: frozenset({Post.OPERATIONS, Post.COMPLIANCE, Post.AUTHORITY}),
    Desk.SETTINGS: frozenset({Post.OPERATIONS, Post.COMPLIANCE}),
}
"""Who sits where. A courier sees one parcel at a time, and nothing by list; guests see no parcel at all."""


def may_sit(post: Post, desk: Desk) -> Decision:
    """Decide whether a post works at a desk."""
    if post in DESKS.get(desk, frozenset()):
        return Allow((f"post {post.value}", f"desk {desk.value}"))
    return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, f"{post.value}: {desk.value}")
