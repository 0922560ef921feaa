"""docs/reference/fields.md, from the vault's register of personal fields."""

from __future__ import annotations

from typing import Final

from reference_pages.markdown import code, page, table
from yinji.kernel.purpose import Purpose
from yinji.vault.fields import LABEL_MEMBERS, REGISTER, SEALED_MEMBERS, Kept, Lifetime

_KEPT: Final = {
    Kept.SEALED: "加密 sealed",
    Kept.SEALED_MASK: "掩码，加密 mask, sealed",
    Kept.BLIND: "盲索引 blind index",
    Kept.CLEAR: "明文 clear",
    Kept.NEVER: "从不收集 never taken in",
}
_LIFETIME: Final = {
    Lifetime.PERSON: "个人：记录密钥销毁即止 with the record key",
    Lifetime.PERIOD: "月份：随该月密钥 with its month's keys",
    Lifetime.PARCEL: "运单：删除后不再指向任何人 with the parcel's record",
    Lifetime.REQUEST: "申请：了结即止，数日 with its request, days",
    Lifetime.NONE: "—",
}

_WHAT: Final = """系统保存的寄递用户信息只有这些；类别是《规定（征求意见稿）》第三条列举的九类。加密的字段按收件人、寄件人各一份（寄件人只有姓名、电话、地址），密钥不在数据库里。

All that the system keeps about delivery users; the classes are the nine that article 3 of the draft rules names. Sealed fields stand once for the recipient and once for the sender (of whom only name, phone
and address are kept); the keys are not in the database."""


def fields_page() -> str:
    """Return the page: a row a field, then what the two sealed blobs hold."""
    headings = (
        "字段 field",
        "类别 class",
        "保存方式 kept",
        "位置 column",
        "掩码 mask",
        "索引 index",
        "终止 ends",
        "可用目的 purposes",
    )
    rows = [
        (
            code(each.name),
            each.kind.value,
            _KEPT[each.kept],
            code(each.column) if each.column else "—",
            each.mask or "—",
            each.index or "—",
            _LIFETIME[each.lifetime],
            _lawful(each.lawful) or "—",
        )
        for each in REGISTER
    ]
    blobs = table(
        ("密文 blob", "内容 members"),
        [
            ("`sealed_values`", ", ".join(map(code, SEALED_MEMBERS))),
            ("`sealed_masks`", ", ".join(map(code, LABEL_MEMBERS))),
        ],
    )
    return page("个人信息字段 Personal fields", "src/yinji/vault/fields.py", _WHAT, table(headings, rows), blobs)


def _lawful(purposes: frozenset[Purpose]) -> str:
    return ", ".join(code(each.value) for each in Purpose if each in purposes)
