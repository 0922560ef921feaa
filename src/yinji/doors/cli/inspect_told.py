"""What an inspection says on a terminal: a line for each file and label, and under it what was found and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yinji.doors.cli.speak import Voice
from yinji.kernel.decision import Refuse
from yinji.kernel.said import Said
from yinji.label.inspection.model import Judged, Outcome, Shown, Source
from yinji.label.inspection.telling import InspectedFile
from yinji.law import pack_version, standing

_MARKS: Final = {Outcome.PASSES: "✓", Outcome.FAILS: "✗", Outcome.CANNOT_TELL: "?"}
_WORDS: Final = {
    Outcome.PASSES: Said("合规则", "passes"),
    Outcome.FAILS: Said("不合规则", "fails"),
    Outcome.CANNOT_TELL: Said("无法判断", "cannot tell"),
}
_SOURCES: Final = {
    Source.TEXT: Said("印出的文字", "a text"),
    Source.HIDDEN: Said("纸上看不见的文字", "a text that nobody sees on paper"),
    Source.PICTURE: Said("从画面读出", "read off pixels"),
    Source.CODE: Said("条码或二维码", "a code"),
}
_ORDER: Final = Said("可作责令改正的依据", "may support an order")
_NO_ORDER: Final = Said("不作责令改正的依据", "supports no order")


def say_file(voice: Voice, file: InspectedFile) -> None:
    """Say what became of one file."""
    if file.refused is not None:
        voice.refusal(Refuse(file.refused.code, " ".join(filter(None, (file.name, file.refused.at)))))
    for judged in file.labels:
        _say_label(voice, file.name, judged)


def say_whole(voice: Voice, files: Sequence[InspectedFile]) -> None:
    """Say how many labels passed, and by which rules."""
    labels = [label.outcome for file in files for label in file.labels]
    passed, failed = labels.count(Outcome.PASSES), labels.count(Outcome.FAILS)
    unread = sum(1 for file in files if file.refused is not None)
    voice.say(
        f"{len(files)} 个文件，{len(labels)} 张面单：{passed} 张合规则，{failed} 张不合，{len(labels) - passed - failed} 张无法判断"
        + (f"；{unread} 个文件读不了" if unread else "")
        + f"。规则包 {pack_version()}",
        f"files {len(files)}, labels {len(labels)}: {passed} pass, {failed} fail, {len(labels) - passed - failed} cannot be told"
        + (f"; files that could not be read: {unread}" if unread else "")
        + f". Rules {pack_version()}",
    )


def _say_label(voice: Voice, name: str, judged: Judged) -> None:
    voice.say(
        f"{_MARKS[judged.outcome]} {name} · {judged.place}：{_WORDS[judged.outcome].zh}",
        f"{_MARKS[judged.outcome]} {name} · {judged.place}: {_WORDS[judged.outcome].en}",
    )
    for number, shown in enumerate(judged.shown, 1):
        _say_finding(voice, number, shown)
    for missed in judged.missed:
        voice.say(f"  ? 没有看全：{missed.zh}", f"  ? not wholly read: {missed.en}")


def _say_finding(voice: Voice, number: int, shown: Shown) -> None:
    doubt = "" if shown.outcome is Outcome.FAILS else f"（{_WORDS[shown.outcome].zh}）"
    doubt_en = "" if shown.outcome is Outcome.FAILS else f" ({_WORDS[shown.outcome].en})"
    behind, source = standing(shown.weight, shown.confidence), _SOURCES[shown.source]
    order = _ORDER if shown.supports_order else _NO_ORDER
    voice.say(
        f"  {number}. {shown.says.zh}{doubt} [{shown.rule}]，{source.zh}",
        f"  {number}. {shown.says.en}{doubt_en} [{shown.rule}], {source.en}",
    )
    voice.say(f"     § {shown.citation}（{behind.zh}；{order.zh}）", f"     § {shown.citation} ({behind.en}; {order.en})")
    voice.say(f"     → {shown.remedy.zh}", f"     → {shown.remedy.en}")
