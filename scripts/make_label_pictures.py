"""Draw the pictures of labels in `docs/images`, of invented people: run it after a template has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium
from PIL import ImageOps

from yinji.label import Draft, PartyMask, Passed, Press, find_fonts
from yinji_bench.sample import NothingLeaks

FOLDER: Final = Path(__file__).parent.parent / "docs" / "images"
NUMBER: Final = "QL1000000000115"
MASTER: Final = "QL1000000000107"
TOKEN: Final = "k3Jx9QpZ7Lm2Wv8Rt5Yb1A"  # noqa: S105 - it leads nowhere
_POINTS_PER_MM: Final = 72 / 25.4
_GREYS: Final = 16

USUAL: Final = Draft(
    recipient=PartyMask("萧**", "1******5811", "广东省深圳市南山区望云路483号东篱公寓6-******"),
    sender=PartyMask("茶****", "0**-****0000", "上海市浦东新区张江镇示例路88号2栋****"),
    contents="蓝牙耳机",
    pieces=2,
    remark="送前联系",
    sorting_code="755-F20-08",
    destination="广东 深圳 南山区",
    carrier="青鸾快递",
    product="标准快递",
    outlet="浦东张江一部",
    hotline="客服 400-000-0000",
    printed_at="2026-11-22 04:25",
    specimen=False,
    centre="深圳南山集散",
    weight=860,
    courier="0712",
    return_outlet="浦东张江一部",
    clause="签收前请核对外包装；签字即表示同意快递服务合同。本面单已隐藏个人信息。",
    inspected=True,
    screened=True,
)
FULL: Final = replace(
    USUAL,
    recipient=replace(USUAL.recipient, phone="", virtual_number="17000000000 转 8821"),
    door="驿站",
    package=2,
    packages=3,
    collect_goods=12_800,
    collect_freight=2_350,
    insured=50_000,
    agreed_check="当面验收",
    reprint=1,
)
WAY_BACK: Final = replace(
    USUAL,
    recipient=USUAL.sender,
    sender=USUAL.recipient,
    original="QL1000000000099",
    sorting_code="",
    destination="上海 浦东新区",
    centre="上海浦东集散",
    remark="收件人拒收，退回寄件人",
)
COLLECTED: Final = replace(
    USUAL, freight=1_250, insured=50_000, collected_at="上海市浦东新区张江镇望江路****", handed_by="苏**"
)

PICTURES: Final = {
    "label": ("76x130", USUAL, ""),
    "label-100x150": ("100x150", FULL, MASTER),
    "label-76x130-return": ("76x130-return", WAY_BACK, ""),
    "label-76x130-slip": ("76x130-slip", COLLECTED, ""),
}


def main() -> None:
    """Draw every picture as a 203 dpi head prints it, with a thin frame for the paper's edge."""
    for name, (size, draft, master) in PICTURES.items():
        press = Press(find_fonts(), size=size)
        (passed,) = press.check([draft], [NothingLeaks()], on=date(2026, 11, 22))
        if not isinstance(passed, Passed):
            raise SystemExit(f"{name}: {passed}")
        document = press.to_pdf([passed.numbered(NUMBER, TOKEN, master)])
        page = pdfium.PdfDocument(document)[0].render(scale=8 / _POINTS_PER_MM, grayscale=True).to_pil()
        framed = ImageOps.expand(page, border=2, fill=160)
        framed.quantize(_GREYS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
