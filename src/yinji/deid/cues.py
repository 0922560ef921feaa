"""People and accounts that a word announces: 收件人, 联系, 交给, 代收, 先生; 微信, QQ, 护照."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from yinji.deid.names import COMPOUND_SURNAMES, SURNAMES

_SURNAME: Final = f"(?:{'|'.join(sorted(COMPOUND_SURNAMES))}|[{''.join(sorted(SURNAMES))}])"
_FIRST: Final = f"(?=[{''.join(sorted(SURNAMES | {pair[0] for pair in COMPOUND_SURNAMES}))}])"
"""A quick look before the slow ones."""

_WORDS: Final = (
    "门卫|门口|门房|门岗|门店|门禁|门前|门外|门市|门诊|管理|管家|师傅|师父|方式|方便|方向|方可|包装|包裹|包邮|包好|包严|包括|单独|单元|单号|单位|时间|时候|时请|时段|公司|公安|公寓|公共|"
    "路口|路边|路上|车间|车库|车上|车里|车位|安全|安装|安排|安保|安检|全部|全家|全程|平安|平台|平时|平常|高级|高层|高温|常温|常用|白天|白色|白班|黄色|蓝色|金色|银行|司机|云仓|满意|严实|严禁|易碎|温度|"
    "冷藏|冷链|冷冻|成人|成品|成功|文件|文具|查收|查看|水果|水电|丰巢|宿管|宿舍|楼下|楼上|楼长|楼道|楼管|楼层|卫生|应急|明天|明早|明晚|明日|班主任|班长|班级|班组|相关|相应|任何|毛巾|马上|游客|符合|施工|"
    "毕竟|项目|连同|左边|左右|房东|房客|房间|房屋|商家|商店|商场|商户|商品|关注|强烈|帅哥|支持|支付|阳台|阳光|周末|周[一二三四五六日内边]|康师傅|顾客|景区|贺卡|孙子|孙女|权限|通知|农村|阴凉|危险|空调|花店"
)
"""Words of notes and of goods that begin as a surname does."""

_DOUBTFUL: Final = (
    "满查水丰应明初封第向关元来都信于支计有尚呼索原其展干但和时能母衣双祖包安常平全成相单公方白门车路管利居班阿银步从向问到"
)
"""Surnames that more often begin a word: taken for a name only behind a cue that names a person for certain."""

_HAN: Final = "[\u3400-\u4dbf\u4e00-\u9fff]"
_NO_WORD: Final = f"{_FIRST}(?!{_WORDS})"
_LIKELY: Final = f"{_FIRST}(?!{_WORDS}|[{_DOUBTFUL}])"
_FORMS: Final = "先生|女士|小姐|太太|阿姨|师傅|老师|大哥|大姐|经理|老板"
_STRONG: Final = "收件人|收货人|寄件人|发件人|联系人|姓名|名字|户名|收方|本人|我叫|名叫|转交给|转交|代收人"
_MIDDLING: Final = "交给|联系|联络|邻居|找"
_WEAK: Final = "给交由请让"
_TAKING: Final = "代收|代签|代领|代取"
_GIVEN: Final = rf"(?:(?={_FORMS})|{_HAN}{{1,2}}?(?={_FORMS}|{_TAKING})|{_HAN}{{1,2}})"
_PATTERNS: Final = (
    ("人名方叫交", rf"(?:{_STRONG})(?:人|是|为)?[: ]{{0,3}}{_NO_WORD}({_SURNAME}{_GIVEN})"),
    ("交系络居找", rf"(?:{_MIDDLING})(?:隔壁|对门|楼上|楼下)?[: ]{{0,3}}{_LIKELY}({_SURNAME}{_GIVEN})"),
    (
        "给交由请让",
        rf"[{_WEAK}] ?{_LIKELY}({_SURNAME}{_HAN}{{1,2}}?)(?={_TAKING}|{_FORMS}|[收的家签取拿]|[^\u3400-\u9fff]|$)",
    ),
    ("代", rf"{_LIKELY}({_SURNAME}{_HAN}{{1,2}}?)(?:{_TAKING})"),
    ("收启", rf"(?<!{_HAN}){_LIKELY}({_SURNAME}{_HAN}{{1,2}}?)(?:签收|亲收|亲启|收(?![费割购藏到件货纳拾]))"),
    ("生士姐太姨傅师哥理板", rf"{_NO_WORD}({_SURNAME}{_HAN}{{0,2}}?)(?:{_FORMS})"),
)
"""Each cue, and characters of which one stands in every text that it can be found in."""

_MESSENGERS: Final = "微信|薇信|威信|微 信|wechat|weixin|加微|加v|v信|wx|vx|扣扣|q号|qq|支付宝|抖音"
_ACCOUNT: Final = re.compile(
    rf"(?<![A-Za-z])(?:{_MESSENGERS})(?:账号|帐号|号码|号|id)?(?:是|为)?[:\s=\-]{{0,3}}([A-Za-z0-9][A-Za-z0-9_\-]{{4,30}})",
    re.IGNORECASE,
)
_DOCUMENT: Final = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|证件|passport)(?:号码|号)?(?:是|为)?[:\s]{0,3}([A-Za-z]{1,2} ?[0-9]{6,10}|[0-9]{8,9})",
    re.IGNORECASE,
)
_MAIL_AT: Final = r" ?(?:@|[(\[{] ?at ?[)\]}]| at |艾特) ?"
_EMAIL: Final = re.compile(
    rf"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{{1,64}}{_MAIL_AT}[A-Za-z0-9\-]{{1,63}}(?: ?(?:\.|点| dot ) ?[A-Za-z0-9\-]{{2,63}}){{1,4}}",
    re.IGNORECASE,
)


@cache
def _reader(cue: str) -> re.Pattern[str]:
    """Compile a cue when a text first needs it: all of them together are 20 ms that most commands never need."""
    return re.compile(cue)


def people(plain: str) -> list[tuple[int, int]]:
    """Return the spans of names in a text in normal form that stand behind a cue or before one, or before a form of address."""
    present = set(plain)
    return [match.span(1) for signs, cue in _PATTERNS if present.intersection(signs) for match in _reader(cue).finditer(plain)]


def accounts(plain: str) -> list[tuple[int, int]]:
    """Return the spans of accounts and document numbers behind the word that names them."""
    return [match.span(1) for pattern in (_ACCOUNT, _DOCUMENT) for match in pattern.finditer(plain)]


def emails(plain: str) -> list[tuple[int, int]]:
    """Return the spans of e-mail addresses, the sign written out as well."""
    return [match.span() for match in _EMAIL.finditer(plain)]
