"""The verdict about a file of labels as a page shows it: findings with their rules, and a plan of each label with their places.

No picture of the label stands in the answer. The plan is drawn of places alone: the page holds nothing that was read, and loads nothing.
"""

from __future__ import annotations

import re
from typing import Any, Final

from yinji.doors.http.charts.plan import Spot, plan
from yinji.doors.http.charts.svg import Drawing
from yinji.doors.http.look import Column, Fact, Kind, Mark, Row, Tag
from yinji.kernel.said import Language, Said
from yinji.label.inspection.model import Judged, Outcome, Region, Source
from yinji.label.inspection.telling import InspectedFile
from yinji.law.weights import standing

VERDICT_WORDS: Final = {
    "verdict": Said("结论", "Verdict"),
    "fails_title": Said("露出了不该露出的内容", "It shows what it must hide"),
    "fails_text": Said(
        "下面逐条说明哪里、依据什么、怎么办。只有依据法律或推荐性标准的发现，才可以支持整改要求。",
        "Below: where, by which rule, what to do. Only findings with law or a recommended standard behind them may support an order.",
    ),
    "passes_title": Said("没有发现问题", "Nothing was found"),
    "passes_text": Said(
        "全部内容都已读出，并按当日的规则检查。", "Everything on it was read, and judged by the rules of today."
    ),
    "cannot_tell_title": Said("不能断定", "Nobody can tell"),
    "cannot_tell_text": Said(
        "有的内容没有读清，或者单凭面单无法判断。请换一张清楚的图再试；原因见下。",
        "Something could not be read, or cannot be judged from the label alone. Try a clearer picture; the reasons stand below.",
    ),
    "findings": Said("发现", "Findings"),
    "no_findings": Said("没有发现。", "Nothing was found."),
    "missed": Said("没有读出的", "What was not read"),
    "plan": Said("位置", "Where"),
    "plan_help": Said(
        "按比例示意，数字与上表一致；图中没有面单的任何文字。",
        "A plan by proportion, with the numbers of the table; no text of the label is in it.",
    ),
    "another": Said("再查一份", "Check another"),
    "nothing_kept": Said("没有留下文件、图片或文字。", "No file, picture or text was kept."),
}
OUTCOMES: Final = {
    Outcome.FAILS: Tag(Said("不合规则", "fails"), Mark.WRONG),
    Outcome.PASSES: Tag(Said("合规则", "passes"), Mark.DONE),
    Outcome.CANNOT_TELL: Tag(Said("不能断定", "cannot tell"), Mark.CARE),
}
_SOURCES: Final = {
    Source.TEXT: Said("文字", "text"),
    Source.HIDDEN: Said("看不见的文字", "hidden text"),
    Source.PICTURE: Said("图像", "picture"),
    Source.CODE: Said("条码内容", "code"),
}
_LOOKS: Final = {Outcome.FAILS: "wrong", Outcome.PASSES: "done", Outcome.CANNOT_TELL: "care"}
_SUPPORTS: Final = {True: Said("可支持整改要求", "may support an order"), False: Said("不支持整改要求", "supports no order")}
_COLUMNS: Final = (
    Column("key", Said("号", "No."), Kind.CODE),
    Column("says", Said("发现", "Finding")),
    Column("outcome", Said("结论", "Verdict"), Kind.TAG),
    Column("rule", Said("依据", "Rule"), Kind.CITED),
    Column("standing", Said("效力", "Weight")),
    Column("remedy", Said("怎么办", "What to do")),
)
_PLACES: Final = {"page": "第 {} 页", "label": "第 {} 张面单"}
_PLACE: Final = re.compile(r"\b(page|label) (\d+)")
_WIDTH_MM, _HEIGHT_MM = 100.0, 150.0
"""Of the plan: a judged label does not tell its size, and places are fractions."""

_WHOLE_FROM: Final = 0.9  # of a label's area

FINDINGS_MAX: Final = 200
"""Of one page; the command line tells all."""

_PLANS_MAX: Final = 10
_LABELS: Final = Said("面单", "Labels")
_FOUND: Final = Said("发现", "Findings")


def verdict(told: InspectedFile, language: Language) -> dict[str, Any]:
    """Return what the template needs of a verdict: how it looks, the facts, the rows of findings, a plan a label."""
    numbered: list[tuple[int, Judged]] = []
    rows: list[Row] = []
    for judged in told.labels:
        numbered.append((len(rows), judged))
        rows += _rows(judged, len(rows))
    return {
        "look": _LOOKS[told.outcome],
        "outcome": told.outcome.value,
        "facts": [
            Fact(VERDICT_WORDS["verdict"], OUTCOMES[told.outcome], Kind.TAG),
            Fact(_LABELS, len(told.labels), Kind.COUNT),
            Fact(_FOUND, len(rows), Kind.COUNT),
            Fact("SHA-256", told.digest, Kind.CODE, wide=True),
        ],
        "columns": _COLUMNS,
        "rows": rows[:FINDINGS_MAX],
        "missed": list(dict.fromkeys(each for judged in told.labels for each in judged.missed)),
        "plans": [
            (said_place(judged.place), _plan(judged, begun, language))
            for begun, judged in numbered
            if any(_is_place(region) for each in judged.shown for region in each.regions)
        ][:_PLANS_MAX],
    }


def said_place(place: str) -> Said:
    """Return where a label stood, as readers of sheets say it (``page 3, label 2``), in both languages."""
    chinese = _PLACE.sub(lambda found: _PLACES[found[1]].format(found[2]), place)
    return Said(chinese.replace("picture", "图片").replace(", ", " "), place)


def _rows(judged: Judged, begun: int) -> list[Row]:
    return [
        Row(
            {
                "key": number,
                "says": _beside(each.says, _SOURCES[each.source]),
                "outcome": OUTCOMES[each.outcome],
                "rule": each.citation,
                "standing": _beside(standing(each.weight, each.confidence), _SUPPORTS[each.supports_order]),
                "remedy": each.remedy,
            }
        )
        for number, each in enumerate(judged.shown, begun + 1)
    ]


def _beside(said: Said, more: Said) -> Said:
    return Said(f"{said.zh}（{more.zh}）", f"{said.en} ({more.en})")


def _is_place(region: Region) -> bool:
    """Tell whether a region is a place on a label: what is missing from all of it has none."""
    return (region.right - region.left) * (region.bottom - region.top) < _WHOLE_FROM


def _plan(judged: Judged, begun: int, language: Language) -> Drawing:
    spots = [
        Spot(
            region.left * _WIDTH_MM,
            region.top * _HEIGHT_MM,
            max(region.right - region.left, 0.0) * _WIDTH_MM,
            max(region.bottom - region.top, 0.0) * _HEIGHT_MM,
            each.says.in_(language),
            str(number),
            "wrong" if each.outcome is Outcome.FAILS else "",
        )
        for number, each in enumerate(judged.shown, begun + 1)
        for region in each.regions
        if _is_place(region)
    ]
    return plan(
        spots,
        width=_WIDTH_MM,
        height=_HEIGHT_MM,
        tears=(),
        title=VERDICT_WORDS["plan"].in_(language),
        description=VERDICT_WORDS["plan_help"].in_(language),
        key=f"plan-{begun}",
        classes="mm-100x150",
    )
