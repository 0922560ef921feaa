"""``/l/{token}``: how to read this label, behind the QR code of every label. The token is not looked at: the page shows nobody.

Whoever holds a label learns what stands on it and whom to ask. Nothing is counted, kept or sent; the log names the route alone.
"""

from __future__ import annotations

from typing import Final

from litestar import Response, get

from yinji.doors.http.look import Fact
from yinji.doors.http.pages import page
from yinji.doors.http.visitor import Asking, unsigned
from yinji.flows.tell_carrier import Carrier, tell_carrier
from yinji.kernel.said import Said

WORDS: Final = {
    "title": Said("怎样看这张面单", "How to read this label"),
    "help": Said(
        "这是一张隐私面单：它只印出投递所需的内容，姓名、电话和地址都隐去了一部分。",
        "This is a privacy waybill: it prints what delivery needs, and hides part of every name, phone and address.",
    ),
    "zones": Said("面单上的各处", "What stands where"),
    "masks": Said("星号是什么", "What the asterisks are"),
    "who": Said("谁能看到全部内容", "Who can see the rest"),
    "who_text": Said(
        "只有为了投递、联系或处理这件快递的人，按登记的目的才能查看，每次查看都留有证据。扫描这个二维码看不到任何人的信息。",
        "Only whoever delivers this parcel, contacts its recipient or solves its trouble, for a recorded purpose; each look leaves "
        "evidence. Scanning this code shows nobody's information.",
    ),
    "you": Said("您的权利", "What you may ask"),
    "you_text": Said(
        "您可以要求查阅、更正或删除自己的信息，也可以询问谁看过。请联系快递企业。",
        "You may ask what is held about you and who looked at it, and have it corrected or erased. Ask the carrier.",
    ),
    "contact": Said("联系方式", "Whom to ask"),
    "away": Said("丢弃包装前", "Before throwing the box away"),
    "away_text": Said(
        "面单已隐去个人信息；仍建议撕下或涂去二维码。", "The label hides its persons; tearing it off is still a good habit."
    ),
    "track": Said("快件走到哪里了？查询快件", "Where is the parcel? Track it"),
    "check": Said("想知道一张面单露出了什么？检查一张面单", "What does a label show? Check one"),
    "none": Said(
        "本页不使用统计脚本，也不记录您扫描的是哪一张面单。",
        "This page has no tracking, and does not record which label was scanned.",
    ),
}
_ZONES: Final = (
    Fact(
        Said("条码与单号", "Bar code and number"),
        Said("这件快递的单号，不含任何人的信息。", "The parcel's number; it says nothing about a person."),
    ),
    Fact(
        Said("三段码与目的地", "Sorting code and destination"),
        Said("分拣用，只到区县一级。", "For sorting, down to the district and no finer."),
    ),
    Fact(Said("收、寄", "To and from"), Said("收件人与寄件人，均已隐去一部分。", "Recipient and sender, each partly hidden.")),
    Fact(
        Said("物品与备注", "Contents and remark"),
        Said("物品的种类和数量；出现个人信息的会被隐去。", "What is inside and how many; personal details are hidden."),
    ),
    Fact(
        Said("二维码", "QR code"),
        Said(
            "随机的凭据，通向本页；它不含姓名、电话或地址。",
            "A random token that leads to this page. It holds no name, phone or address.",
        ),
    ),
)
_MASKS: Final = (
    Fact(Said("姓名", "Name"), Said("只留姓或一部分。", "The family name, or a part, is left.")),
    Fact(
        Said("电话", "Phone"),
        Said(
            "只留末几位，供取件时核对；若是虚拟号码则整个印出，过期后即失效。",
            "The last digits are left, to compare at pickup. A virtual number stands whole, and ends.",
        ),
    ),
    Fact(Said("地址", "Address"), Said("门牌、楼栋、房号隐去。", "House, building and room are hidden.")),
)
_CARRIER: Final = Said("快递企业", "Carrier")
_HOTLINE: Final = Said("客服电话", "Hotline")


@get(["/l", "/l/{token:str}"], opt=unsigned())
async def explain_label(visitor: Asking) -> Response[str]:
    """Explain every label alike, whatever token led here."""
    told = await visitor.ask(tell_carrier)
    return page("public/label.html", WORDS, visitor, public="/l", zones=_ZONES, masks=_MASKS, contact=_contact(told))


def _contact(told: Carrier) -> list[Fact]:
    return [Fact(_CARRIER, told.name), *([Fact(_HOTLINE, told.hotline)] if told.hotline else [])]
