"""`yinji lint`: a template against a hundred difficult invented people, as a pipeline asks."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.speak import Voice
from yinji.flows.lint_template import PersonVerdict, TemplateVerdict, Verdict, lint_template
from yinji.kernel.clock import SystemClock, beijing_day
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.fonts import find_fonts
from yinji.label.layout import sizes
from yinji.label.lints.finding import Finding
from yinji.label.press import Press
from yinji.law import pack_version, standing

ALL: Final = "all"


def lint(
    context: typer.Context,
    template: Annotated[str, typer.Argument(metavar="TEMPLATE", help="面单尺寸，或 all · a label size, or all")],
    *,
    font: Annotated[str | None, typer.Option(help="字体文件或文件夹 · font file or folder", show_default=False)] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """用一百个难处理的虚构人检查面单模板 · run a label template against a hundred difficult invented people.

    退出码 0：全部通过，或有其自身的拒绝理由；3：有人本应能印而被拒绝；4：有面单露出了应隐藏的内容。不需要节点。
    Exit code 0: all pass, or are refused for a reason of their own; 3: somebody is refused who should not be; 4: a label shows what must
    be hidden. Needs no node.
    """
    voice = door_of(context).voice
    if template != ALL and template not in sizes():
        raise Fault(Refusal.LABEL_SIZE_UNKNOWN, f"{template}: {' | '.join((*sizes(), ALL))}")
    fonts, at_ms = find_fonts(font), SystemClock().now_ms()
    verdicts = [
        lint_template(Press(fonts, size=size), size, on=beijing_day(at_ms), at_ms=at_ms)
        for size in (sizes() if template == ALL else (template,))
    ]
    if json:
        voice.json({"rules": pack_version(), "templates": [_told(each, voice) for each in verdicts]})
    else:
        for verdict in verdicts:
            _say(voice, verdict)
    if any(verdict.leaks for verdict in verdicts):
        raise typer.Exit(Exit.REFUSED)
    if not all(verdict.holds for verdict in verdicts):
        raise typer.Exit(Exit.ROWS_REFUSED)


def _say(voice: Voice, verdict: TemplateVerdict) -> None:
    passed = sum(each.verdict is Verdict.PASSES for each in verdict.people)
    right = sum(each.verdict is Verdict.REFUSED for each in verdict.people)
    mark = "✓" if verdict.holds else "✗"
    voice.say(
        f"{mark} {verdict.template}：{len(verdict.people)} 人，{passed} 张通过，{right} 张因其自身的理由拒绝；规则包 {pack_version()}",
        f"{mark} {verdict.template}: {len(verdict.people)} people, {passed} labels pass, {right} are refused for reasons of their own; "
        f"rules {pack_version()}",
    )
    for each in verdict.people:
        if each.verdict is not Verdict.PASSES:
            _say_person(voice, each)


def _say_person(voice: Voice, each: PersonVerdict) -> None:
    words = {
        Verdict.REFUSED: Said("拒绝（应当）", "refused, rightly"),
        Verdict.FAILS: Said("拒绝（不应当）", "refused, wrongly"),
        Verdict.LEAKS: Said("露出了应隐藏的内容", "shows what must be hidden"),
    }[each.verdict]
    told = ", ".join(each.codes or each.shown)
    voice.say(f"  {each.person:>3} {words.zh}：{told}", f"  {each.person:>3} {words.en}: {told}")
    for found in each.findings:
        behind = standing(found.weight, found.confidence)
        voice.say(
            f"      {found.rule} [{found.where}] {found.says.zh}（{behind.zh}）→ {found.remedy.zh}",
            f"      {found.rule} [{found.where}] {found.says.en} ({behind.en}) → {found.remedy.en}",
        )


def _told(verdict: TemplateVerdict, voice: Voice) -> dict[str, Any]:
    return {
        "template": verdict.template,
        "holds": verdict.holds,
        "leaks": verdict.leaks,
        "people": [
            {
                "person": each.person,
                "verdict": each.verdict.value,
                "refusals": list(each.codes),
                "findings": [_finding(found, voice) for found in each.findings],
                "shown_on": list(each.shown),
            }
            for each in verdict.people
        ],
        "rules": {
            rule: {"passed": len(verdict.people) - refused, "refused": refused} for rule, refused in verdict.by_rule().items()
        },
    }


def _finding(found: Finding, voice: Voice) -> dict[str, str]:
    return {
        "rule": found.rule,
        "where": found.where,
        "says": found.says.in_(voice.language),
        "remedy": found.remedy.in_(voice.language),
        "citation": found.citation,
        "weight": found.weight.value,
        "confidence": found.confidence.value,
    }
