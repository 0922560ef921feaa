"""Province, city and district at the head of an address, from the packaged table of divisions."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yinji.deid.address.division_table import LETTERS, Place, Table, table
from yinji.deid.address.parts import Part
from yinji.deid.address.traditional import folded
from yinji.deid.address.words import SEPARATORS
from yinji.deid.model import Division
from yinji.deid.normal_form import normal

_MUNICIPALITIES: Final = frozenset(("11", "12", "31", "50"))
_SPECIAL: Final = frozenset(("81", "82"))
"""Hong Kong and Macau: an address there names its area or estate, and seldom its district."""

_FILLING: Final = re.compile(
    f"(?:[{re.escape(SEPARATORS)}]|中国|中华人民共和国|省直辖县级行政区划|自治区直辖县级行政区划|省直辖|市辖区|第?[一二三四五六七八九十]{{1,3}}师(?!范))*"
)
_FILLING_FIRST: Final = frozenset(SEPARATORS + "中省自市第一二三四五六七八九十")
"""What `_FILLING` begins with: a quick look that spares most addresses the slow one."""

_COUNTRY: Final = re.compile(f"[{re.escape(SEPARATORS)}]*(中华人民共和国|中国)(?![电移联人建工农银石铁铝核航船兵交煤气])")
_NOT_AFTER_SHORT: Final = frozenset("省市区县旗州盟路街大道巷村镇乡花新东西南北中城山河湖江桥园苑府湾里站门国商")
"""A district's short name before one of these is more likely a road, an estate or a station named after it."""

_CITY_DIGITS: Final = 4  # of a code: two for the province, two for the city
_LEVEL_WORDS: Final = frozenset("省市区县旗州盟")
"""A short name before one of these is the name of another division: 朝阳 in 朝阳区 is not 朝阳市."""


class Head(NamedTuple):
    """The divisions at the head of a text: what they are, and where each stands. ``end`` lies behind the last one."""

    province: str  # the first two digits of its code, empty where none is told
    city: Place | None
    district: Place | None
    parts: tuple[tuple[Part, int, int], ...]
    end: int

    @property
    def deepest(self) -> Place | None:
        """Return the district, the city, or None: a province alone is no head, but in Hong Kong and Macau."""
        if self.district or self.city or self.province not in _SPECIAL:
            return self.district or self.city
        code = self.province + "0000"
        return Place("", code, table().full[code])


def read_division(text: str) -> Division | None:
    """Return province, city and district at the head of an address; None if no city or district can be told.

    Understood: full names, names without 省, 市, 区 (only below a known parent), a province by its one character (川) or
    older name (兵团), a missing province or city where the rest is unambiguous, municipalities written once or twice,
    counties directly under a province, former names (`Division.now` has the present one), traditional characters. In Hong
    Kong and Macau the region alone is enough.
    """
    head = read_head(folded(normal(text)), 0)
    deepest = head.deepest
    if deepest is None:
        return None
    code = deepest.code
    full = table().full
    return Division(
        province=full[code[:2] + "0000"],
        city="" if code.endswith("0000") else full.get(code[:4] + "00", ""),
        district=head.district.full if head.district else "",
        code=code,
        end=head.end,
        now=deepest.now,
    )


def read_head(plain: str, start: int) -> Head:
    """Return the divisions that stand at ``start`` of a text in the plain form of addresses."""
    known = table()
    parts: list[tuple[Part, int, int]] = []
    if plain[start : start + 1] in _FILLING_FIRST and (country := _COUNTRY.match(plain, start)) is not None:
        parts.append((Part.COUNTRY, *country.span(1)))
    first = _skip(plain, start)
    province, at = _province(plain, first, known)
    if at > first:
        parts.append((Part.PROVINCE, first, _word_end(plain, first, at)))
    begun = at
    city, at = _city(plain, at, known, province)
    if city is not None and city.name:
        parts.append((Part.CITY, begun, begun + len(city.name)))
    parent = city.code[:4] if city else province
    district, end = _district(plain, at, known, parent, province)
    if district is not None:
        parts.append((Part.DISTRICT, at, end))
    return Head(province, city, district, tuple(parts), end)


def _province(text: str, at: int, known: Table) -> tuple[str, int]:
    found = _longest(text, at, known.provinces, "")
    city = _longest(text, at, known.cities, "")
    if found is None:
        return _letter(text, at, known)
    if city is not None and len(city.name) > len(found.name):
        return "", at
    return found.code[:2], _skip(text, at + len(found.name))


def _letter(text: str, at: int, known: Table) -> tuple[str, int]:
    """川成都市, 京海淀区: one character for the province, and a full name below it."""
    code = LETTERS.get(text[at : at + 1])
    if code is None:
        return "", at
    after = _skip(text, at + 1)
    for names in (known.cities, known.districts):
        for place in names.get(text[after : after + 2], ()):
            if place.name == place.full and place.code.startswith(code) and text.startswith(place.name, after):
                return code, after
    return "", at


def _city(text: str, at: int, known: Table, province: str) -> tuple[Place | None, int]:
    found = _longest(text, at, known.cities, province)
    if found is not None:
        return found, _skip(text, at + len(found.name))
    if province in _MUNICIPALITIES and province:
        code = province + "0100"
        return Place("", code, known.full[code]), at
    return None, at


def _district(text: str, at: int, known: Table, parent: str, province: str) -> tuple[Place | None, int]:
    for within in (parent, province) if parent else ("",):
        for place in known.districts.get(text[at : at + 2], ()):
            if not place.code.startswith(within) or not text.startswith(place.name, at):
                continue
            end = at + len(place.name)
            if place.name != place.full and (
                (len(parent) < _CITY_DIGITS and province not in _SPECIAL) or text[end : end + 1] in _NOT_AFTER_SHORT
            ):
                continue
            if not within and _ambiguous(place, known):
                return None, at
            return place, end
    return None, at


def _ambiguous(place: Place, known: Table) -> bool:
    return any(other.name == place.name and other.code != place.code for other in known.districts[place.name[:2]])


def _longest(text: str, at: int, names: dict[str, tuple[Place, ...]], within: str) -> Place | None:
    for place in names.get(text[at : at + 2], ()):
        if not place.code.startswith(within) or not text.startswith(place.name, at):
            continue
        if place.name == place.full or text[at + len(place.name) : at + len(place.name) + 1] not in _LEVEL_WORDS:
            return place
    return None


def _skip(text: str, at: int) -> int:
    if text[at : at + 1] not in _FILLING_FIRST:
        return at
    match = _FILLING.match(text, at)
    return match.end() if match else at


def _word_end(text: str, start: int, end: int) -> int:
    """Return where the word of a province ends: `_skip` went over signs behind it."""
    while end > start + 1 and text[end - 1] in SEPARATORS:
        end -= 1
    return end
