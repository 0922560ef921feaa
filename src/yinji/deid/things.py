"""Numbers of things: dates, times, sizes, amounts, prices, codes. Whatever is plainly one of them is no number of a person.

`PLAINLY` knows them by their own form, `NAMED` by the word before them (订单号, 取件码, IMEI), `is_long_code` by being too long to
be called: twelve digits and more in one piece are a waybill, an order, a moment or a bar code.
"""

from __future__ import annotations

import re
from typing import Final

_MEASURES: Final = (
    "件套|件|个|只|支|片|包|盒|袋|瓶|罐|桶|箱|张|条|双|套|斤|公斤|千克|克|毫升|升|厘米|毫米|平方米|平米|米|寸|英寸|码|色|本|册|卷|枚|颗|粒|朵|束|根|把|台|部|块|元|角|万|亿|分钟|"
    "小时|天|年|月|日|周|点|时|分|秒|岁|人|位|层|号|款|折|倍|度|瓦|伏|伏特|毫安|抽|连包|提|副|对|组|节|枝|株|棵|头|尾|片装|支装|只装|粒装|期|次|"
    "kg|mg|ms|us|ns|kb|g|ml|l|cm|mm|m|w|v|mah|gb|tb|mb|hz|k|d|s|pcs|px|dpi|oz|lb|ft|寸屏|%|°"
)
_AMOUNT: Final = r"[0-9]{1,4}(?:\.[0-9]{1,3})?"
_SIZE: Final = rf"{_AMOUNT}(?: ?(?:cm|mm|m|厘米|毫米|米))?(?: ?[xX×*] ?{_AMOUNT}(?: ?(?:cm|mm|m|厘米|毫米|米))?){{1,2}}"
_YEAR: Final = "(?:19|20)[0-9]{2}"
_MONTH: Final = "(?:1[0-2]|0?[1-9])"
_DAY: Final = "(?:3[01]|[12][0-9]|0?[1-9])"
_TWO_MONTH: Final = "(?:1[0-2]|0[1-9])"
_TWO_DAY: Final = "(?:3[01]|[12][0-9]|0[1-9])"
_CALLS: Final = "tel|phone|mobile|mob|call|cell|qq|wx|vx|wechat|[tpvqm]"
_CREDIT: Final = "[0-9A-HJ-NPQRTUWXY]"
"""The characters of a unified social credit code (GB 32100): no I, O, S, V, Z."""

_MARKED: Final = (
    "订单号?码?|运单号?码?|快递单号?|物流单号?|面单号|单号|(?<!档案)编号|货号|款号|型号|条形?码|批号|批次号?|商品(?:id|码)|编码|流水号?|交易号|序列号|机身号|凭证号?|"
    "取件码|取货码|提货码|核销码|验证码|兑换码|券码|卡券号?|货架号?|税号|纳税人识别号|信用代码|机构代码|发票号码|发票代码|发票号|合同号?编?号?|案号|版本号?|备案号?|许可证?号?|邮编|邮政编码|经纬度|坐标|"
    "时间戳|房源|工号|件号|箱号|柜号|车次|价格|金额|总价|共计|合计|请?凭"
)
_MARKED_LATIN: Final = "sku|isbn|cas|hs|pid|tid|bug|ref|trace|ticket|ean|upc|imei|meid|sn|s/n|spu|asin|uid|order|waybill|tracking|ver(?:sion)?|build"
NAMED: Final = re.compile(
    rf"(?:{_MARKED}|(?<![A-Za-z])(?:{_MARKED_LATIN})(?![A-Za-z]))(?:为|是|no\.?|id)?[:=# .\-]{{0,3}}((?:[A-Za-z]{{1,6}}[-_]?)?[0-9][0-9A-Za-z]*(?:[-_. ,][0-9A-Za-z]+)*(?:\([0-9A-Za-z]\))?)",
    re.IGNORECASE,
)
"""What the trade itself numbers, behind the word that says so."""

