"""The packaged table of divisions: base (`data/divisions.tsv`, with its date) and patch list (`data/division_changes.tsv`)."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

_PEOPLES: Final = (
    "蒙古族|蒙古|回族|回|藏族|维吾尔自治|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|"
    "东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|塔吉克族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春族|各族|普米族"
)
_SUFFIX: Final = re.compile(f"(?:{_PEOPLES})*(?:特别行政区|自治区|自治州|自治县|自治旗|矿区|林区|地区|新区|省|市|盟|区|县|旗)$")
_SHORT_MIN: Final = 2
_INNER_MONGOLIA: Final = "内蒙古"
_ALSO: Final = {
    "150000": ("内蒙",),
    "650000": ("新疆生产建设兵团", "新疆兵团", "生产建设兵团", "兵团"),
    "810000": ("香港特区", "中国香港"),
    "820000": ("澳门特区", "中国澳门"),
    "710000": ("中国台湾",),
    "820200": ("氹仔", "路环", "路凼"),
}
"""Names that people write beside the full and the short one."""

LETTERS: Final = dict(
    zip(
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新港澳台",
        [
            "11",
            "12",
            "13",
            "14",
            "15",
            "21",
            "22",
            "23",
            "31",
            "32",
            "33",
            "34",
            "35",
            "36",
            "37",
            "41",
            "42",
            "43",
            "44",
            "45",
            "46",
            "50",
            "51",
            "51",
            "52",
            "52",
            "53",
            "53",
            "54",
            "61",
            "61",
            "62",
            "62",
            "63",
            "64",
            "65",
            "81",
            "82",
            "71",
        ],
        strict=True,
    )
)
"""Provinces by the one character that stands for them: 川成都市. The first two digits of the code (GB/T 2260)."""


class Place(NamedTuple):
    """A name as it is written, and the division it means. ``now`` names what has followed a former one."""

    name: str
    code: str
    full: str
    now: str = ""


class Table(NamedTuple):
    """Names by their first two characters, longest first; ``full`` gives a code's name."""

    provinces: dict[str, tuple[Place, ...]]
    cities: dict[str, tuple[Place, ...]]
    districts: dict[str, tuple[Place, ...]]
    full: dict[str, str]


@cache
def table() -> Table:
    """Read both files, once."""
    levels: tuple[dict[str, list[Place]], ...] = ({}, {}, {})
    full: dict[str, str] = {}
    followed = {(code, name): now for _, name, code, _, now in _rows("division_changes.tsv") if code != "-" and now != "-"}
    for code, name, *former in _rows("divisions.tsv"):
        if not former or code not in full:
            full.setdefault(code, name)
        _enter(levels, code, name, followed.get((code, name), ""))
    for _, name, code, now_code, now in _rows("division_changes.tsv"):
        if code == "-":
            _enter(levels, now_code, name, now, short=False)
    provinces, cities, districts = (
        {head: tuple(sorted(places, key=lambda place: -len(place.name))) for head, places in level.items()} for level in levels
    )
    return Table(provinces, cities, districts, full)


def _rows(file: str) -> list[list[str]]:
    lines = resources.files("yinji.deid").joinpath(f"data/{file}").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def _enter(levels: tuple[dict[str, list[Place]], ...], code: str, name: str, now: str, *, short: bool = True) -> None:
    level = 0 if code.endswith("0000") else 1 if code.endswith("00") else 2
    for written in (*(_written(name) if short else (name,)), *_ALSO.get(code, ())):
        levels[level].setdefault(written[:2], []).append(Place(written, code, name, now))


def _written(name: str) -> list[str]:
    """Return the forms in which a division's name is written: in full, short, and 恩施州 for an autonomous prefecture."""
    if name.startswith(_INNER_MONGOLIA):
        return [name, _INNER_MONGOLIA]
    short = _SUFFIX.sub("", name)
    if not _SHORT_MIN <= len(short) < len(name):
        return [name]
    forms = [name, short]
    if name.endswith("自治州"):
        forms.append(short + "州")
    elif name.endswith(("自治县", "自治旗")):
        forms.append(short + name[-1])
    return forms
