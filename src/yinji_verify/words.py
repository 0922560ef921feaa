"""The sentences of a receipt, written again from what its proof carries. Described in ``docs/reference/evidence.md``."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Final

from yinji_verify.entries import said
from yinji_verify.notes import Checkpoint
from yinji_verify.verdict import Unreadable

MARK: Final = "隐寄证据回执 · Yinji receipt of evidence (yinji/receipt@v1)"

EVENTS: Final[dict[int, tuple[str, str]]] = {
    1: ("建立节点", "the node was set up"),
    2: ("登记组织", "an organisation was entered"),
    3: ("开立账号", "an account was opened"),
    4: ("登记号段", "a number range was entered"),
    5: ("设置寄件人", "the node's sender was set"),
    6: ("关闭账号", "an account was closed"),
    7: ("账号的密钥不对", "a secret of an account was wrong"),
    8: ("登录", "somebody signed in"),
    9: ("退出登录", "somebody signed out"),
    10: ("制作一批隐私运单", "a batch of privacy waybills was issued"),
    11: ("发放接口密钥", "an API key was issued"),
    12: ("吊销接口密钥", "an API key was revoked"),
    15: ("申请豁免一单的去标识化", "an exemption was asked for one order"),
    16: ("批准豁免", "an exemption was approved"),
    17: ("使用豁免制作一张运单", "an exemption was used for one waybill"),
    18: ("不予豁免或撤回豁免", "an exemption was refused or withdrawn"),
    19: ("豁免过期，或随个人信息一并清除", "an exemption ended, or went with its person"),
    20: ("准予查看明文（意图）", "a reveal was permitted (intent)"),
    21: ("查看明文（结果）", "a reveal ended (outcome)"),
    22: ("准予按个人信息查找（意图）", "a search by personal information was permitted (intent)"),
    23: ("按个人信息查找（结果）", "a search by personal information ended (outcome)"),
    24: ("拒绝查看明文", "a reveal was refused"),
    25: ("准予删除个人信息（意图）", "an erasure was permitted (intent)"),
    26: ("受理删除个人信息（结果）", "an erasure was begun (outcome)"),
    29: ("个人信息的记录已删除，密钥待销毁", "rows about a person were deleted, the keys follow"),
    30: ("个人信息已删除，密钥已销毁", "a person was erased, the keys destroyed"),
    31: ("设置法定保留", "a legal hold was placed"),
    32: ("解除法定保留", "a legal hold was lifted"),
    33: ("在保留下重新封存", "parties under hold were sealed anew"),
    34: ("一个月份的密钥已整体销毁", "the keys of a period were destroyed"),
    35: ("盲索引换用新密钥", "rows of a blind index were tagged anew"),
    36: ("统计人数（不显示任何人）", "persons were counted, none was shown"),
    37: ("按密钥库修补数据", "data and keys were brought together"),
    38: ("已删除者的面单不再指向任何运单", "labels of erased persons lead nowhere any more"),
    40: ("更换密钥", "keys were rotated"),
    41: ("备份密钥库", "the key store was backed up"),
    42: ("恢复密钥库", "the key store was restored"),
    43: ("备份数据", "the data were backed up"),
    44: ("恢复数据", "the data were restored"),
    45: ("进行恢复演练", "a restore drill was held"),
    50: ("查阅证据", "the evidence was read"),
    51: ("登记见证人", "a witness was entered"),
    52: ("为他方日志联署检查点", "a checkpoint of another log was cosigned"),
    53: ("收存见证人的联署", "a witness's cosignature was kept"),
    54: ("登记所见证的日志", "a log to be witnessed was entered"),
    60: ("预留单号", "waybill numbers were reserved"),
    61: ("分配单号", "waybill numbers were allocated"),
    62: ("交还未用的单号", "unused waybill numbers were handed back"),
    63: ("隔离单号", "waybill numbers were set aside"),
    64: ("打印面单", "labels were printed"),
    65: ("作废运单号", "a waybill number was voided"),
    66: ("单号使用完毕", "waybill numbers completed their use"),
    67: ("单号归档", "waybill numbers were archived"),
    70: ("收取一批快件事件", "a batch of parcel events was taken in"),
    71: ("见到本方从未使用的单号", "numbers were seen that nobody here issued"),
    72: ("补打面单", "labels were made again"),
    80: ("共享视图有变动", "a shared view changed"),
    90: ("收寄一方查询快件行程", "a party asked where a parcel is"),
    91: ("公开查询因证明多次不符而停止", "public queries were closed after wrong proofs"),
    92: ("一小时内公开查询不符的次数", "wrong proofs of public queries in an hour"),
    100: ("检查一份面单文件（不保存）", "a file of labels was inspected, and not kept"),
}


def words(body: bytes, seq: int, checkpoint: Checkpoint, item: tuple[int, bytes] | None) -> str:
    """Return how a receipt begins, up to its proof; ``item`` is the place and the bytes of one item of the entry's batch."""
    entry = said(body)
    if entry.event not in EVENTS:
        raise Unreadable(f"事件 {entry.event} 是更新版本的", f"event {entry.event} is of a later version")
    zh_event, en_event = EVENTS[entry.event]
    written = _beijing(entry.at_ms)
    ground = f" ({entry.ground})" if entry.ground else ""
    root = base64.b64encode(checkpoint.root).decode("ascii")
    zh = [
        f"何事：{zh_event}，{entry.items} 项{ground}",
        f"何时：{written} 北京时间",
        f"何人：岗位 {entry.post} @ {entry.where}，目的 {entry.purpose}",
        f"何处：日志 {checkpoint.origin} 第 {seq} 条",
        f"检查点：共 {checkpoint.size} 条，根 {root}",
        "核对（离线，只需 Python）：python3 yinji_verify.pyz 本文件 --key 签署者的公钥",
    ]
    en = [
        f"What: {en_event}, {entry.items} items{ground}",
        f"When: {written} Beijing time",
        f"Who: post {entry.post} @ {entry.where}, purpose {entry.purpose}",
        f"Where: entry {seq} of the log {checkpoint.origin}",
        f"Checkpoint: {checkpoint.size} entries, root {root}",
        "To check, offline, with Python alone: python3 yinji_verify.pyz THIS-FILE --key THE-SIGNERS-KEY",
    ]
    if item is not None:
        index, number = item[0], _number(item[1])
        zh.insert(0, f"运单号：{number}（该批第 {index} 项）")
        en.insert(0, f"Waybill number: {number} (item {index} of its batch)")
    return "\n".join([MARK, "", *zh, "", *en, "", ""])


def _beijing(at_ms: int) -> str:
    """Return a moment as Beijing's clocks show it: eight hours ahead of UTC, all year."""
    try:
        when = datetime(1970, 1, 1, 8, tzinfo=UTC) + timedelta(milliseconds=at_ms)
    except OverflowError:
        raise Unreadable("时间超出可读的范围", "the time is beyond what can be written") from None
    return f"{when:%Y-%m-%d %H:%M:%S}"


def _number(item: bytes) -> str:
    """Return the waybill number that an item states: version 1 or 2, reference and moment, then texts after their lengths."""
    start = 1 + 16 + 8 + 2
    end = start + int.from_bytes(item[start - 2 : start], "big")
    if item[:1] not in {b"\x01", b"\x02"} or end > len(item):
        raise Unreadable("批次内容是更新版本的", "the item is of a later version")
    return item[start:end].decode("utf-8")
