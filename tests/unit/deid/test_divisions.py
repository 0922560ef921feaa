"""Province, city and district at the head of an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.deid import read_division
from yinji.deid.address.divisions import _table

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("text", "province", "city", "district"),
    [
        ("浙江省杭州市余杭区测试路1号", "浙江省", "杭州市", "余杭区"),
        ("浙江杭州余杭测试路1号", "浙江省", "杭州市", "余杭区"),
        ("杭州市余杭区测试路1号", "浙江省", "杭州市", "余杭区"),
        ("余杭区测试路1号", "浙江省", "杭州市", "余杭区"),
        ("浙江省 杭州市 余杭区", "浙江省", "杭州市", "余杭区"),
        ("中国浙江省杭州市余杭区", "浙江省", "杭州市", "余杭区"),
        ("北京市朝阳区", "北京市", "北京市", "朝阳区"),
        ("上海上海市浦东新区", "上海市", "上海市", "浦东新区"),
        ("重庆市彭水苗族土家族自治县", "重庆市", "", "彭水苗族土家族自治县"),
        ("长春市朝阳区", "吉林省", "长春市", "朝阳区"),
        ("吉林省吉林市昌邑区", "吉林省", "吉林市", "昌邑区"),
        ("吉林市昌邑区", "吉林省", "吉林市", "昌邑区"),
        ("内蒙古包头市青山区", "内蒙古自治区", "包头市", "青山区"),
        ("广西南宁市青秀区", "广西壮族自治区", "南宁市", "青秀区"),
        ("湖北省恩施州利川市", "湖北省", "恩施土家族苗族自治州", "利川市"),
        ("海南省琼海市", "海南省", "", "琼海市"),
        ("湖北省省直辖县级行政区划仙桃市", "湖北省", "", "仙桃市"),
        ("新疆石河子市", "新疆维吾尔自治区", "", "石河子市"),
        ("广东省东莞市长安镇", "广东省", "东莞市", ""),
        ("新疆和田地区和康县", "新疆维吾尔自治区", "和田地区", "和康县"),
        ("杭州市江干区", "浙江省", "杭州市", "江干区"),
        ("台湾省台北市大安区", "台湾省", "台北市", "大安区"),
    ],
)
def test_a_head_is_read_as_people_write_it(text: str, province: str, city: str, district: str) -> None:
    found = read_division(text)
    assert found is not None
    assert (found.province, found.city, found.district) == (province, city, district)


@pytest.mark.parametrize("text", ["", "测试路1号", "朝阳区测试路1号", "浙江省", "abc", "中国"])
def test_what_cannot_be_told_is_none(text: str) -> None:
    assert read_division(text) is None


def test_the_end_of_the_head_is_where_the_street_begins() -> None:
    found = read_division("杭州市余杭区测试路1号")
    assert found is not None
    assert found.end == len("杭州市余杭区")


def test_a_road_named_after_a_district_is_not_that_district() -> None:
    found = read_division("杭州市西湖大道1号")
    assert found is not None
    assert found.district == ""


def test_every_full_name_below_its_parents_is_found() -> None:
    table = _table()
    missed = []
    for place in {place for places in table.districts.values() for place in places if place.name == place.full}:
        text = table.full[place.code[:2] + "0000"] + table.full.get(place.code[:4] + "00", "") + place.full
        found = read_division(text)
        accepted = (place.full, place.full + "区")  # 沙县 is 沙县区 today
        if found is None or (found.district not in accepted and found.city != place.full):
            missed.append(text)
    assert not missed


@given(ANY_TEXT)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    found = read_division(text)
    assert found is None or found.end <= len(text)
