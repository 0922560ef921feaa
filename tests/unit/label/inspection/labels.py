"""A foreign label as a reader hands it on, of invented persons, and what changes one row of it."""

from __future__ import annotations

from datetime import date

from yinji.kernel.private import Private
from yinji.label.inspection.judging import judge
from yinji.label.inspection.model import Judged, Outcome, Region, SeenCode, SeenLabel, SeenText, Source, Symbology
from yinji.label.inspection.ports import VirtualNumbers

TODAY = date(2026, 11, 22)
ROWS = {
    "carrier": "云雀速运 标准快递",
    "recipient": "收 王* 1******5678",
    "to": "浙江省杭州市西湖区星桥路424号紫藤苑3幢***",
    "sender": "寄 李** 1******9012",
    "from": "上海市浦东新区示例路88号***",
    "contents": "物品 衣服 1件",
    "remark": "备注 易碎",
    "hotline": "客服热线 400-000-0000",
    "signature": "签收人",
}
HIGH = 0.05
CODE = Region(0.05, 0.7, 0.95, 0.8)
NUMBER, LINK = "YQ1234567890123", "https://label.example/l/q7Zk29slQpxT13kdUw"


def label(
    codes: tuple[tuple[Symbology, str], ...] = ((Symbology.CODE_128, NUMBER), (Symbology.QR, LINK)),
    *,
    source: Source = Source.TEXT,
    sure: float = 1.0,
    legible: bool = True,
    dots: float | None = 3.0,
    hidden: str = "",
    **rows: str,
) -> SeenLabel:
    """Return the label with some rows said otherwise; an empty row is left out, an unknown one stands at the foot."""
    said = [text for text in (ROWS | rows).values() if text]
    texts = [
        SeenText(Private(text), Region(0.05, 0.05 + HIGH * place, 0.9, 0.09 + HIGH * place), source, sure)
        for place, text in enumerate(said)
    ]
    if hidden:
        texts.append(SeenText(Private(hidden), Region(0.05, 0.95, 0.9, 0.99), Source.HIDDEN))
    seen = tuple(SeenCode(kind, Private(payload), CODE, dots) for kind, payload in codes)
    return SeenLabel("label 1", tuple(texts), seen, legible=legible)


def judged(seen: SeenLabel, virtual: VirtualNumbers | None = None) -> Judged:
    """Return the verdict of an invented day."""
    return judge(seen, on=TODAY, virtual=virtual)


def broken(seen: SeenLabel, virtual: VirtualNumbers | None = None) -> set[str]:
    """Return the rules that a label surely breaks."""
    return {each.rule for each in judged(seen, virtual).shown if each.outcome is Outcome.FAILS}


def doubtful(seen: SeenLabel, virtual: VirtualNumbers | None = None) -> set[str]:
    """Return the rules of which it cannot be told whether a label breaks them."""
    return {each.rule for each in judged(seen, virtual).shown if each.outcome is Outcome.CANNOT_TELL}
