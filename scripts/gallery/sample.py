"""What the gallery shows. Every name, number and phone is invented; amounts are made by arithmetic."""

from __future__ import annotations

from typing import Final

from yinji.doors.http.charts import Bar, Drawing, Point, Span, bars, line, meter, number_range
from yinji.doors.http.look import Choice, Column, Fact, Figure, Kind, Mark, Place, Problem, Row, Section, Step, Tag
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Language, Said

NOON: Final = 1_795_320_000_000
MINUTE: Final = 60_000

SECTIONS: Final = (
    Section(
        Said("日常", "Every day"),
        (
            Place(Said("今日", "Today"), "#home", "home", "h", 3),
            Place(Said("制单", "Issue"), "#issue", "issue", "i"),
            Place(Said("运单", "Waybills"), "#waybills", "waybills", "w"),
            Place(Said("单号", "Numbers"), "#numbers", "numbers", "n"),
        ),
    ),
    Section(Said("证据", "Evidence"), (Place(Said("账本", "Ledger"), "#ledger", "ledger", "l"),)),
    Section(
        Said("设置", "Settings"),
        (
            Place(Said("面单模板", "Templates"), "#templates", "templates", "t"),
            Place(Said("节点", "Node"), "#settings", "settings", "s"),
        ),
    ),
)

WAITS: Final = Tag(Said("待打印", "to be printed"), Mark.WAITING)
STATES: Final = (
    WAITS,
    Tag(Said("派送中", "out for delivery"), Mark.UNDERWAY),
    Tag(Said("已签收", "signed for"), Mark.DONE),
    Tag(Said("已作废", "voided"), Mark.ENDED),
    Tag(Said("法定保留", "on legal hold"), Mark.HELD),
    Tag(Said("三次未联系上", "not reached three times"), Mark.CARE),
    Tag(Said("面单未通过检查", "label refused"), Mark.WRONG),
)

FIGURES: Final = (
    Figure(
        Said("今日制单", "Issued today"),
        12_408,
        Said("单", "waybills"),
        Said("比昨日同时多 6%", "6% more than yesterday by now"),
    ),
    Figure(Said("隐私面单占比", "Privacy labels"), "99.7", "%", Said("豁免 37 单，均经批准", "37 exempt, each approved")),
    Figure(Said("需要更正的行", "Rows to be mended"), 18, "", Said("来自 2 个文件", "from 2 files"), "#issue", Mark.CARE),
    Figure(Said("查看明文", "Reveals"), 41, "", Said("全部留有证据", "each with its evidence"), "#ledger"),
)

COLUMNS: Final = (
    Column("number", Said("运单号", "Waybill number"), Kind.CODE, "?sort=number", "descending"),
    Column("recipient", Said("收件人", "Recipient"), Kind.MASK),
    Column("phone", Said("电话", "Phone"), Kind.MASK),
    Column("destination", Said("目的地", "Destination")),
    Column("pieces", Said("件数", "Pieces"), Kind.COUNT, "?sort=pieces"),
    Column("made", Said("制单时间", "Issued"), Kind.TIME, "?sort=made"),
    Column("state", Said("状态", "State"), Kind.TAG),
)

_WHO: Final = (
    ("萧**", "1******5811", Said("广东 深圳 南山区", "Nanshan, Shenzhen, Guangdong")),
    ("欧阳**", "1******0276", Said("浙江 杭州 滨江区", "Binjiang, Hangzhou, Zhejiang")),
    ("阿依***********", "1******9340", Said("新疆 乌鲁木齐 天山区", "Tianshan, Urumqi, Xinjiang")),
    ("柏*", "0**-****7712", Said("上海 浦东新区", "Pudong, Shanghai")),
)

ROWS: Final = tuple(
    Row(
        {
            "number": f"QL{1000000000000 + (92 - place) * 11:013d}",
            "recipient": _WHO[place % 4][0],
            "phone": _WHO[place % 4][1],
            "destination": _WHO[place % 4][2],
            "pieces": 1 + place * place * 37 % 1205,
            "made": NOON - place * 7 * MINUTE,
            "state": state,
        },
        "#waybill",
        state.mark if state.mark in {Mark.CARE, Mark.HELD, Mark.WRONG, Mark.ENDED} else None,
    )
    for place, state in enumerate(STATES)
)

PROBLEMS: Final = (
    Problem.of(Refuse(Refusal.PHONE_IMPOSSIBLE, "收件人电话 · 17"), field="phone"),
    Problem.of(Refuse(Refusal.ADDRESS_MISSING, "收件地址 · 17"), field="address"),
)
BROKEN: Final = Problem.of(Refuse(Refusal.DATABASE_UNREACHABLE, "var/node/yinji.db"))

