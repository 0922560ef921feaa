"""What an address is made of, and what a reader answers with: parts that cover the text, each with its reason."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from yinji.kernel.mask import Span
from yinji.kernel.said import Said


class Part(StrEnum):
    """What a piece of an address is. The values stand in rule packs and in what the command line prints."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    ZONE = "zone"  # 开发区, 新区: no division, but named like one
    TOWN = "town"  # 街道, 镇, 乡, 苏木, 团场
    COMMUNITY = "community"
    VILLAGE = "village"  # 村, 屯, 嘎查; 里 and 邨 by their use
    GROUP = "group"  # 组, 队, 社, 连: a part of a village
    ROAD = "road"
    LANE = "lane"  # 弄, 巷 with their number
    NUMBER = "number"  # 号 on a road
    HOUSE = "house"  # 号 in a village: one household's house
    PLACE = "place"  # an estate, a building with a name, a company, a site
    PHASE = "phase"  # 二期, B区, 东苑: a part of a place
    BUILDING = "building"
    UNIT = "unit"  # 单元, 门, 梯; a company of a regiment, a box inside a post box
    FLOOR = "floor"
    ROOM = "room"  # 室, 户, 房, 床; a bare number read as one
    STALL = "stall"  # a shop, stall, counter or parking space
    WAY = "way"  # 对面, 东100米: how to find it
    NAME = "name"
    PHONE = "phone"
    REMARK = "remark"
    HIDDEN = "hidden"  # marks that stand for what was hidden before
    SIGN = "sign"  # separators
    UNKNOWN = "unknown"  # behind a unit or room, and not understood


class Why(StrEnum):
    """How the reader knew."""

    TABLE = "table"
    ENDING = "ending"
    MARK = "mark"
    PLACED = "placed"
    CHAIN = "chain"
    WIDTH = "width"
    DOUBT = "doubt"
    CUE = "cue"
    SURNAME = "surname"
    SHAPE = "shape"
    TAIL = "tail"
    SIGN = "sign"
    STARS = "stars"
    REST = "rest"


REASONS: Final = {
    Why.TABLE: Said("在行政区划表中", "stands in the table of divisions"),
    Why.ENDING: Said("由词尾看出", "told by the ending of the word"),
    Why.MARK: Said("由“栋”“单元”“室”等字样看出", "told by a mark such as 栋, 单元 or 室"),
    Why.PLACED: Said("由前面的内容看出", "told by what stands before it"),
    Why.CHAIN: Said("由“3-2-501”一类写法中的位置看出", "told by its place in a chain such as 3-2-501"),
    Why.WIDTH: Said("由数字的位数看出", "told by how many digits it has"),
    Why.DOUBT: Said("可能是室号，从严处理", "may be a room: treated as one"),
    Why.CUE: Said("给收派员的话", "a remark to the courier"),
    Why.SURNAME: Said("像姓名", "looks like a person's name"),
    Why.SHAPE: Said("七位以上数字，像电话", "seven digits or more: looks like a phone"),
    Why.TAIL: Said("单元、户室号之后，未能读懂", "behind a unit or room, and not understood"),
    Why.SIGN: Said("分隔符号", "separators"),
    Why.STARS: Said("已经隐藏", "hidden already"),
    Why.REST: Said("前面部分的名称", "a name among the parts before a unit or room"),
}
"""Each reason in a sentence."""


class AddressPart(NamedTuple):
    """Characters ``span`` of the text are ``part``; ``why`` says how the reader knew."""

    part: Part
    span: Span
    why: Why

    @property
    def reason(self) -> Said:
        """Return ``why`` as a sentence."""
        return REASONS[self.why]


class AddressRead(NamedTuple):
    """The parts of an address in order: they touch each other and cover the text. Holds places, no text."""

    parts: tuple[AddressPart, ...] = ()

    def spans(self, part: Part) -> tuple[Span, ...]:
        """Return where ``part`` stands, in order; empty where the address has none."""
        return tuple(each.span for each in self.parts if each.part is part)
