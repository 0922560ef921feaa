"""The marks behind a number, and what each says the number counts: 栋 a building, 室 a room, 号 one of three things."""

from __future__ import annotations

from typing import Final

# What a designator counts. Plain integers: the grammar compares them once for every token of every order.
BARE: Final = 0  # nothing follows that says so
AREA: Final = 1  # phase, zone, garden, route number ...: part of a place's name
ROAD: Final = 2
GROUP: Final = 3  # village group, team
LANE: Final = 4  # 弄, 支弄, 巷: numbered like a road number
NUMBER: Final = 5  # 号: a road number, a building or a room, by what stands before
BUILDING: Final = 6
UNIT: Final = 7
DOOR: Final = 8  # 门, 梯: a unit inside a building, else a gate
FLOOR: Final = 9  # 楼, 层
ROOM: Final = 10
SHOP: Final = 11  # stall, shop, counter: a room, but some markets name whole buildings so
LONG: Final = 12  # seven digits and more: a phone or an identity number
SUFFIX: Final = 13  # 之3: belongs to the number or floor before it

_MARKS: Final[dict[int, str]] = {
    AREA: "期 区 苑 里 园 村 庄 邨 组团 地块 街区 社区 片区 大院 大队 支队 营 团 师 旅 部队 信箱 号信箱 号邮政信箱 公里 千米 米 号线 号院 号门 "
    "号桥 号地块 号地 号岗 号口 号出口 小学 中学 号店 年 月 院 大棚 环 厂 分厂 标段 标 坊 s店 S店 路口 年级 级 号食堂 食堂 餐厅 矿 号矿 井 号井 "
    "号码头 号码垛 号坝 号大坝 号站 号站台 病区 号病区 亩 元 点 时 天 届 路公交 路车 号电梯 电梯",
    ROAD: "路 街 大街 大道 国道 省道 县道 乡道 高速 号路 号公路 公路 马路 线 号街 号大街 号大道",
    GROUP: "组 队 社 连 生产队 小队 小组 村民组 村民小组 屯 邻 号组",
    LANE: "弄 支弄 巷 号弄 胡同 衖",
    NUMBER: "号",
    BUILDING: "号楼 栋楼 幢楼 座楼 #楼 号栋 号幢 号座 栋 幢 座 舍 排 斋 # 号宿舍 号宿舍楼 宿舍楼 号公寓 公寓 号公寓楼 公寓楼 宿舍 号别墅 别墅 撞 憧 "
    "号厂房 号车间 车间 号库 号仓库 号仓 号馆 号教学楼 教学楼 号学生公寓 号学生宿舍 塔 馆 憧楼 号厂 号写字楼 号商务楼 号办公楼 号综合楼 号住宅楼 "
    "号院落 号塔 号塔楼 号商铺楼",
    UNIT: "单元楼 单元 单 单无 号单元 门洞 梯 号梯 楼道 楼门 分队 号分队 分箱 号分箱",
    DOOR: "门",
    FLOOR: "层楼 层 楼 搂 楼层",
    ROOM: "室 户 房 号房 号房间 房间 号地下室 号室 号户 边户 间户 办公室 号办公室 卧室 窒 床 号床 床位 号床位 寝室 寝 号寝室 病房 号病房 诊室 号诊室 写字间 号写字间 号间 "
    "教室 号教室 包间 号包间 包厢 号包厢 客房 套房 班",
    SHOP: "铺 号铺 商铺 号商铺 铺面 号铺面 铺位 号铺位 门面 号门面 号门面房 门面房 店面 号店面 号店铺 店铺 档 档口 号档 号档口 摊 摊位 号摊 号摊位 柜 号柜 "
    "号柜台 柜台 号专柜 窗口 号窗口 号窗 工位 号工位 展位 号展位 门市 号门市 号门市房 门市房 商店 车位 号车位 号车库 车库 网点 号网点 "
    "卡位 号卡位 商位 号商位 档位 号档位 号营业房 营业房 号展厅 展厅 底商 号底商 号储物柜",
}

KIND_OF_MARK: Final = {mark: kind for kind, marks in _MARKS.items() for mark in marks.split()}
"""What each mark says the designator before it counts."""

STORE_MARKS: Final = ("号仓库", "号库", "号仓", "号车间", "车间")
"""Of the marks of a building, those that name a part of one where a building stands before."""

WAY_MARKS: Final = frozenset(("号电梯", "电梯", "公里", "千米", "米", "路口", "号口", "号出口", "号门", "路公交", "路车"))
"""Of the marks of an area, those that tell a way or a gate."""

BEFORE_STALL: Final = "商铺 商位 营业房 展厅 铺位 店铺 铺面 摊位 摊号 档口 档位 柜台 专柜 门面 店面 门市 门面房 门市房 车位 车库 库位 卡位 展位 工位 席位 窗口 储物柜 铺"
BEFORE_ROOM: Final = "房间 房号 室号 户号 门户号 客房 套房 包间 包厢 病房 病床 床位 床号 寝室 办公室 教室 诊室 会议室 酒店房 宾馆房 宿舍房 室 单元室"
"""What stands before the number that it announces: 商铺12号, 房间8206."""
