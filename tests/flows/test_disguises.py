"""From order to label: what names, reaches or places a person does not print, however it is dressed."""

from __future__ import annotations

import pytest

from tests.simulators.node import World
from yinji.label.model import Draft

HEAD = "浙江省杭州市西湖区"


def _label(world: World, name: str, address: str, remark: str = "", contents: str = "茶叶礼盒") -> Draft:
    outcome = world.issue([world.order("A1", (name, "13800001234", HEAD + address), remark=remark, contents=contents)])
    assert outcome.refused == []
    return outcome.labels[0].draft


@pytest.mark.parametrize(
    ("address", "room"),
    [
        ("望云路8号听雨轩3栋三零二", "三零二"),
        ("望云路8号听雨轩叁栋贰伍零壹", "贰伍零壹"),
        ("望云路8号听雨轩③栋②单元⑤⓪①室", "⑤⓪①"),
        ("望云路8号翡翠城三杠一七零二", "一七零二"),
        ("望云路8号听雨轩3栋五楼东边第二家", "第二家"),
    ],
)
def test_a_room_in_disguise_does_not_print(world: World, address: str, room: str) -> None:
    assert room not in _label(world, "李思远", address).recipient.address


@pytest.mark.parametrize(
    ("name", "address", "remark", "never"),
    [
        ("李四", "幸福村李四家", "", "李四"),
        ("王 晓明", "幸福村王晓明家", "王晓明收", "晓明"),
        ("王晓明先生", "望云路8号", "王晓明", "晓明"),
        ("王晓明", "望云路8号", "王 晓 明收，晓明收", "明"),
        ("李四", "望云路8号", "给李 四", "四"),
    ],
)
def test_the_recipients_own_name_does_not_print(world: World, name: str, address: str, remark: str, never: str) -> None:
    draft = _label(world, name, address, remark, contents=remark or "茶")
    assert never not in draft.recipient.address + draft.remark + draft.contents


def test_a_place_of_the_recipients_name_prints(world: World) -> None:
    order = world.order("A1", ("高明", "13800001234", "广东省佛山市高明区星桥路9号"))
    (label,) = world.issue([order]).labels
    assert "高明区星桥路9号" in label.draft.recipient.address


@pytest.mark.parametrize(
    "remark", ["139（1111）2222", "l39llll2222", "微信abc_12345", "邻居刘德华", "放3-2-501门口", "8888 8888"]
)
def test_others_and_numbers_in_a_remark_do_not_print(world: World, remark: str) -> None:
    draft = _label(world, "李思远", "望云路8号", remark, remark)
    for told in ("1111", "llll", "abc", "刘德华", "501", "8888"):
        assert told not in draft.remark + draft.contents
