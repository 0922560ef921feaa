"""Province, city and district at the head of an address."""

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.deid import read_division
from yinji.deid.address.division_table import table

PAIRS = (
    "臺台 灣湾 區区 縣县 鄉乡 鎮镇 龍龙 馬马 觀观 離离 葉叶 灣湾 島岛 門门 東东 蘆芦 鶯莺 莊庄 橋桥 蘭兰 蓮莲 雲云 義义 羅罗 萬万 壢坜 貢贡 "
    "樹树 鳳凤 鳥鸟 鹽盐 寮寮 環环 聖圣 瑪玛 營营 歸归 關关 學学 後后 內内 豐丰 興兴 仁仁 嶼屿 華华 員员 線线 壽寿 達达 獅狮 頭头 潭潭"
)
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
        ("臺灣省臺北市大安區", "台湾省", "台北市", "大安区"),
        ("台北市大安區測試路1號", "台湾省", "台北市", "大安区"),
        ("新北市板橋區測試路1號", "台湾省", "新北市", "板桥区"),
        ("花蓮縣花蓮市測試路1號", "台湾省", "花莲县", "花莲市"),
        ("彰化縣員林市", "台湾省", "彰化县", "员林市"),
        ("香港特別行政區元朗區測試道1號", "香港特别行政区", "新界", "元朗区"),
        ("香港九龍觀塘區測試道1號", "香港特别行政区", "九龙", "观塘区"),
        ("香港元朗測試道1號", "香港特别行政区", "新界", "元朗区"),
        ("香港測試道1號", "香港特别行政区", "", ""),
        ("香港新界沙田測試道1號", "香港特别行政区", "新界", "沙田区"),
        ("澳門測試街1號", "澳门特别行政区", "", ""),
        ("澳門氹仔測試街1號", "澳门特别行政区", "澳门外岛", ""),
        ("澳門特別行政區花地瑪堂區測試街1號", "澳门特别行政区", "澳门半岛", "花地玛堂区"),
        ("川成都市武侯区测试路1号", "四川省", "成都市", "武侯区"),
        ("京海淀区测试路1号", "北京市", "北京市", "海淀区"),
        ("内蒙包头市青山区", "内蒙古自治区", "包头市", "青山区"),
        ("内蒙古锡林郭勒盟正蓝旗", "内蒙古自治区", "锡林郭勒盟", "正蓝旗"),
        ("新疆兵团第八师石河子市", "新疆维吾尔自治区", "", "石河子市"),
        ("新疆生产建设兵团石河子市", "新疆维吾尔自治区", "", "石河子市"),
        ("西藏那曲市色尼区", "西藏自治区", "那曲市", "色尼区"),
        ("江苏省苏州市沧浪区测试路1号", "江苏省", "苏州市", "沧浪区"),
        ("北京市密云县测试镇", "北京市", "北京市", "密云县"),
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
    known = table()
    missed = []
    for place in {place for places in known.districts.values() for place in places if place.name == place.full}:
        text = known.full[place.code[:2] + "0000"] + known.full.get(place.code[:4] + "00", "") + place.full
        found = read_division(text)
        accepted = (place.full, place.full + "区")  # 沙县 is 沙县区 today
        if found is None or (found.district not in accepted and found.city != place.full):
            missed.append(text)
    assert not missed


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("北京市崇文区", "东城区"),
        ("北京宣武区", "西城区"),
        ("上海市闸北区", "静安区"),
        ("江苏省苏州市沧浪区", "姑苏区"),
        ("江苏省南通市海门市", "海门区"),
        ("浙江省杭州市下城区", "拱墅区"),
        ("浙江省杭州市江干区", ""),
        ("重庆市万盛区", "綦江区"),
        ("西藏那曲地区", "那曲市"),
        ("北京市东城区", ""),
        ("浙江省杭州市", ""),
    ],
)
def test_a_former_name_is_read_and_the_present_one_is_told(text: str, now: str) -> None:
    found = read_division(text)
    assert found is not None
    assert found.now == now


def test_the_patch_list_leads_to_divisions_of_the_table() -> None:
    folder = resources.files("yinji.deid").joinpath("data")
    rows = [
        line.split("\t") for line in folder.joinpath("division_changes.tsv").read_text("utf-8").splitlines() if line[0] != "#"
    ]
    base = [line.split("\t") for line in folder.joinpath("divisions.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    present = {code: name for code, name, *former in base if not former}
    former = {(code, name) for code, name, *mark in base if mark}
    for since, name, code, now_code, now in rows:
        assert since[:4].isdigit()
        assert code == "-" or (code, name) in former
        assert (now_code, now) == ("-", "-") or present[now_code] == now
    listed = {(code, name) for _, name, code, _, _ in rows}
    assert {name for code, name in former - listed} == {"西沙群岛", "南沙群岛", "中沙群岛的岛礁及其海域"}


def test_every_division_of_hong_kong_macau_and_taiwan_is_found_in_traditional_characters() -> None:
    back = {ord(simple): traditional for traditional, simple in PAIRS.split()}
    known = table()
    missed = []
    for place in {place for places in known.districts.values() for place in places if place.code[:2] in {"71", "81", "82"}}:
        text = (known.full[place.code[:2] + "0000"] + known.full.get(place.code[:4] + "00", "") + place.full).translate(back)
        found = read_division(text)
        if found is None or found.code != place.code:
            missed.append(text)
    assert not missed


@given(ANY_TEXT)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    found = read_division(text)
    assert found is None or found.end <= len(text)
