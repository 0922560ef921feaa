"""Province, city and district at the head of an address, from the packaged table of divisions."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from yinji.deid.address.words import SEPARATORS
from yinji.deid.model import Division
from yinji.deid.normal_form import normal

_MUNICIPALITIES: Final = frozenset(("11", "12", "31", "50"))
_FILLING: Final = re.compile(
    f"(?:[{re.escape(SEPARATORS)}]|中国|中华人民共和国|省直辖县级行政区划|自治区直辖县级行政区划|省直辖|市辖区)*"
)
_PEOPLES: Final = (
    "蒙古族|蒙古|回族|回|藏族|维吾尔自治|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|"
    "东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|塔吉克族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春族|各族|普米族"
)
_SUFFIX: Final = re.compile(f"(?:{_PEOPLES})*(?:特别行政区|自治区|自治州|自治县|自治旗|矿区|林区|地区|新区|省|市|盟|区|县|旗)$")
_NOT_AFTER_SHORT: Final = frozenset("省市区县旗州盟路街大道巷村镇乡花新东西南北中城山河湖江桥园苑府湾里站门国商")
"""A district's short name before one of these is more likely a road, an estate or a station named after it."""

_CITY_DIGITS: Final = 4  # of a code: two for the province, two for the city
_SHORT_MIN: Final = 2
_INNER_MONGOLIA: Final = "内蒙古"
_LEVEL_WORDS: Final = frozenset("省市区县旗州盟")
"""A short name before one of these is the name of another division: 朝阳 in 朝阳区 is not 朝阳市."""


class _Place(NamedTuple):
    name: str
    code: str
    full: str


class _Table(NamedTuple):
    """Names by their first two characters, longest first; ``full`` gives a code's name."""

    provinces: dict[str, tuple[_Place, ...]]
    cities: dict[str, tuple[_Place, ...]]
    districts: dict[str, tuple[_Place, ...]]
    full: dict[str, str]


def read_division(text: str) -> Division | None:
    """Return province, city and district at the head of an address; None if no city or district can be told.

    Understood: full names, names without 省, 市, 区 (only below a known parent), a missing province or city where the
    rest is unambiguous, municipalities written once or twice, counties directly under a province.
    """
    plain = normal(text)
    table = _table()
    at = _skip(plain, 0)
    province, at = _province(plain, at, table)
    city, at = _city(plain, at, table, province)
    parent = city.code[:4] if city else province
    district, at = _district(plain, at, table, parent, province)
    deepest = district or city
    if deepest is None:
        return None
    code = deepest.code
    return Division(
        province=table.full[code[:2] + "0000"],
        city=table.full.get(code[:4] + "00", ""),
        district=district.full if district else "",
        code=code,
        end=at,
    )


def _province(text: str, at: int, table: _Table) -> tuple[str, int]:
    found = _longest(text, at, table.provinces, "")
    city = _longest(text, at, table.cities, "")
    if found is None or (city is not None and len(city.name) > len(found.name)):
        return "", at
    return found.code[:2], _skip(text, at + len(found.name))


def _city(text: str, at: int, table: _Table, province: str) -> tuple[_Place | None, int]:
    found = _longest(text, at, table.cities, province)
    if found is not None:
        return found, _skip(text, at + len(found.name))
    if province in _MUNICIPALITIES and province:
        code = province + "0100"
        return _Place("", code, table.full[code]), at
    return None, at


def _district(text: str, at: int, table: _Table, parent: str, province: str) -> tuple[_Place | None, int]:
    for within in (parent, province) if parent else ("",):
        for place in table.districts.get(text[at : at + 2], ()):
            if not place.code.startswith(within) or not text.startswith(place.name, at):
                continue
            end = at + len(place.name)
            if place.name != place.full and (len(parent) < _CITY_DIGITS or text[end : end + 1] in _NOT_AFTER_SHORT):
                continue
            if not within and _ambiguous(place, table):
                return None, at
            return place, end
    return None, at


def _ambiguous(place: _Place, table: _Table) -> bool:
    return any(other.name == place.name and other.code != place.code for other in table.districts[place.name[:2]])


def _longest(text: str, at: int, names: dict[str, tuple[_Place, ...]], within: str) -> _Place | None:
    for place in names.get(text[at : at + 2], ()):
        if not place.code.startswith(within) or not text.startswith(place.name, at):
            continue
        if place.name == place.full or text[at + len(place.name) : at + len(place.name) + 1] not in _LEVEL_WORDS:
            return place
    return None


def _skip(text: str, at: int) -> int:
    match = _FILLING.match(text, at)
    return match.end() if match else at


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
    elif name.endswith("自治县"):
        forms.append(short + "县")
    return forms


@cache
def _table() -> _Table:
    lines = resources.files("yinji.deid").joinpath("data/divisions.tsv").read_text(encoding="utf-8").splitlines()
    levels: tuple[dict[str, list[_Place]], ...] = ({}, {}, {})
    full: dict[str, str] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        code, name, *_former = line.split("\t")
        level = 0 if code.endswith("0000") else 1 if code.endswith("00") else 2
        if not _former or code not in full:
            full.setdefault(code, name)
        for written in _written(name):
            levels[level].setdefault(written[:2], []).append(_Place(written, code, name))
    provinces, cities, districts = (
        {head: tuple(sorted(places, key=lambda place: -len(place.name))) for head, places in level.items()} for level in levels
    )
    return _Table(provinces, cities, districts, full)
