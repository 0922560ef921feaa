"""The closed list of what evidence can say."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from yinji.kernel.said import Said


class Event(IntEnum):
    """What happened. The number is what a ledger entry carries; numbers are never used twice."""

    NODE_INITIALISED = 1
    ORGANISATION_ENTERED = 2
    ACCOUNT_OPENED = 3
    RANGE_ENTERED = 4
    SENDER_SET = 5
    ACCOUNT_CLOSED = 6
    SIGN_IN_REFUSED = 7
    SESSION_BEGUN = 8
    SESSION_ENDED = 9
    WAYBILLS_ISSUED = 10
    API_KEY_ISSUED = 11
    API_KEY_REVOKED = 12
    EXEMPTION_ASKED = 15
    EXEMPTION_APPROVED = 16
    EXEMPTION_USED = 17
    EXEMPTION_REFUSED = 18
    EXEMPTION_ENDED = 19
    REVEAL_INTENDED = 20
    REVEAL_ENDED = 21
    FIND_INTENDED = 22
    FIND_ENDED = 23
    REVEAL_REFUSED = 24
    ERASURE_INTENDED = 25
    ERASURE_ENDED = 26
    ROWS_DELETED = 29
    PERSON_ERASED = 30
    HOLD_PLACED = 31
    HOLD_LIFTED = 32
    PARTIES_RESEALED = 33
    PERIOD_DROPPED = 34
    INDEX_RENEWED = 35
    PERSONS_COUNTED = 36
    VAULT_MENDED = 37
    LABELS_FORGOTTEN = 38
    KEYS_ROTATED = 40
    KEYS_BACKED_UP = 41
    KEYS_RESTORED = 42
    DATA_BACKED_UP = 43
    DATA_RESTORED = 44
    DRILL_HELD = 45
    EVIDENCE_READ = 50
    WITNESS_ENTERED = 51
    CHECKPOINT_COSIGNED = 52
    COSIGNATURE_KEPT = 53
    LOG_ENTERED = 54
    NUMBERS_RESERVED = 60
    NUMBERS_ALLOCATED = 61
    NUMBERS_HANDED_BACK = 62
    NUMBERS_QUARANTINED = 63
    LABELS_PRINTED = 64
    WAYBILL_VOIDED = 65
    NUMBERS_COMPLETED = 66
    NUMBERS_ARCHIVED = 67
    SCANS_TAKEN = 70
    STRAY_SEEN = 71
    LABELS_AGAIN = 72
    SHARED_VIEW_CHANGED = 80
    PARCEL_TRACKED = 90
    QUERIES_CLOSED = 91
    QUERIES_WRONG = 92
    LABELS_INSPECTED = 100


SENTENCES: Final[dict[Event, Said]] = {
    Event.NODE_INITIALISED: Said("建立节点", "the node was set up"),
    Event.ORGANISATION_ENTERED: Said("登记组织", "an organisation was entered"),
    Event.ACCOUNT_OPENED: Said("开立账号", "an account was opened"),
    Event.RANGE_ENTERED: Said("登记号段", "a number range was entered"),
    Event.SENDER_SET: Said("设置寄件人", "the node's sender was set"),
    Event.ACCOUNT_CLOSED: Said("关闭账号", "an account was closed"),
    Event.SIGN_IN_REFUSED: Said("账号的密钥不对", "a secret of an account was wrong"),
    Event.SESSION_BEGUN: Said("登录", "somebody signed in"),
    Event.SESSION_ENDED: Said("退出登录", "somebody signed out"),
    Event.API_KEY_ISSUED: Said("发放接口密钥", "an API key was issued"),
    Event.API_KEY_REVOKED: Said("吊销接口密钥", "an API key was revoked"),
    Event.EXEMPTION_ASKED: Said("申请豁免一单的去标识化", "an exemption was asked for one order"),
    Event.EXEMPTION_APPROVED: Said("批准豁免", "an exemption was approved"),
    Event.EXEMPTION_USED: Said("使用豁免制作一张运单", "an exemption was used for one waybill"),
    Event.EXEMPTION_REFUSED: Said("不予豁免或撤回豁免", "an exemption was refused or withdrawn"),
    Event.EXEMPTION_ENDED: Said("豁免过期，或随个人信息一并清除", "an exemption ended, or went with its person"),
    Event.WAYBILLS_ISSUED: Said("制作一批隐私运单", "a batch of privacy waybills was issued"),
    Event.REVEAL_INTENDED: Said("准予查看明文（意图）", "a reveal was permitted (intent)"),
    Event.REVEAL_ENDED: Said("查看明文（结果）", "a reveal ended (outcome)"),
    Event.FIND_INTENDED: Said("准予按个人信息查找（意图）", "a search by personal information was permitted (intent)"),
    Event.FIND_ENDED: Said("按个人信息查找（结果）", "a search by personal information ended (outcome)"),
    Event.REVEAL_REFUSED: Said("拒绝查看明文", "a reveal was refused"),
    Event.ERASURE_INTENDED: Said("准予删除个人信息（意图）", "an erasure was permitted (intent)"),
    Event.ERASURE_ENDED: Said("受理删除个人信息（结果）", "an erasure was begun (outcome)"),
    Event.ROWS_DELETED: Said("个人信息的记录已删除，密钥待销毁", "rows about a person were deleted, the keys follow"),
    Event.PERSON_ERASED: Said("个人信息已删除，密钥已销毁", "a person was erased, the keys destroyed"),
    Event.HOLD_PLACED: Said("设置法定保留", "a legal hold was placed"),
    Event.HOLD_LIFTED: Said("解除法定保留", "a legal hold was lifted"),
    Event.PARTIES_RESEALED: Said("在保留下重新封存", "parties under hold were sealed anew"),
    Event.PERIOD_DROPPED: Said("一个月份的密钥已整体销毁", "the keys of a period were destroyed"),
    Event.INDEX_RENEWED: Said("盲索引换用新密钥", "rows of a blind index were tagged anew"),
    Event.PERSONS_COUNTED: Said("统计人数（不显示任何人）", "persons were counted, none was shown"),
    Event.VAULT_MENDED: Said("按密钥库修补数据", "data and keys were brought together"),
    Event.LABELS_FORGOTTEN: Said("已删除者的面单不再指向任何运单", "labels of erased persons lead nowhere any more"),
    Event.KEYS_ROTATED: Said("更换密钥", "keys were rotated"),
    Event.KEYS_BACKED_UP: Said("备份密钥库", "the key store was backed up"),
    Event.KEYS_RESTORED: Said("恢复密钥库", "the key store was restored"),
    Event.DATA_BACKED_UP: Said("备份数据", "the data were backed up"),
    Event.DATA_RESTORED: Said("恢复数据", "the data were restored"),
    Event.DRILL_HELD: Said("进行恢复演练", "a restore drill was held"),
    Event.EVIDENCE_READ: Said("查阅证据", "the evidence was read"),
    Event.WITNESS_ENTERED: Said("登记见证人", "a witness was entered"),
    Event.CHECKPOINT_COSIGNED: Said("为他方日志联署检查点", "a checkpoint of another log was cosigned"),
    Event.COSIGNATURE_KEPT: Said("收存见证人的联署", "a witness's cosignature was kept"),
    Event.LOG_ENTERED: Said("登记所见证的日志", "a log to be witnessed was entered"),
    Event.NUMBERS_RESERVED: Said("预留单号", "waybill numbers were reserved"),
    Event.NUMBERS_ALLOCATED: Said("分配单号", "waybill numbers were allocated"),
    Event.NUMBERS_HANDED_BACK: Said("交还未用的单号", "unused waybill numbers were handed back"),
    Event.NUMBERS_QUARANTINED: Said("隔离单号", "waybill numbers were set aside"),
    Event.LABELS_PRINTED: Said("打印面单", "labels were printed"),
    Event.WAYBILL_VOIDED: Said("作废运单号", "a waybill number was voided"),
    Event.NUMBERS_COMPLETED: Said("单号使用完毕", "waybill numbers completed their use"),
    Event.NUMBERS_ARCHIVED: Said("单号归档", "waybill numbers were archived"),
    Event.SCANS_TAKEN: Said("收取一批快件事件", "a batch of parcel events was taken in"),
    Event.STRAY_SEEN: Said("见到本方从未使用的单号", "numbers were seen that nobody here issued"),
    Event.LABELS_AGAIN: Said("补打面单", "labels were made again"),
    Event.SHARED_VIEW_CHANGED: Said("共享视图有变动", "a shared view changed"),
    Event.PARCEL_TRACKED: Said("收寄一方查询快件行程", "a party asked where a parcel is"),
    Event.QUERIES_CLOSED: Said("公开查询因证明多次不符而停止", "public queries were closed after wrong proofs"),
    Event.QUERIES_WRONG: Said("一小时内公开查询不符的次数", "wrong proofs of public queries in an hour"),
    Event.LABELS_INSPECTED: Said("检查一份面单文件（不保存）", "a file of labels was inspected, and not kept"),
}