PLAINLY: Final = re.compile(
    "(?<![0-9.])(?:"
    rf"{_YEAR} ?[-./年] ?{_MONTH}(?: ?[-./月] ?{_DAY}(?!\d)日?)?"  # 2026-11-20, 2026年11月
    rf"|(?:19|20)[0-9]{{2}}{_TWO_MONTH}{_TWO_DAY}(?![0-9])"  # 20261120
    rf"|{_MONTH}[./月]{_DAY}[日号]?(?![0-9])"  # 11.20
    r"|[012]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?![0-9])"  # 9:00-18:00
    rf"|{_SIZE}(?![0-9])"  # 120x80
    r"|[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?::[0-9]{2,5})?(?![0-9.])"  # 192.168.0.1
    r"|[0-9]{1,4}(?:\.[0-9]{1,5}){2,3}(?![0-9.])"  # 10.0.19045.3803
    r"|[0-9]{1,3}\.[0-9]{2,10} ?, ?[0-9]{1,3}\.[0-9]{2,10}(?![0-9])"  # 116.39,39.91
    r"|[0-9]{1,3}\.[0-9]{4,10}(?![0-9.])"  # 39.916527
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?(?![0-9])"  # 1,299,000
    r"|[0-9]{5,10}\.[0-9]{1,2}(?![0-9])"  # 1234567.89
    r"|2[0-9]{5}-[0-9]{12,18}(?![0-9])"  # an order: its day, its number
    r"|97[89](?:-?[0-9]){10}(?![0-9])"  # a book
    rf"|{_AMOUNT}(?: ?[-~/、,至到] ?{_AMOUNT}){{0,5}} ?(?:{_MEASURES})(?![A-Za-z])"  # 500ml, 140-160斤, 128/256GB
    rf"|(?!1[3-9][0-9]{{9}})[0-9]{{5,12}}(?:\.[0-9]{{1,2}})? ?(?:{_MEASURES})(?![A-Za-z])"  # 12345678元
    r"|[0-9]{1,6}[A-Za-z][0-9A-Za-z_\-]*"  # 256G2026
    ")"
    rf"|(?<![0-9A-Za-z])(?=[0-9]*[A-Z]){_CREDIT}{{2}}[0-9]{{6}}{_CREDIT}{{10}}(?![0-9A-Za-z])"
    rf"|(?<![0-9A-Za-z])(?!(?:{_CALLS})[-_ ]?[0-9])[A-Z]{{2,4}}(?: [0-9]{{3,5}}){{3,5}}(?: ?[0-9]{{1,2}})?(?![0-9])"  # SF 1234 5678 9012
    r"|(?<![0-9])1[5-8][0-9]{8}\.[0-9]{1,9}(?![0-9])"
    r"|[¥￥$] ?[0-9][0-9,]*(?:\.[0-9]{1,2})?"
    r"|(?<![A-Za-z])(?:GB|DB|YZ|QB|SB|HJ|ISO|IEC|Q|T|YD|JT)(?:/[A-Z]{1,5})? ?[0-9]{2,6}(?:\.[0-9]+)?[-—:](?:19|20)[0-9]{2}"
    r"|ICP备[0-9]{6,12}号?"
    rf"|(?<![0-9A-Za-z])(?!(?:{_CALLS})[-_]?[0-9])[A-Za-z]{{1,8}}[-_]?[0-9][0-9A-Za-z_\-]*",  # AB12345678
    re.IGNORECASE,
)
"""Dates, times, sizes, amounts, prices, places on the globe, and numbers of things, each by its own form."""

CALLED_MIN: Final = 12
"""No phone outside of the protected 700 range has so many digits, its country left out (ITU-T E.164 in China: 11)."""

_MOBILE_AND_MORE: Final = re.compile("1[3-9][0-9]{10,13}")
_MOMENT: Final = re.compile("1[5-8][0-9]{8}|1[5-8][0-9]{11}")
"""Seconds or milliseconds since 1970: the years 2017 to 2030."""


def is_long_code(digits: str) -> bool:
    """Say whether digits in one piece are too long to be called, or a moment: no number of a person.

    A mobile with a few digits behind it is still one.
    """
    if _MOMENT.fullmatch(digits):
        return True
    return len(digits) >= CALLED_MIN and _MOBILE_AND_MORE.fullmatch(digits) is None


def named(plain: str) -> list[tuple[int, int]]:
    """Return the spans of numbers behind a word that says what they number."""
    return [match.span(1) for match in NAMED.finditer(plain)]