FACTS: Final = (
    Fact(Said("运单号", "Waybill number"), "QL1000000000115", Kind.CODE),
    Fact(Said("状态", "State"), STATES[1], Kind.TAG),
    Fact(Said("收件人", "Recipient"), "萧**", Kind.MASK),
    Fact(Said("电话", "Phone"), "1******5811", Kind.MASK),
    Fact(Said("件数", "Pieces"), 2, Kind.COUNT),
    Fact(Said("制单时间", "Issued"), NOON, Kind.TIME),
    Fact(Said("地址", "Address"), "广东省深圳市南山区望云路483号东篱公寓6-******", Kind.MASK, wide=True),
    Fact(Said("备注", "Remark"), None),
)

STEPS: Final = (
    Step(NOON - 95 * MINUTE, Said("制作隐私运单，同批 500 单", "A privacy waybill was issued, in a batch of 500"), Said("运营 lin-01", "operator lin-01"), entry="48,201", href="#entry"),
    Step(NOON - 80 * MINUTE, Said("打印面单，检查 14 条规则，全部通过", "The label was printed; 14 rules checked, all passed"), "desk-3", entry="48,233", href="#entry"),
    Step(NOON - 22 * MINUTE, Said("拒绝查看明文：目的不在岗位许可之内", "A reveal was refused: the purpose is not one of this post"), "kefu-07", entry="48,911", href="#entry", mark=Mark.WRONG),
    Step(NOON - 12 * MINUTE, Said("查看电话一次", "The phone was revealed once"), "kefu-02", Said("目的：联系收件人", "purpose: reach the recipient"), "48,930", "#entry"),
    Step(NOON, Said("派送中", "Out for delivery"), Said("收派员 zhou-11", "courier zhou-11"), mark=Mark.UNDERWAY),
)  # fmt: skip

TABS: Final = (
    Choice(Said("全部", "All"), href="#all", chosen=True, count=1_204_318),
    Choice(Said("待打印", "To be printed"), href="#print", count=212),
    Choice(Said("需要处理", "Need someone"), href="#care", count=9),
    Choice(Said("已作废", "Voided"), href="#void"),
)
SEGMENTS: Final = (
    Choice(Said("7 天", "7 days"), "7"),
    Choice(Said("30 天", "30 days"), "30", chosen=True),
    Choice(Said("90 天", "90 days"), "90"),
)
PURPOSES: Final = (
    Choice(Said("请选择", "Choose one"), ""),
    Choice(Said("联系收件人", "Reach the recipient"), "contact", chosen=True),
    Choice(Said("处理投诉", "Answer a complaint"), "complaint"),
)
SPANS: Final = {"used": 412_960, "reserved": 50_000, "free": 537_037, "set_aside": 3}

_UNKNOWN, _DIP, _REFUSED_AT = 9, 4, 14
"""The day without figures, the day of a dip, the hour at which rows were refused."""

SHARE: Final = [
    Point(f"11-{1 + day:02d}", None if day == _UNKNOWN else round(99.9 - (day * 7 % 5) * 0.9 - 3 * (day == _DIP), 1))
    for day in range(22)
]
HOURS: Final = [Bar(f"{hour:02d}", hour * (23 - hour) * 11 + 40, "care" if hour == _REFUSED_AT else "") for hour in range(24)]
CHART_COLUMNS: Final = (Column("day", Said("日期", "Day")), Column("share", Said("占比 %", "Share, %"), Kind.COUNT))
CHART_ROWS: Final = tuple(
    Row({"day": each.text, "share": None if each.value is None else f"{each.value:.1f}"}) for each in SHARE[-5:]
)


def drawings(language: Language) -> dict[str, Drawing]:
    """Return the charts, their titles in one language."""

    def said(zh: str, en: str) -> str:
        return Said(zh, en).in_(language)

    spans = [
        Span("used", 412_960, said("已用", "used")),
        Span("reserved", 50_000, said("预留", "reserved")),
        Span("free", 300_000, said("可用", "free")),
        Span("set_aside", 3, said("隔离", "set aside")),
        Span("free", 237_037, said("可用", "free")),
    ]
    share = said("隐私面单每日占比", "Share of privacy labels by day")
    hours = said("今日各时制单数", "Waybills issued by the hour, today")
    stock = said("号段余量", "Numbers left")
    return {
        "share": line(SHARE, title=share, description=said("22 天，最近一天 99.0%", "22 days, 99.0% on the last"), key="share", unit="%", lowest=90, highest=100),
        "hours": bars(HOURS, title=hours, description=said("14 时有行被拒绝", "rows were refused at 14"), key="hours"),
        "range": number_range(spans, title=said("号段 QL1", "Range QL1"), description=said("五段", "five spans"), key="ql1"),
        "stock": meter(left=537_037, whole=1_000_000, low=100_000, title=stock, description=said("充足", "enough"), key="m1"),
        "low": meter(left=61_200, whole=1_000_000, low=100_000, title=stock, description=said("偏低", "low"), key="m2"),
        "gone": meter(left=0, whole=50_000, low=5_000, title=stock, description=said("用尽", "none left"), key="m3"),
    }  # fmt: skip
