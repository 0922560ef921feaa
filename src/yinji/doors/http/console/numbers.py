"""``/console/numbers``: ranges as pictures, stock by owner, warnings, and the reconciliation with waybills and evidence."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post

from yinji.doors.http.charts import Span, meter, number_range
from yinji.doors.http.look import Column, Fact, Kind, Mark, Row, Tag
from yinji.doors.http.pages import page
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.tell_numbers import reconcile_numbers, tell_numbers
from yinji.kernel.said import Language, Said
from yinji.waybill.model import NumberRange
from yinji.waybill.numbering.odd_use import Oddity, Warned
from yinji.waybill.numbering.picture import Piece, Use, coarser, shares
from yinji.waybill.numbering.stock import Stock
from yinji.waybill.rules import printed

WARNED_MAX: Final = 50
"""Warnings and findings that a page names; all are counted."""

WORDS: Final = {
    "title": Said("单号", "Numbers"),
    "help": Said(
        "号段、存量和预警；登记号段、预留与分配用命令或接口。",
        "Ranges, stock and warnings. Ranges are entered, reserved and allocated by command or API.",
    ),
    "ranges": Said("号段", "Ranges"),
    "no_ranges": Said("还没有登记号段：yinji numbers enter。", "No range was entered yet: yinji numbers enter."),
    "stock": Said("存量", "Stock"),
    "warnings": Said("预警", "Warnings"),
    "no_warnings": Said("没有预警。", "There is nothing to warn of."),
    "unknown": Said("没有接入快件状态，无法判断用号异常。", "No parcel events come in: odd use of numbers cannot be told."),
    "more": Said("只列出前 50 项。", "The first 50 are named."),
    "audit": Said("立即核对", "Reconcile now"),
    "audit_help": Said(
        "逐一比对号段、区间、取号块、运单与证据。", "Ranges, intervals, blocks, waybills and evidence are compared one by one."
    ),
    "audited": Said("核对结果", "What reconciling showed"),
    "agree": Said("一致", "They agree"),
    "differ": Said("不一致", "They differ"),
    "taken": Said("已取出的单号", "Numbers taken"),
    "written": Said("运单上的单号", "Numbers on waybills"),
    "waybills": Said("运单", "Waybills"),
    "batches": Said("批次", "Batches"),
    "verdict": Said("结论", "Verdict"),
    "findings": Said("不一致之处", "What does not agree"),
    "back": Said("返回单号", "Back to the numbers"),
    "itself": Said("组织自己", "the organisation itself"),
    "specimen": Said("样张号段，不会寄出", "specimens, which never ship"),
    "left_of": Said("可用 / 全部", "left of all"),
}
_COLUMNS: Final = (
    Column("owner", Said("归属", "Owner")),
    *(
        Column(name, said, Kind.COUNT)
        for name, said in (
            ("left", Said("可用", "Left")),
            ("used", Said("已用", "Used")),
            ("printed", Said("已打印", "Printed")),
            ("voided", Said("已作废", "Voided")),
            ("reserved", Said("预留", "Reserved")),
            ("resting", Said("静置", "Resting")),
        )
    ),
    Column("share", WORDS["left_of"], Kind.DRAWN),
)
_USES: Final = {
    Use.USED: Said("已用", "used"),
    Use.RESERVED: Said("预留", "reserved"),
    Use.FREE: Said("可用", "free"),
    Use.SET_ASIDE: Said("隔离", "set aside"),
}


@get("/numbers", opt=signed())
async def show_numbers(visitor: Asking) -> Response[str]:
    """Show how the numbers stand."""
    told, language = await visitor.ask(tell_numbers), visitor.language
    warned, low = told.warnings.warned, visitor.house.settings.number_low_percent
    return page(
        "console/numbers.html",
        WORDS,
        visitor,
        ranges=[_picture(own, some, f"range-{at}", language) for at, (own, some) in enumerate(told.ranges)],
        columns=_COLUMNS,
        stocks=[_stock(each, f"stock-{at}", language, low) for at, each in enumerate(told.stocks)],
        warned=[_warned(each) for each in warned[:WARNED_MAX]],
        more=len(warned) > WARNED_MAX,
        known=told.warnings.events_known,
    )


@post("/numbers/audit", opt=signed(), status_code=200)
async def audit(visitor: Asking) -> Response[str]:
    """Compare everything, now. Nothing is changed."""
    audited = await visitor.ask(reconcile_numbers)
    register, evidence = audited.register, audited.evidence
    verdict = Tag(WORDS["agree"], Mark.DONE) if audited.holds else Tag(WORDS["differ"], Mark.WRONG)
    facts = [
        Fact(WORDS["verdict"], verdict, Kind.TAG),
        Fact(WORDS["taken"], register.taken, Kind.COUNT),
        Fact(WORDS["written"], register.used, Kind.COUNT),
        Fact(WORDS["waybills"], evidence.waybills, Kind.COUNT),
        Fact(WORDS["batches"], evidence.batches, Kind.COUNT),
    ]
    found = [Said(f"{each.discord.value.zh}：{each.at}", f"{each.discord.value.en}: {each.at}") for each in register.findings]
    return page("console/numbers_audited.html", WORDS, visitor, facts=facts, findings=[*found, *evidence.findings][:WARNED_MAX])


def _picture(own: NumberRange, some: tuple[Piece, ...], key: str, language: Language) -> dict[str, object]:
    first, last, told = printed(own, own.first), printed(own, own.last), shares(some)
    listed = [f"{_USES[use].in_(language)} {many:,}" for use, many in told.items()]
    spans = [
        Span(each.use.value, each.last - each.first + 1, f"{printed(own, each.first)} – {printed(own, each.last)}")
        for each in coarser(some)
    ]
    return {
        "title": own.brand or own.prefix or first,
        "drawing": number_range(
            spans, title=f"{first} – {last}", description=Said("，", ", ").in_(language).join(listed), key=key
        ),
        "first": first,
        "last": last,
        "shares": {use.value: many for use, many in told.items()},
        "note": WORDS["specimen"] if own.specimen else "",
    }


def _stock(stock: Stock, key: str, language: Language, low: int) -> Row:
    names = ("left", "used", "printed", "voided", "reserved", "resting")
    owner = stock.owner or WORDS["itself"]
    title = owner.in_(language) if isinstance(owner, Said) else owner
    whole = stock.left + stock.used
    described = Said(f"可用 {stock.left:,}，共 {whole:,}", f"{stock.left:,} left of {whole:,}").in_(language)
    share = meter(left=stock.left, whole=whole, low=whole * low // 100, title=title, description=described, key=key)
    mark = Mark.CARE if whole and not stock.left else None
    return Row({"owner": owner, "share": share, **{name: getattr(stock, name) for name in names}}, mark=mark)


def _warned(each: Warned) -> Said:
    told = each.oddity.value
    match each.oddity:
        case Oddity.LOW | Oddity.EMERGENCY:
            return Said(
                f"{told.zh}：{each.at or WORDS['itself'].zh} {each.figure} %",
                f"{told.en}: {each.at or WORDS['itself'].en} {each.figure} %",
            )
        case Oddity.JUMP:
            return Said(f"{told.zh}：{each.at} +{each.figure:,}", f"{told.en}: {each.at} +{each.figure:,}")
        case _:
            return Said(f"{told.zh}：{each.at}", f"{told.en}: {each.at}")
