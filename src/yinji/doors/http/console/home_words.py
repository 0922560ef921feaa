"""Words of the home page."""

from __future__ import annotations

from typing import Final

from yinji.access.model import Post
from yinji.kernel.said import Said

POSTS: Final[dict[Post, Said]] = {
    Post.OPERATIONS: Said("运营", "operations"),
    Post.COURIER: Said("收派员", "courier"),
    Post.COMPLIANCE: Said("合规", "compliance"),
    Post.PARTNER: Said("合作方", "partner"),
    Post.AUTHORITY: Said("监管部门", "authority"),
}

WORDS: Final = {
    "title": Said("今天", "Today"),
    "help": Said(
        "今天要办的事、制了多少运单、单号还剩多少、每天有多大比例的面单隐去了收件人。",
        "What needs you today, what was issued, how many numbers are left, and what share of labels hid their recipients.",
    ),
    "needs": Said("要办的事", "What needs you"),
    "nothing": Said("现在没有要办的事", "Nothing needs you now"),
    "nothing_text": Said("交来订单文件即可制单。", "Hand in an orders file to issue waybills."),
    "issue": Said("制单", "Issue"),
    "courier": Said("派件时从面单上的单号打开一件。", "Open one parcel by the number on its label when you deliver it."),
    "deliver": Said("派件", "Deliver"),
    "guest": Said(
        "交来任何一张面单，看它露出了什么；不保存。", "Hand in anybody's label and see what it shows. Nothing is kept."
    ),
    "inspect": Said("检查面单", "Inspect a label"),
    "today": Said("今天", "Today"),
    "issued": Said("今日运单", "Waybills today"),
    "specimens": Said("今日样张", "Specimens today"),
    "unprinted": Said("未打印", "Not printed"),
    "unprinted_note": Said("近 {days} 日制单而从未打印", "issued in {days} days, never printed"),
    "intents": Said("未结的查看", "Looks without outcome"),
    "intents_note": Said("按已看到处理", "count as seen"),
    "stock": Said("单号存量", "Stock of numbers"),
    "left": Said("剩余", "Left"),
    "stock_note": Said("共登记 {entered} 个", "of {entered} entered"),
    "privacy": Said("隐私面单占比", "Share of privacy waybills"),
    "privacy_note": Said("近 30 日，不含样张", "30 days, without specimens"),
    "privacy_said": Said(
        "近 30 日每天的隐私面单占比，最近有运单的一天是 {share}。",
        "The share of privacy waybills of each of 30 days; {share} on the last day that had any.",
    ),
    "no_share": Said("尚无运单", "no waybill yet"),
    "day": Said("日期", "Day"),
    "share": Said("占比", "Share"),
    "privacy_count": Said("隐私面单", "Privacy"),
    "exempt_count": Said("豁免面单", "Exempt"),
    "signed_in": Said("已登录", "Signed in"),
    "account": Said("账号", "Account"),
    "post": Said("岗位", "Post"),
}

NEEDS: Final = {
    "checked": Said("{name}：已检查，等你改错行或制单", "{name}: checked, waits for you to mend or issue"),
    "stopped": Said("{name}：没有办完，可以继续", "{name}: not finished, can go on"),
    "refused": Said("{name}：没有通过，看原因", "{name}: refused, see why"),
    "unprinted": Said("{count} 张面单从未打印", "{count} labels were never printed"),
    "low": Said("{owner} 的单号只剩 {percent}%", "{owner} has {percent}% of its numbers left"),
    "own": Said("本组织", "the organisation"),
    "specimens_only": Said("还没有真实号段：现在只能制样张", "no real numbers yet: only specimens can be issued"),
    "no_sender": Said("还没有寄件人：现在只能制样张", "no sender yet: only specimens can be issued"),
    "intents": Said("{count} 次查看没有结果记录，按已看到处理", "{count} looks have no outcome and count as seen"),
}
