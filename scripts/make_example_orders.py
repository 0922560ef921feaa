"""Make the example order files: invented people in the shape of a real export. Deterministic; run by hand when the shape changes."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Final

HEADINGS: Final = ("订单号", "下单时间", "买家昵称", "收件人", "收件人电话", "收件地址", "物品名称", "数量", "备注", "三段码")
PEOPLE: Final = 200
LONG_NAMES: Final = 0.02
COMPOUND_SURNAMES: Final = 0.04
LANDLINES: Final = 0.04

_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_COMPOUND: Final = ("欧阳", "上官", "司马", "诸葛", "夏侯")
_GIVEN: Final = "晓雨思远静怡子涵浩然若兰文博雅琴志强秀英建国桂芳海涛春梅立新丹宁一诺可欣明轩佳慧"
_MINORITY: Final = ("买买提·艾力", "阿依努尔·吐尔逊", "扎西多吉")
_PLACES: Final = (
    ("上海市", "上海市", "浦东新区", "580-A12-03"),
    ("北京市", "北京市", "朝阳区", "100-C07-11"),
    ("广东省", "深圳市", "南山区", "755-F20-08"),
    ("广东省", "广州市", "天河区", "020-B03-15"),
    ("浙江省", "杭州市", "西湖区", "571-D11-02"),
    ("江苏省", "苏州市", "吴中区", "512-E05-09"),
    ("四川省", "成都市", "武侯区", "028-G14-06"),
    ("湖北省", "武汉市", "洪山区", "027-H02-17"),
    ("陕西省", "西安市", "雁塔区", "029-J09-04"),
    ("福建省", "厦门市", "思明区", "592-K01-12"),
    ("山东省", "青岛市", "市南区", "532-L08-10"),
    ("天津市", "天津市", "南开区", "022-M06-01"),
    ("重庆市", "重庆市", "渝北区", "023-N12-05"),
    ("湖南省", "长沙市", "岳麓区", "731-P04-13"),
    ("云南省", "昆明市", "官渡区", ""),
    ("新疆维吾尔自治区", "乌鲁木齐市", "天山区", ""),
    ("黑龙江省", "哈尔滨市", "南岗区", "451-Q03-07"),
)
_ROADS: Final = ("望云路", "听松街", "朝露大道", "青石巷", "晚晴路", "半山路", "竹里街", "星桥路", "白鹭东路", "杏坛路")
_ESTATES: Final = (
    "云栖花园",
    "听雨轩",
    "春和小区",
    "金穗家园",
    "紫藤苑",
    "东篱公寓",
    "海棠里",
    "四季新城",
    "银杏公馆",
    "长乐坊",
)
_THINGS: Final = (
    "茶叶礼盒",
    "棉质衬衫",
    "蓝牙耳机",
    "儿童绘本三册",
    "不锈钢保温杯",
    "坚果组合装",
    "羊毛围巾",
    "电动牙刷",
    "手工皂",
    "机械键盘",
)
_REMARKS: Final = ("", "", "", "请勿放快递柜", "易碎，轻放", "周末送货", "放门卫处", "送前联系", "礼品，不要放价格单")
_PREFIXES: Final = ("130", "135", "138", "150", "158", "176", "186", "189", "199")
_NICKS: Final = ("小鹿", "北方的风", "一杯清茶", "向日葵", "山间明月", "慢慢走", "橙子味")


def name(chance: random.Random) -> str:
    """Return an invented name; now and then a compound surname or a long one."""
    draw = chance.random()
    if draw < LONG_NAMES:
        return chance.choice(_MINORITY)
    surname = chance.choice(_COMPOUND) if draw < LONG_NAMES + COMPOUND_SURNAMES else chance.choice(_SURNAMES)
    return surname + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2))))


def phone(chance: random.Random) -> str:
    """Return a number from 0000 blocks, which are not given to people."""
    if chance.random() < LANDLINES:
        return f"021-5000{chance.randrange(10_000):04d}"
    return f"{chance.choice(_PREFIXES)}0000{chance.randrange(10_000):04d}"


def home(chance: random.Random) -> str:
    """Return building, unit and room in one of the forms people write."""
    building, unit, room = chance.randint(1, 38), chance.randint(1, 4), chance.randint(1, 28) * 100 + chance.randint(1, 6)
    return chance.choice(
        (
            f"{building}号楼{unit}单元{room}室",
            f"{building}栋{unit}单元{room}",
            f"{building}-{unit}-{room}",
            f"{building}幢{room}室",
            f"{chance.choice('ABCD')}座{room}",
            f"{building}#{room}",
            f"{building}号楼{room // 100}层{room}",
        )
    )


def row(chance: random.Random, at: int) -> tuple[str, ...]:
    """Return one order."""
    province, city, district, code = chance.choice(_PLACES)
    address = f"{province}{'' if city == province else city}{district}{chance.choice(_ROADS)}{chance.randint(1, 899)}号"
    address += f"{chance.choice(_ESTATES)}{home(chance)}"
    day = f"2026-11-{11 + at // 25:02d} {chance.randint(8, 22):02d}:{chance.randint(0, 59):02d}"
    return (
        f"JS26111100{at:06d}",
        day,
        chance.choice(_NICKS),
        name(chance),
        phone(chance),
        address,
        chance.choice(_THINGS),
        str(chance.choice((1, 1, 1, 2, 3))),
        chance.choice(_REMARKS),
        code,
    )


def write(path: Path, rows: list[tuple[str, ...]]) -> None:
    """Write an order file as a platform does: UTF-8 with a mark, Windows line ends."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])


def main() -> None:
    """Write both example files."""
    chance = random.Random(20261111)  # noqa: S311 - invented people, not keys
    folder = Path(__file__).parent.parent / "examples"
    rows = [row(chance, at) for at in range(1, PEOPLE + 1)]
    write(folder / "orders-general.csv", rows)
    wrong = [list(each) for each in rows[:10]]
    wrong[1][4] = "138****5678"  # a phone the platform has masked already
    wrong[2][4] = "1380000123"  # a digit short
    wrong[3][5] = "听松街8号"  # no province, city, district
    wrong[4][6] = ""  # nothing inside
    wrong[5][0] = "5.1E+17"  # what a spreadsheet makes of a long number
    wrong[6][7] = "一"  # no whole number
    wrong[7][8] = f"收件人{wrong[7][3]}电话{wrong[7][4]}，送前联系"  # a person hiding in the remark: hidden, not refused
    write(folder / "orders-with-mistakes.csv", [tuple(each) for each in wrong])


if __name__ == "__main__":
    main()
