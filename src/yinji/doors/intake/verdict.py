"""What a file is worth, in sentences a person understands, before anything is issued. Pure: counts in, sentences out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from yinji.doors.intake.row_model import Who
from yinji.doors.intake.survey import Survey
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said

_REASONS_TOLD: Final = 3
"""Kinds of mistakes named in the verdict; the error file has all."""


class Level(StrEnum):
    """How a file stands."""

    FINE = "fine"
    CARE = "care"  # some rows wait for somebody
    NOTHING = "nothing"  # no row can be issued


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level, and what is said: the first sentence is the conclusion, the others what stands behind it and what to do."""

    level: Level
    sentences: tuple[Said, ...]

    def told(self) -> dict[str, Any]:
        """Return the verdict as a report has it."""
        return {
            "level": self.level.value,
            "zh": [each.zh for each in self.sentences],
            "en": [each.en for each in self.sentences],
        }


def judge(survey: Survey) -> Verdict:
    """Return the verdict over a file."""
    level = (Level.CARE if survey.bad else Level.FINE) if survey.good else Level.NOTHING
    return Verdict(
        level, (_conclusion(survey, level), *_protected(survey), *_masked(survey), *_mistakes(survey), *_held(survey))
    )


def _conclusion(survey: Survey, level: Level) -> Said:
    name, rows = survey.layout.preset.name, survey.rows
    if level is Level.NOTHING:
        said = _nothing(survey)
        return Said(f"{name.zh}：{said.zh}", f"{name.en}: {said.en}")
    fine = Said(
        f"{name.zh}：{rows:,} 行，可制作 {survey.parcels:,} 件",
        f"{name.en}: {rows:,} rows, {survey.parcels:,} parcels can be issued",
    )
    if level is Level.FINE:
        return Said(f"{fine.zh}。", f"{fine.en}.")
    return Said(f"{fine.zh}，另有 {survey.bad:,} 行要处理。", f"{fine.en}; {survey.bad:,} rows need care.")


def _nothing(survey: Survey) -> Said:
    rows, held = survey.rows, survey.held_rows
    if not rows:
        return Said("文件里只有表头，没有订单。", "only a header, no orders.")
    if held == rows:
        return Said(
            f"全部 {rows:,} 行都是已关闭、退款或已发货的订单，没有要制作的。",
            f"all {rows:,} rows are closed, refunded or shipped: there is nothing to issue.",
        )
    if survey.who[Who.HANDLE] < rows - held:
        return Said(f"{rows:,} 行，没有一行可以制作。", f"{rows:,} rows, and not one can be issued.")
    if held:
        return Said(
            f"{rows:,} 行中，{held:,} 行不需发货，其余 {rows - held:,} 行全部由平台保护，现在一张也做不了。",
            f"of {rows:,} rows {held:,} need no shipping, and all other {rows - held:,} are platform-protected: none can be issued now.",
        )
    return Said(
        f"全部 {rows:,} 行都由平台保护，现在一张也做不了。",
        f"all {rows:,} rows are platform-protected: none can be issued now.",
    )


def _protected(survey: Survey) -> Iterator[Said]:
    if count := survey.who[Who.HANDLE]:
        words = WORDS[Refusal.HANDLE_WAITS]
        yield Said(f"{count:,} 行由平台保护：{words.remedy.zh}。", f"{count:,} rows are platform-protected: {words.remedy.en}.")
    if count := survey.who[Who.VIRTUAL]:
        yield Said(
            f"{count:,} 行用未过期的虚拟号码，面单上完整印出。",
            f"{count:,} rows have a virtual number in force, printed whole on the label.",
        )


def _masked(survey: Survey) -> Iterator[Said]:
    if count := survey.who[Who.MASKED]:
        yield Said(
            f"{count:,} 行的电话或地址已脱敏，又没有平台凭证：从平台导出虚拟号码，或授权后的号码与地址。",
            f"{count:,} rows have a masked phone or address and no handle: export virtual numbers, or phone and address after authorisation.",
        )


def _mistakes(survey: Survey) -> Iterator[Said]:
    told = {Refusal.HANDLE_WAITS.name, Refusal.PHONE_MASKED.name, Refusal.ADDRESS_MASKED.name}
    rest = [(name, count) for name, count in survey.by_code.most_common() if name not in told]
    for name, count in rest[:_REASONS_TOLD]:
        words = WORDS[Refusal[name]]
        yield Said(
            f"{count:,} 处：{words.reason.zh}。{words.remedy.zh}。", f"{count:,} × {words.reason.en}; {words.remedy.en}."
        )
    if len(rest) > _REASONS_TOLD:
        more = sum(count for _, count in rest[_REASONS_TOLD:])
        yield Said(f"另有 {more:,} 处其他错误，见错误文件。", f"{more:,} mistakes of other kinds: see the error file.")


def _held(survey: Survey) -> Iterator[Said]:
    if survey.held_rows and survey.held_rows < survey.rows:
        kinds_zh = "、".join(f"{status} {count:,}" for status, count in survey.held.most_common())
        yield Said(
            f"留下 {survey.held_rows:,} 行不制作：{kinds_zh}。",
            f"{survey.held_rows:,} rows held back: closed, refunded or shipped.",
        )
    layout = survey.layout
    if survey.repeated:
        yield Said(
            f"{survey.repeated:,} 行与前面的行完全相同，只算一次。",
            f"{survey.repeated:,} rows repeat earlier ones and count once.",
        )
    if layout.identity:
        yield Said(f"身份证件列 {layout.identity} 个，未读取。", f"Columns of identity numbers, not read: {layout.identity}.")
