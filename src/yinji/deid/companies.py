"""Companies, shops and offices in a text, told by their ending. They are no persons: nothing here is hidden by itself.

A shop is often named after its owner (王小明烟酒店): such a name is told with its own reason, for callers that must judge it.
"""

from __future__ import annotations

import re
from typing import Final

from yinji.deid.model import Finding, FindingKind
from yinji.deid.normal_form import normal
from yinji.deid.people_words import COMPOUND, HAN, SURNAME_SIGNS
from yinji.kernel.mask import Span
from yinji.kernel.said import Said

_SURE_ENDINGS: Final = "有限责任公司|股份有限公司|有限公司|分公司|子公司|公司|集团|事务所|合作社|工作室|个体工商户|研究院|研究所|经营部|服务部|批发部|门市部|营业部|商行|商社|商贸行|旗舰店|专卖店|专营店|便利店"
_LIKELY_ENDINGS: Final = (
    "加工厂|制造厂|家具厂|食品厂|服装厂|五金店|五金厂|打印店|图文店|烟酒店|理发店|美发店|美容院|水果店|早餐店|药店|药房|大药房|诊所|超市|饭店|餐馆|餐厅|酒楼|茶楼|茶馆|面馆|火锅店|烧烤店|"
    "花店|书店|服装店|鞋店|手机店|眼镜店|母婴店|奶茶店|咖啡店|咖啡馆|蛋糕店|小吃店|修理厂|修理店|汽修厂|汽修店|洗车店|养殖场|种植场|家庭农场|幼儿园|培训班|培训中心|网吧|宾馆|旅馆|民宿|裁缝店|干洗店|杂货店|"
    "杂货铺|小卖部|批发店|总店|分店|商店|工厂|小店|厂"
)
_ENDING: Final = re.compile(f"(?:{_SURE_ENDINGS}|{_LIKELY_ENDINGS})(?![方家商址里内房])")
_BEFORE: Final = re.compile(
    rf"(?:(?<=[^0-9A-Za-z{HAN}()&·])|(?<=[号楼栋幢座室层路街村镇区县市巷弄])|^)[0-9A-Za-z{HAN}()&·]{{2,24}}?$"
)
_HEAD: Final = 24
_SURE: Final = 0.9
_LIKELY: Final = 0.7
_OWNER: Final = re.compile(rf"(?:(?:{COMPOUND})[{HAN}]{{1,2}}|[{SURNAME_SIGNS}][{HAN}]{{2}})(?=[{HAN}]{{2,}}$)")
_OFFICE: Final = re.compile(f"(?:{_SURE_ENDINGS})$")
_COMPANY: Final = Said("由“公司”“店”“厂”等词尾看出的单位", "a company or shop, told by its ending")
_AFTER_OWNER: Final = Said("以店主姓名命名的店铺，可能指向个人", "a shop named as a person is: it may point to its owner")
_LEAST: Final = 2


def companies(text: str) -> tuple[Finding, ...]:
    """Return the companies and shops that a text names, in order and apart. Never raises; time grows with the length."""
    plain = normal(text)
    found: list[Finding] = []
    low = 0
    for ending in _ENDING.finditer(plain):
        if ending.start() < low:
            continue
        begins = _begin(plain, max(low, ending.start() - _HEAD), ending.start())
        if ending.start() - begins < _LEAST:
            continue
        whole = plain[begins : ending.end()]
        sure = _OFFICE.search(whole) is not None
        owner = not sure and _OWNER.match(whole) is not None
        found.append(
            Finding(
                FindingKind.COMPANY, Span(begins, ending.end()), _SURE if sure else _LIKELY, _AFTER_OWNER if owner else _COMPANY
            )
        )
        low = ending.end()
    return tuple(found)


def _begin(plain: str, low: int, end: int) -> int:
    """Return where the name of a company begins that ends at ``end``: behind a sign, or behind the number of its house."""
    start = end
    while start > low and (plain[start - 1].isalnum() or plain[start - 1] in "()&·"):
        start -= 1
    for place in range(end - _LEAST, start, -1):
        if plain[place - 1] in "号楼栋幢座室层路街村镇巷弄" and not plain[place].isdigit():
            return place
    return start
