"""Invented document numbers with right checks, in every written form; and numbers of things that look like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.deid.documents import identity_check
from yinji.deid.papers import hong_kong_check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FULL: Final = {0x21 + place: 0xFF01 + place for place in range(94)} | {0x20: 0x3000}
_HAN: Final = str.maketrans("0123456789", "零一二三四五六七八九")


def citizen(body: str) -> str:
    """Return an identity number with its check."""
    return body + identity_check(body)


CITIZENS: Final = tuple(
    citizen(body)
    for body in (
        "11010519491231002", "33010619990229001", "33010620000229001", "51010419880808123", "44030119760115321", "65010219930704007", "81000019801109112", "82000019901231001", "83000019851212003", "91033019770707001",
    )
    if body != "33010619990229001"  # no such day
)  # fmt: skip

WRITTEN: Final[dict[str, Callable[[str], str]]] = {
    "plain": str,
    "lower case": str.lower,
    "full-width": lambda number: number.translate(_FULL),
    "six eight four": lambda number: f"{number[:6]} {number[6:14]} {number[14:]}",
    "six eight four by dashes": lambda number: f"{number[:6]}-{number[6:14]}-{number[14:]}",
    "by fours": lambda number: " ".join(number[place : place + 4] for place in range(0, 18, 4)),
    "by threes": lambda number: " ".join(number[place : place + 3] for place in range(0, 18, 3)),
    "each apart": " ".join,
    "zero-width": "\u200b".join,
    "Chinese numerals": lambda number: number.translate(_HAN),
    "birthday hidden": lambda number: f"{number[:6]}********{number[14:]}",
    "tail hidden": lambda number: f"{number[:14]}****",
}

_PAPERS: Final = """护照E12345678|护照号：EA1234567|护照号码 G12345678|passport: E 1234 5678|E12345678|EB7654321|公务护照PE1234567|外交护照DE1234567|公务普通护照SE1234567|护照号D12345678|护照S12345678
护照Ｅ１２３４５６７８|护照e12345678|外国护照 123456789|passport no. 987654321|通行证H12345678|港澳居民来往内地通行证H1234567801|回乡证M12345678|M1234567801|港澳通行证C12345678|往来港澳通行证CA1234567
台胞证12345678|台胞证1123456789|台胞证号 12345678 (A)|往来台湾通行证L12345678|居住证810000198011091123|永久居留证CAN110119800101|USA110085050501|永久居留身份证GBR310090121207
A123456(3)|A123456（3）|香港身份证A123456(3)|z683365(a)|香港身份证Z6833655|AB987654(3)|澳门身份证1234567(8)|5123456(7)|澳门身份证7654321(0)|台湾身份证A123456789|A123456789|F131104093|台湾身分证 A 123456789
军官证 军字第1234567号|军字第1234567号|政字第0123456号|武警字第01234567号|警字第 123456 号|士兵证号12345678|驾驶证110105194912310021|驾驶证档案编号330100123456|证件号码A1234567|证件：B12345678
150102850101123|身份证330106850101123|身份证 330106 850101 123"""
PAPERS: Final = _PAPERS.replace("\n", "|").split("|")

_PLATES: Final = """浙A12345|浙A·12345|浙A 12345|浙A-12345|京A8B888|粤B123D4|沪AD12345|粤BDF1234|京A12345D|浙AF88888|粤Z1234港|粤Z1234澳|浙A1234学|苏B1234挂|京A1234警|使224578|使224·578|沪A1234领|WJ浙1234A|浙ａ１２３４５|车牌浙A12345|渝ABF1234"""
PLATES: Final = _PLATES.split("|")

_CARDS: Final = """6222021234567890128|6222 0212 3456 7890 128|6222-0212-3456-7890-128|卡号6222021234567890|银行卡：6217 0001 2345 6789 012|4111111111111111|4111 1111 1111 1111|5500005555555559|3530111333300000|378282246310005|６２２２０２１２３４５６７８９０１２８|9558801234567890128"""
CARDS: Final = _CARDS.split("|")

_REACHED: Final = """微信abc_12345|微信号：abc-12345|wx:hello2020|VX hello2020|加v hello2020|QQ 123456|QQ号：1234567890|扣扣123456|wxid_abc123def456|someone@example.com|some.one+tag@mail.example.cn|someone at qq.com|someone#EXAMPLE.COM|some_one＠example.com|someone艾特example点com|支付宝：someone2020|抖音号 someone2020|小红书号：12345678|weixin：abc12345"""
REACHED: Final = [each for each in _REACHED.split("|") if "#" not in each]

_NOBODY: Final = """91110108MA01ABCD2X|91330100MA2ABCDE4K|统一社会信用代码 911101085923662400|型号A123456(4)|货号E12345678|SKU H12345678|款号M12345678|型号 G12345678|RTX4090|批号C12345678|A4打印纸70g 500张|iPhone15 256G|B5笔记本10本|E27灯泡60W|T恤A款12345号|新款A字裙|苏打水330ml|云南白药12345盒|黑T 180码|川崎Z900|京东卡100元|宁夏枸杞500g|IMEI 350102850101129|1234567890123456|4083921337281234567|2026112100012345678|69012345678921234|DPK364123456789|JDV123456789012|HS编码8517130000|CAS 7732-18-5|ISBN 978-7-111-12345-6|S12345|E1234567890|7312345678901239|P20 Pro 128G|K12教材6册"""
NOBODY: Final = _NOBODY.split("|")


def hong_kong(prefix: str, digits: str) -> str:
    """Return a Hong Kong number with its check."""
    return f"{prefix}{digits}({hong_kong_check(prefix, digits)})"


def citizens() -> Iterator[tuple[str, str]]:
    """Yield each written form of each number, with the name of the form."""
    for number in CITIZENS:
        for form, write in WRITTEN.items():
            yield form, write(number)
