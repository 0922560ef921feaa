"""`yinji retention`: what is over and would be erased; erase it."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from yinji.doors.cli.context import Door, door_of
from yinji.doors.cli.exits import Exit
from yinji.flows.end_retention import MonthEnded, RetentionRun, end_retention
from yinji.flows.plan_retention import Month, RetentionPlan, plan_retention
from yinji.kernel.decision import Refuse
from yinji.law import citation, standing

app = typer.Typer(help="保存期限 · how long persons are kept, and what is over", no_args_is_help=True)

MONTHS_MAX: Final = 1_200
"""As many months as a hundred years have: all of them."""


@app.command("plan")
def plan(context: typer.Context, *, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """预演：哪些月份期限届满、涉及多少方、谁在保留中；不作任何改动 · a dry run: nothing is changed."""
    door = door_of(context)
    with door.house() as house:
        planned = plan_retention(house)
        runs = house.settings.retention_run == "on"
    if json:
        door.voice.json(_told(planned, runs=runs))
        return
    _say_basis(door, planned)
    for month in planned.months:
        _say_month(door, month)
    parties = sum(each.parties for each in planned.over)
    door.voice.say(
        f"{len(planned.over)} 个月已届满，{parties:,} 方；解除保留的 {planned.released:,} 方",
        f"{len(planned.over)} months are over, {parties:,} parties; {planned.released:,} parties whose hold was lifted",
    )
    if not runs:
        door.voice.note(
            "后台只预演不删除（retention_run = off）；要删除，请运行 yinji retention run",
            "the worker only plans (retention_run = off); to erase, run yinji retention run",
        )


@app.command("run")
def run(
    context: typer.Context,
    *,
    months: Annotated[int, typer.Option(help="最多删除的月数，最早的在先 · months at most, oldest first", min=1)] = MONTHS_MAX,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 · do not ask")] = False,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """删除期限届满的个人信息并销毁其密钥，处于法定保留的除外 · erase what is over, for good, but whoever is on hold."""
    door = door_of(context)
    with door.house() as house:
        if not yes and not json:
            over = plan_retention(house).over[:months]
            parties = sum(each.parties for each in over)
            door.voice.note(
                f"将删除 {len(over)} 个月、{parties:,} 方的个人信息，密钥销毁，无法恢复；处于保留的除外。",
                f"{parties:,} parties of {len(over)} months will be erased for good, keys and all, but whoever is on hold.",
            )
            typer.confirm("继续 continue?", abort=True, err=True)
        done = end_retention(house, months_max=months)
    if json:
        door.voice.json(_done(done))
    else:
        for each in done.months:
            _say_ended(door, each)
        if done.released:
            door.voice.say(
                f"✓ 解除保留的 {done.released:,} 方已删除", f"✓ {done.released:,} parties whose hold was lifted are erased"
            )
        if not done.months and not done.released:
            door.voice.note("没有期限届满的个人信息", "nothing is over")
    if done.refused:
        raise typer.Exit(Exit.REFUSED)


def _say_basis(door: Door, planned: RetentionPlan) -> None:
    proposal = ("（建议值，非法律）", " (a proposal, not law)") if planned.proposed else ("", "")
    door.voice.say(
        f"自月末起保存 {planned.days} 天{proposal[0]}", f"kept for {planned.days} days from the month's end{proposal[1]}"
    )
    for each in planned.basis:
        stands = standing(each.weight, each.confidence)
        door.voice.note(f"{citation(each)}（{stands.zh}）：{each.says.zh}", f"{citation(each)} ({stands.en}): {each.says.en}")
    if planned.below_archive:
        door.voice.note(
            "注意：短于一份是否有效未经确认的通知所引的两年",
            "mind: shorter than the two years of a notice whose force is not confirmed",
        )


def _say_month(door: Door, month: Month) -> None:
    mark = "✗" if month.over else "·"
    zh = f"已于 {month.kept_until} 届满" if month.over else f"保存至 {month.kept_until}"
    en = f"over since {month.kept_until}" if month.over else f"kept until {month.kept_until}"
    door.voice.say(
        f"{mark} {month.period}  {month.parties:,} 方  {zh}", f"{mark} {month.period}  {month.parties:,} parties  {en}"
    )
    for each in month.held:
        door.voice.say(f"    保留 {each.number or '—'}（{each.ground}）", f"    on hold {each.number or '—'} ({each.ground})")


def _say_ended(door: Door, each: MonthEnded) -> None:
    if isinstance(each.end, Refuse):
        door.voice.refusal(Refuse(each.end.code, f"{each.period} {each.end.at}".strip()))
        return
    door.voice.say(
        f"✓ {each.period}：删除 {each.end.deleted:,} 方，在保留下重新封存 {each.end.resealed:,} 方，密钥已销毁",
        f"✓ {each.period}: {each.end.deleted:,} parties erased, {each.end.resealed:,} on hold sealed anew, the keys are destroyed",
    )


def _told(planned: RetentionPlan, *, runs: bool) -> dict[str, Any]:
    return {
        "today": str(planned.today),
        "days": planned.days,
        "proposed": planned.proposed,
        "basis": [{"id": each.id, "citation": citation(each), "confidence": each.confidence} for each in planned.basis],
        "below_archive": planned.below_archive,
        "runs": runs,
        "released": planned.released,
        "months": [
            {
                "period": each.period,
                "kept_until": str(each.kept_until),
                "parties": each.parties,
                "over": each.over,
                "held": [held._asdict() for held in each.held],
            }
            for each in planned.months
        ],
    }


def _done(done: RetentionRun) -> dict[str, Any]:
    months = [
        {"period": each.period, "refused": each.end.code.name, "at": each.end.at}
        if isinstance(each.end, Refuse)
        else {"period": each.period, "erased": each.end.deleted, "on_hold": each.end.resealed}
        for each in done.months
    ]
    return {"months": months, "released": done.released, "refused": len(done.refused), "left": done.left}
