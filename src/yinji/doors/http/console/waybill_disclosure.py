"""What shows where: a table of channels and of their union, in places and without a character of a value, for the page of a waybill."""

from __future__ import annotations

from typing import Final

from yinji import law
from yinji.doors.http.look import Column, Kind, Mark, Problem, Row, Tag
from yinji.kernel.decision import Refuse
from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.said import Said
from yinji.label.disclosure.model import SHOWN, Audience, Disclosure, Joined, Member, Part, Places, Standing, Who

DISCLOSURE_WORDS: Final = {
    "disclosure": Said("哪里显示什么", "What shows where"),
    "disclosure_help": Said(
        "各处所示合在一起，仍须符合面单的隐藏要求。圆点是显示的位置，横条是隐藏的位置；这里没有任何字。",
        "What all channels show, taken together, still hides what a label must. A dot is a place that shows, a bar one that is "
        "hidden; no character stands here.",
    ),
    "unions": Said("合在一起", "All together"),
    "channels": Said("逐处", "Channel by channel"),
    "no_one": Said("没有任何人的信息", "nobody"),
    "broken": Said("合在一起露出过多", "Together they show too much"),
    "broken_text": Said(
        "面单、查询页、接口或控制台中，有一处露出的位置与其他处不同。请勿再打印或回传，先找出是哪一处。",
        "One of label, tracking page, API and console shows other places than the rest. Print and give back nothing until it is found.",
    ),
}

_PERSONS: Final = {
    Who.RECIPIENT: Said("收件人", "Recipient"),
    Who.SENDER: Said("寄件人", "Sender"),
    Who.HANDS: Said("代寄人", "Handed over by"),
}
_MEMBERS: Final = {
    Member.NAME: Said("姓名", "name"),
    Member.PHONE: Said("电话", "phone"),
    Member.ADDRESS: Said("地址", "address"),
}
_AUDIENCES: Final = {
    Audience.HOLDER: Said("持有快件的人", "whoever holds the parcel"),
    Audience.ASKER: Said("知道单号和末四位的人", "whoever has number and digits"),
    Audience.PARTNER: Said("有接口密钥的伙伴", "a partner with an API key"),
    Audience.STAFF: Said("未查看明文的员工", "staff without a reveal"),
    Audience.ALL: Said("所有人合计", "everybody together"),
}
_STANDINGS: Final = {
    Standing.KEPT: Tag(Said("符合", "kept"), Mark.DONE),
    Standing.BROKEN: Tag(Said("不符合", "broken"), Mark.WRONG),
    Standing.VIRTUAL: Tag(Said("有效的虚拟号码", "virtual number in force"), Mark.HELD),
    Standing.LAPSED: Tag(Said("虚拟号码已过期", "virtual number, ended"), Mark.CARE),
    Standing.EXEMPT: Tag(Said("依据豁免显示", "shown by an exemption"), Mark.CARE),
}
_UNION_COLUMNS: Final = (
    Column("part", Said("谁的什么", "Whose what")),
    Column("shown", Said("显示的位置", "Places shown"), Kind.MASK),
    Column("audience", Said("谁能合在一起看", "Seen together by")),
    Column("standing", Said("结论", "Verdict"), Kind.TAG),
    Column("rule", Said("依据", "Rule"), Kind.CITED),
)
_CHANNEL: Final = Column("channel", Said("途径", "Channel"))


def disclosure_shown(told: Disclosure | Refuse) -> dict[str, object]:
    """Return what the template needs: both tables, and whether a rule is broken; or why it cannot be told."""
    if isinstance(told, Refuse):
        return {"untold": Problem.of(told)}
    parts = list(dict.fromkeys(each.part for each in told.unions))
    return {
        "untold": None,
        "union_columns": _UNION_COLUMNS,
        "unions": [_union(each) for each in _worth_telling(told)],
        "channel_columns": (_CHANNEL, *(Column(_key(part), said_part(part), Kind.MASK) for part in parts)),
        "channels": [
            Row({"channel": row.channel.name} | {_key(part): drawn(shown) for part, shown in row.shown.items()})
            for row in told.rows
        ],
        "broken": not told.kept,
        "joined_by": law.citation(told.rule) if told.rule else "",
    }


def said_part(part: Part) -> Said:
    """Return whose what a value is, in words."""
    person, member = _PERSONS[part.who], _MEMBERS[part.member]
    return Said(f"{person.zh}{member.zh}", f"{person.en}: {member.en}")


def drawn(shown: Places) -> str:
    """Return places as a masked text that holds no value: the page draws it as it draws masks."""
    return "".join(SHOWN if here else HIDDEN_MARK for here in shown)


def _worth_telling(told: Disclosure) -> list[Joined]:
    """Return the unions of everything, and those of one audience that break a rule."""
    broken = [each for each in told.unions if each.audience is not Audience.ALL and each.standing is Standing.BROKEN]
    return [*told.of(Audience.ALL), *broken]


def _union(each: Joined) -> Row:
    cited = law.citation(each.rule) if each.rule else ""
    return Row(
        {
            "part": said_part(each.part),
            "shown": drawn(each.shown),
            "audience": _AUDIENCES[each.audience],
            "standing": _STANDINGS[each.standing],
            "rule": cited,
        }
    )


def _key(part: Part) -> str:
    return f"{part.who.value}-{part.member.value}"
