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
    WAYBILLS_ISSUED = 10
    REVEAL_INTENDED = 20
    REVEAL_ENDED = 21
    FIND_INTENDED = 22
    FIND_ENDED = 23
    REVEAL_REFUSED = 24


SENTENCES: Final[dict[Event, Said]] = {
    Event.NODE_INITIALISED: Said("建立节点", "the node was set up"),
    Event.ORGANISATION_ENTERED: Said("登记组织", "an organisation was entered"),
    Event.ACCOUNT_OPENED: Said("开立账号", "an account was opened"),
    Event.RANGE_ENTERED: Said("登记号段", "a number range was entered"),
    Event.SENDER_SET: Said("设置寄件人", "the node's sender was set"),
    Event.WAYBILLS_ISSUED: Said("制作一批隐私运单", "a batch of privacy waybills was issued"),
    Event.REVEAL_INTENDED: Said("准予查看明文（意图）", "a reveal was permitted (intent)"),
    Event.REVEAL_ENDED: Said("查看明文（结果）", "a reveal ended (outcome)"),
    Event.FIND_INTENDED: Said("准予按个人信息查找（意图）", "a search by personal information was permitted (intent)"),
    Event.FIND_ENDED: Said("按个人信息查找（结果）", "a search by personal information ended (outcome)"),
    Event.REVEAL_REFUSED: Said("拒绝查看明文", "a reveal was refused"),
}
