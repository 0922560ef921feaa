"""Every way in which people write a phone in a remark: invented numbers, dressed; and numbers of things that look like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_FULL: Final = str.maketrans("0123456789+-() ", "０１２３４５６７８９＋－（）\u3000")
_HAN: Final = str.maketrans("0123456789", "零一二三四五六七八九")
_RING: Final = str.maketrans("0123456789", "〇一二三四五六七八九")
_SPOKEN: Final = str.maketrans("0123456789", "零幺二三四五六七八九")
_BANK: Final = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
_CIRCLED: Final = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BOLD: Final = {ord("0") + figure: 0x1D7CE + figure for figure in range(10)}
_ARABIC: Final = {ord("0") + figure: 0x660 + figure for figure in range(10)}


def _grouped(sign: str, *sizes: int) -> Callable[[str], str]:
    def write(number: str) -> str:
        pieces, at = [], 0
        for size in sizes:
            pieces.append(number[at : at + size])
            at += size
        return sign.join(pieces)

    return write


def _between(sign: str) -> Callable[[str], str]:
    return sign.join


MOBILE: Final[dict[str, Callable[[str], str]]] = {
    "plain": str,
    "three four four by spaces": _grouped(" ", 3, 4, 4),
    "three four four by dashes": _grouped("-", 3, 4, 4),
    "three four four by long dashes": _grouped("—", 3, 4, 4),
    "three four four by dots": _grouped(".", 3, 4, 4),
    "three four four by middle dots": _grouped("·", 3, 4, 4),
    "three four four by slashes": _grouped("/", 3, 4, 4),
    "three four four by underscores": _grouped("_", 3, 4, 4),
    "three four four by ideographic spaces": _grouped("\u3000", 3, 4, 4),
    "three four four by ideographic commas": _grouped("、", 3, 4, 4),
    "three four four by a comma": _grouped(",", 3, 4, 4),
    "three four four by two spaces": _grouped("  ", 3, 4, 4),
    "three four four by tilde": _grouped("~", 3, 4, 4),
    "three three five": _grouped(" ", 3, 3, 5),
    "four three four": _grouped("-", 4, 3, 4),
    "three two two two two": _grouped(" ", 3, 2, 2, 2, 2),
    "two three three three": _grouped(" ", 2, 3, 3, 3),
    "five six": _grouped(" ", 5, 6),
    "each apart": _between(" "),
    "each apart by dashes": _between("-"),
    "each apart by dots": _between("."),
    "each apart by middle dots": _between("·"),
    "zero-width joiners": _between("\u200d"),
    "zero-width spaces": _between("\u200b"),
    "soft hyphens": _between("\u00ad"),
    "one zero-width joiner": _grouped("\u200d", 3, 8),
    "a mark of direction inside": _grouped("\u200e", 3, 4, 4),
    "no-break spaces": _grouped("\u00a0", 3, 4, 4),
    "full-width": lambda number: number.translate(_FULL),
    "full-width, apart": lambda number: _grouped(" ", 3, 4, 4)(number).translate(_FULL),
    "full-width, dashes": lambda number: _grouped("-", 3, 4, 4)(number).translate(_FULL),
    "Chinese numerals": lambda number: number.translate(_HAN),
    "Chinese numerals with the ring": lambda number: number.translate(_RING),
    "as it is spoken": lambda number: number.translate(_SPOKEN),
    "numerals of the bank": lambda number: number.translate(_BANK),
    "Chinese numerals, apart": lambda number: _grouped(" ", 3, 4, 4)(number.translate(_HAN)),
    "half in Chinese": lambda number: number[:3].translate(_HAN) + number[3:],
    "half in digits": lambda number: number[:7] + number[7:].translate(_HAN),
    "circled": lambda number: number.translate(_CIRCLED),
    "raised": lambda number: number.translate(_RAISED),
    "bold": lambda number: number.translate(_BOLD),
    "Arabic script": lambda number: number.translate(_ARABIC),
    "keycaps": "\ufe0f\u20e3".join,
    "l for 1": lambda number: number.replace("1", "l"),
    "I for 1": lambda number: number.replace("1", "I"),
    "O for 0": lambda number: number.replace("0", "O"),
    "o for 0": lambda number: number.replace("0", "o"),
    "l and O": lambda number: number.replace("1", "l").replace("0", "O"),
    "Cyrillic o for 0": lambda number: number.replace("0", "о"),
    "+86": lambda number: f"+86{number}",
    "+86 and a space": lambda number: f"+86 {number}",
    "+86 and dashes": lambda number: f"+86-{_grouped('-', 3, 4, 4)(number)}",
    "+86 and spaces": lambda number: f"+86 {_grouped(' ', 3, 4, 4)(number)}",
    "+86 in brackets": lambda number: f"(+86){number}",
    "86 before": lambda number: f"86{number}",
    "86 and a dash": lambda number: f"86-{number}",
    "0086": lambda number: f"0086{number}",
    "0086 and a space": lambda number: f"0086 {number}",
    "full-width plus": lambda number: f"+86{number}".translate(_FULL),
    "a zero before": lambda number: f"0{number}",
    "in brackets": lambda number: f"({number[:3]}){number[3:]}",
}
"""Each way to write the eleven digits of a mobile."""

EXTENSION: Final[dict[str, str]] = {
    "a dash": "-{}",
    "a long dash": "—{}",
    "a dash and spaces": " - {}",
    "full-width dash": "－{}",
    "转": "转{}",
    "转, spaces": " 转 {}",
    "转 and a colon": "转：{}",
    "转分机": "转分机{}",
    "分机": "分机{}",
    "分机号": "分机号{}",
    "分机, a comma": "，分机{}",
    "a comma": ",{}",
    "a full-width comma": "，{}",
    "an underscore": "_{}",
    "a number sign": "#{}",
    "ext": "ext{}",
    "ext. and a space": " ext. {}",
    "square brackets": "[{}]",
    "brackets": "({})",
    "Chinese square brackets": "【{}】",
    "按": "按{}",
    "拨": "拨{}",
    "a space": " {}",
    "转接": "转接{}",
    "a dash and 转": "-转{}",
    "brackets and 分机": "（分机{}）",
    "a semicolon": ";{}",
    "a pause": "p{}",
    "a star": "*{}",
    "an x": "x{}",
}
"""Each way to write the extension of a virtual number behind a mobile."""

OTHERS: Final = """086-13800001111|(86)0571-87654321|86-571-87654321|(852)91234567|700123456789012转1|0571-87654321|0571 8765 4321|(0571)87654321|0571 - 87654321|057187654321|010-87654321|01087654321|(010) 8765 4321|021-5432 1098
+86-571-87654321|+86 10 8765 4321|0086-571-87654321|0755-87654321-8012|0755-87654321转8012|021-54321098 转 801|010-87654321 分机 22|0898-7654321
400-800-1234|4008001234|400 800 1234|400-8001-234|4008-001-234|800-820-1234|8008201234|400-800-1234转2|700123456789012|700 1234 5678 9012
+852 9123 4567|+852-91234567|00852 9123 4567|+853 6612 3456|+886 912 345 678|+886-2-2345-6789|0912-345-678|0912345678|(02)2345-6789|02-2345-6789
+1 (212) 555-0134|+1-212-555-0134|+1 2125550134|+44 20 7946 0958|+81 90-1234-5678|+82 10-1234-5678|+65 9123 4567|+60 12-345 6789|+49 1512 3456789|+61 412 345 678
８７６５４３２１|8765 4321|8765-4321""".replace("\n", "|").split("|")
"""Landlines, service lines, protected numbers and those of other regions and countries."""

THINGS: Final = """运单号YT1234567890123|顺丰 SF 1234 5678 9012 3|pid=12345678|bug#12345678|took 1234567ns|运单号 SF1234567890123|快递单号：JT3012345678901|圆通YT8812345678901|中通 78912345678901|73123456789012|申通773123456789012|韵达463123456789012
JDVA12345678901|JDX012345678901-1-1-|EA123456789CN|邮政 9812345678901|DPK364123456789|德邦DPK202112345678|KY4000123456789|LP00123456789012|极兔JT5123456789012
订单号20261121000123|订单号：2026112100012345678|淘宝订单 4083921337281234567|4083921337281234567|京东订单302112345678|拼多多订单241121-123456789012345|241121-123456789012345|抖音订单6923456789012345678
交易号2026112122001412345678901234|流水号 0000123456789|单号：13812345678901|SKU100012345678|SKU: 1000123456|sku-2026-1234-5678|商品ID 623456789012|货号 12345678|款号2026-8812|型号BX-2026-1234567
1732156800|1732156800000|20261121103045|20261121103045123|2026-11-21 10:30:45|2026-11-21T10:30:45.123+08:00|2026/11/21 10:30|20261121|2026.11.21-2026.12.31|11-21 10:30:45.678|时间戳1732156800123
91110108MA01ABCD2X|统一社会信用代码911101085923662400|统一社会信用代码：91330100MA2ABCDE4K|税号 913301007654321098|组织机构代码 59236624-0
取件码 3-2-1045|取件码：12-3-4056|取件码1-2-3045|凭取件码 A-12-3456|货架8-3-2045|请凭88-2-1234取件|提货码 12345678|验证码 123456|核销码 1234 5678 9012
6901234567892|条码6901234567892|EAN 6901234567892|978-7-111-12345-6|ISBN 9787111123456|IMEI 861234567890128|IMEI：35 123456 789012 8|861234567890128|SN：C02XK1234567|序列号 1234567890123
¥1,234,567.00|￥12345678.90|1,299,000元|12345678元|价格 1280000|共计1234567.89元|1000000件|v10.0.19045.3803|版本 2026.11.1234|ios 17.4.1 (21E236)|192.168.100.101|10.123.45.67:8080
116.397128,39.916527|39.916527,116.397128|经纬度:116.39,39.91|北纬39.916527 东经116.397128|1920x1080|2560×1440 165Hz|1800*2000*220mm|100-240V 50/60Hz|5000mAh 22.5W|第20261121期|批号20261121A01
GB/T 41833-2022|Q/SF 0001-2026|粤食药监械生产许可20261234号|备案号 粤ICP备2026123456号|发票号码 12345678901234567890|合同编号 HT-2026-1121-001|邮编 310000|邮编310000，浙江|房号不详 2026""".replace(
    "\n", "|"
).split("|")
"""Numbers of things: nobody can be reached or known by them."""
