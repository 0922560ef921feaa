"""Reasons and remedies: a person's information."""

from __future__ import annotations

from typing import Final

from yinji.kernel.refusal_words.words import Words, words
from yinji.kernel.refusals import Refusal

PEOPLE: Final[dict[Refusal, Words]] = {
    Refusal.PURPOSE_NOT_ALLOWED: words(
        "该目的不允许看到这些内容",
        "this purpose does not allow this view",
        "选择与目的相称的查看范围",
        "choose a view that the purpose allows",
    ),
    Refusal.ACCOUNT_NOT_ALLOWED: words(
        "该账号的岗位没有这项权限",
        "the post of this account does not allow this",
        "由有权限的岗位办理",
        "have it done by a post that may",
    ),
    Refusal.PERMIT_UNKNOWN: words(
        "查看许可不存在",
        "there is no such permit",
        "重新申请",
        "ask again",
    ),
    Refusal.PERMIT_USED: words(
        "查看许可已使用过",
        "the permit has been used",
        "一次许可只能看一次；需要时重新申请",
        "a permit is for one look; ask again if needed",
    ),
    Refusal.PERMIT_EXPIRED: words(
        "查看许可已过期",
        "the permit has expired",
        "重新申请",
        "ask again",
    ),
    Refusal.PERMIT_MISMATCH: words(
        "查看许可不是给这个人、这项内容或这个对象的",
        "the permit is for another person, view or subject",
        "按许可的范围查看，或重新申请",
        "stay within the permit, or ask again",
    ),
    Refusal.QUOTA_SPENT: words(
        "今天的查看次数已用完",
        "today's reveals are used up",
        "明天再办，或由负责人调整额度",
        "wait until tomorrow, or have the quota changed",
    ),
    Refusal.SEAL_BROKEN: words(
        "密文损坏，或被移到了别的记录",
        "the ciphertext is damaged or was moved to another record",
        "停止使用该记录，从备份核对并调查",
        "stop using the record, compare with a backup and investigate",
    ),
    Refusal.PERSON_FORGOTTEN: words(
        "该个人信息已删除",
        "this person's information has been erased",
        "无法恢复；如需联系，请向寄件方了解",
        "it cannot be recovered; ask the sender",
    ),
}
