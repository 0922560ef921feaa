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
    Refusal.ON_HOLD: words(
        "该件处于法定保留中，不能删除",
        "a legal hold forbids erasing this",
        "保留解除后再办；依据见 yinji hold list",
        "do it when the hold is lifted; yinji hold list shows its ground",
    ),
    Refusal.HOLD_UNKNOWN: words(
        "没有这项保留",
        "there is no such hold",
        "用 yinji hold list 查看现有保留",
        "see the holds with yinji hold list",
    ),
    Refusal.LAST_FOUR_MALFORMED: words(
        "不是电话末四位",
        "these are not the last four digits of a phone",
        "输入四位数字",
        "give four digits",
    ),
    Refusal.INDEX_USELESS: words(
        "该索引几乎不能区分，查找等于全表解密",
        "the index hardly tells values apart: a search would open nearly everything",
        "改用更长的标签或组合索引",
        "use a longer tag or a compound index",
    ),
    Refusal.INDEX_TELLING: words(
        "该索引会泄露值的分布",
        "the index would tell how often which value occurs",
        "缩短标签，或按网点和日期分区",
        "shorten the tag, or partition by outlet and day",
    ),
    Refusal.APPROVAL_USED: words(
        "该审批已使用过",
        "the approval has been used",
        "一次审批只能用一次；需要时重新报批",
        "an approval is for one use; have it approved again",
    ),
    Refusal.GROUND_MALFORMED: words(
        "依据不是代码",
        "the ground is no code",
        "写案号或条款代码：字母、数字和 . _ : / -，不写姓名",
        "give a case number or an article: letters, digits and . _ : / -, never a name",
    ),
    Refusal.PERIOD_UNKNOWN: words(
        "没有这个月份的个人信息",
        "there is no such month in the vault",
        "用 yinji keys status 查看有哪些月份",
        "see which months there are with yinji keys status",
    ),
    Refusal.PERIOD_RUNNING: words(
        "这个月份还没有过完，不能整体删除",
        "the month is not over: it is not dropped",
        "等月份过完；要删除个别人用 yinji forget",
        "wait until it is over; to erase single persons use yinji forget",
    ),
    Refusal.PERIOD_ENDED: words(
        "这个月份的个人信息已整体删除",
        "the persons of this month were erased together",
        "核对下单时间；确属新订单的，改为实际日期",
        "check the order's date; if the order is a new one, give its true date",
    ),
}
