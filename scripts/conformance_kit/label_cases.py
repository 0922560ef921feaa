"""Lines of foreign labels, and the rules that each surely breaks (``fails``) or may break (``cannot_tell``): checked by hand."""

from __future__ import annotations

from typing import Final, NamedTuple


class LabelCase(NamedTuple):
    """One line that differs from a label which passes, and what must be said of it."""

    id: str
    line: str
    outcome: str
    rules: tuple[tuple[str, str], ...]


GOOD: Final = (
    "云雀速运 标准快递",
    "收 王* 1******5678",
    "浙江省杭州市西湖区星桥路424号紫藤苑3幢***",
    "寄 李** 1******9012",
    "上海市浦东新区示例路88号***",
    "物品 衣服 1件",
    "备注 易碎",
    "签收人",
)
"""A label that breaks no rule, line by line, from its top."""

NUMBER: Final = "YQ1234567890123"
LINK: Final = "https://label.example/l/q7Zk29slQpxT13kdUw"

CASES: Final = (
    LabelCase("good", "", "passes", ()),
    LabelCase("phone-whole", "收 王* 13800001111", "fails", (("gbt-41833-phone", "fails"),)),
    LabelCase("phone-with-extension", "收 王* 18400913965-7576", "cannot_tell", (("gbt-41833-phone", "cannot_tell"),)),
    LabelCase("phone-four-hidden", "收 王* 138****1111", "fails", (("gbt-41833-phone", "fails"),)),
    LabelCase("name-whole", "收 王建国 1******5678", "fails", (("gbt-41833-name", "fails"),)),
    LabelCase("identity", "备注 身份证11010519491231002X", "fails", (("express-regulation-identity", "fails"),)),
)
