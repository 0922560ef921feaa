"""docs/reference/refusals.md and events.md, from the kernel's two closed lists."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from reference_pages.markdown import page, table
from yinji.kernel.events import SENTENCES, Event
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.refusals import Refusal

_GROUP: Final = 100
_GROUPS: Final = {
    1: "订单 orders",
    2: "面单 labels",
    3: "单号 waybill numbers",
    4: "个人信息 personal information",
    5: "节点 the node",
    6: "证据 evidence",
    9: "其他 others",
}

_REFUSALS: Final = """拒绝是一份封闭的清单：每一条有不变的编号、原因和办法。程序拿不准时也拒绝，并说明缺少什么。

Refusals are a closed list: each has a number that never changes, a reason and a remedy. On doubt the program refuses too, and says what
is missing."""

_EVENTS: Final = """证据里能说的事只有这些；编号从不另作他用。一条证据的格式见[证据](evidence.md)。

What evidence can say; a number is never used for anything else. How an entry is written: [evidence](evidence.md)."""


def refusals_page() -> str:
    """Return the page: a section a refusal, by hundreds."""
    parts = [_REFUSALS]
    for hundred, some in groupby(sorted(Refusal), key=lambda each: each // _GROUP):
        parts.append(f"## {hundred}xx {_GROUPS.get(hundred, '')}".rstrip())
        parts += [_refusal(each) for each in some]
    return page("拒绝 Refusals", "src/yinji/kernel/refusal_words/__init__.py", *parts)


def _refusal(each: Refusal) -> str:
    words = WORDS[each]
    rows = [("原因 reason", words.reason.zh, words.reason.en), ("办法 remedy", words.remedy.zh, words.remedy.en)]
    return f"### {each.name} ({each.value})\n\n{table(('', '中文', 'English'), rows)}"


def events_page() -> str:
    """Return the page: a row an event."""
    rows = [(str(each.value), f"`{each.name}`", SENTENCES[each].zh, SENTENCES[each].en) for each in sorted(Event)]
    return page(
        "事件 Events", "src/yinji/kernel/events.py", _EVENTS, table(("编号 number", "名称 name", "中文", "English"), rows)
    )
