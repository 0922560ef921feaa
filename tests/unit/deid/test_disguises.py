"""Rooms, phones, accounts and people in disguise are hidden; ordinary goods and notes are left as they are."""

import time

import pytest

from yinji.deid import hide, mask_address

ROOMS = """3栋[三零二] 3栋[二五〇一] 叁栋[贰伍零壹] 阳光小区[五〇一] 翡翠城三杠[一七零二] 阳光小区[伍佰零壹号] 测试路8号[伍佰零壹号] 3幢[贰单元伍佰零壹] ③栋[②单元⑤⓪①室]
阳光小区[㈤〇㈠室] 青枫花园[Ⅱ单元Ⅴ01] 2幢[十六E] 青枫花园3栋[五楼东边第二家] 青枫花园3栋[顶楼左手] 幸福村大门[右手边第一间] 青枫花园[5零1室] 青枫花园3杠[2杠501]
青枫花园3栋[5零1] 测试路12号[①③⑧⓪⓪⓪⓪①①①①] 测试路12号[一三八零零零零一一一一] 青枫花园3栋[2⃣单元5⃣01]"""

PLACES = [
    "三里河一区",
    "五一路12号",
    "三元桥",
    "三〇一医院",
    "三一八国道12号",
    "测试路一二三四号",
    "阳光小区十二号",
    "五棵松体育馆",
    "第一家园3栋",
    "千岛湖镇",
    "测试路东侧12号",
]

HIDDEN = """139（1111）2222|139:1111:2222|139;1111;2222|139*1111*2222|139+1111+2222|139=1111=2222|139|139~1111~2222|139x1111x2222|139/1111/2222
139转1111转2222|l39llll2222|I39IIII2222|①③⑨①①①①②②②②|㊀㊂㊈㊀㊀㊀㊀㊁㊁㊁㊁|0571 8888 8888|+852 9123 4567|+44 20 7946 0958|13911112222333
6222021234567890128|someone at qq.com|8888 8888|一三九 一一一一 二二二二|139我1111爱2222|1 3 9 1 1 1 1 2 2 2 2"""

PARTLY = """电话[88888888]、手机：[8888 8888]、护照[E12345678]、微信[abc_12345]、wx:[hello2020]、QQ [123456]、放3-[2-501]门口、放3-[501]门口、三栋[五零一]、[刘德华]代收、邻居[刘德华]
请交[刘德华]、给[刘德华]、找[刘德华]拿、联系[刘德华]、麻烦[刘德华]代收、由[刘德华]签收、[李四]收、收件人：[古天乐]、送[5楼东边第二家]"""

GOODS = """工作日白天送|易碎轻放|3件装|500ml|2026年新款|第2件半价|棉衣 1件|手机壳 黑色 2个|康师傅方便面24包|纯棉四件套1.8m床|不锈钢保温杯500ml|儿童积木1000粒|茶叶礼盒250g*2
A4打印纸70g 500张|运动鞋42码|洗衣液3kg×2瓶|数据线1.5米Type-C|地毯120x80|床垫1800*2000*200|床垫1800*2000*750mm|充电宝20000mAh|笔记本电脑16GB+512GB|生产日期2026-11-20|生产日期20261120
2026.11.20新货|周一至周五9:00-18:00送|请勿倒置|小心轻放，谢谢|放门口|放快递柜|周末送|白天收货|请放门卫|请交门卫|物业代收|丰巢代收|便利店代收|邻居家不在|订单号20261121000123|货号AB12345678
SKU-2026-AB-0098|¥199.00|299元|12支24色36片48张|140-160斤可穿|红木茶几120cm×60cm×45cm|电池1.5V 4节|一心一意 三生三世|五香牛肉干3斤|七分裤|千层蛋糕8寸|六味地黄丸|管家婆软件|方太油烟机
白色T恤 XL|包装请加固|联系方式见面单|请联系客服|请提前联系|给孩子的礼物|满200减30|128/256/512GB|PM2.5口罩N95 10只|手机支架|生鲜，请尽快派送|师傅辛苦了|钢笔0.5mm|3-5天送到|5号楼门口放|1-2-3岁玩具"""


def parts(marked: str) -> tuple[str, str]:
    """The text, and what shall show of it: what stands in brackets is hidden."""
    shown, hide_it = [], False
    for sign in marked:
        if sign in "[]":
            hide_it = sign == "["
        else:
            shown.append("*" if hide_it else sign)
    return marked.replace("[", "").replace("]", ""), "".join(shown)


@pytest.mark.parametrize("marked", ROOMS.split())
def test_a_room_in_disguise_is_hidden(marked: str) -> None:
    text, shown = parts(marked)
    assert mask_address(text).text == shown


@pytest.mark.parametrize("text", PLACES)
def test_a_numeral_in_a_name_is_no_room(text: str) -> None:
    assert mask_address(text).text == text


@pytest.mark.parametrize("text", ["139|1111|2222", *(text for text in HIDDEN.replace("\n", "|").split("|") if text != "139")])
def test_a_number_in_disguise_is_hidden_whole(text: str) -> None:
    assert set(hide(text).text) == {"*"}


@pytest.mark.parametrize("marked", PARTLY.replace("\n", "、").split("、"))
def test_what_a_cue_announces_is_hidden(marked: str) -> None:
    text, shown = parts(marked)
    assert hide(text).text == shown


@pytest.mark.parametrize("text", GOODS.replace("\n", "|").split("|"))
def test_ordinary_goods_and_notes_are_left_alone(text: str) -> None:
    assert hide(text).text == text


@pytest.mark.parametrize("piece", ["1-", "l", "1一", "给张", "张代收", "微信", "a at ", "三", "第1", "1x", "139 "])
def test_a_long_row_of_disguises_takes_bounded_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    begun = time.perf_counter()
    assert len(hide(text).text) == len(mask_address(text).text) == len(text)
    assert time.perf_counter() - begun < 5.0  # linear work takes a twentieth of it, quadratic work minutes
