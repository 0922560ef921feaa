"""docs/reference/benchmarks.md: every record with its date, machine, command, and each figure beside its bar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from reference_pages.markdown import code, page, table
from reference_pages.records import Record, records, words

_INTRO: Final = """由 `make bench` 测出的记录，一字不改地存在[记录](benchmarks.json)里；本页和 README 的表由记录生成。每条记录写明日期、机器种类、命令。
“应有”是本项目给自己定的界限；界限所说的规模比测量的大时，不作判断。机器有快慢，比值比绝对值可靠；同一次运行里的别家也在表中，括号里是我们与它之比。“负载”是最后五分钟里机器上同时在跑的程序数，连同测量自己：大于核数时，按经过的时间算的数字偏低。

Records of `make bench`, kept word for word in [the records](benchmarks.json); this page and the table of README are made from them. Each
names its date, kind of machine and command. *Bar* is what the project has set itself; where it speaks of a larger run than was measured,
nothing is judged. Machines are fast one minute and slow the next: ratios are worth more than absolute figures, and the others measured in
the same run stand beside ours, and how many times theirs ours is. *Load* is how many programs ran on the machine in the last five minutes, the measurement
included: above the number of cores, figures in elapsed time are too low."""

_DIGITS: Final = 3
"""Of a ratio: the machine gives no more."""

_HEADINGS: Final = ("中文", "English", "名称 name", "结果 figure", "应有 bar", "")


def benchmarks_page() -> str:
    """Return the page: a section a record, benches in the order of their words."""
    said, parts = words()["bench"], [_INTRO]
    kept = records()
    for bench, about in said.items():
        for record in (each for each in kept if each["bench"] == bench):
            parts += _section(record, about)
    return page("测量 Benchmarks", "docs/reference/benchmarks.json", *parts)


def _section(record: Record, about: Mapping[str, Any]) -> Iterator[str]:
    machine, figures = record["machine"], record["figures"]
    load = f", 负载 load {machine['load']}" if "load" in machine else ""
    kind = f"{machine['processor']}, {machine['cores']} 核 cores, {machine['cores_allowed']} 可用 allowed{load}, Python {machine['python']}"
    yield f"## {about['zh']} {about['en']}: {record['date']}"
    yield f"{code(record['command'])}：{kind}。\n\n{' '.join([about['how'], *([record['note']] if 'note' in record else [])])}"
    yield table(_HEADINGS, [_row(name, figures, about["figures"][name]) for name in figures])


def _row(name: str, figures: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[str, ...]:
    ours = figures.get(said.get("beside", ""))
    figure = _peers(figures[name], ours) if ours else shown(figures[name])
    return (said["zh"], said["en"], code(name), figure, _bar(said), _judged(figures[name], figures, said))


def _peers(peers: Mapping[str, Any], ours: float) -> str:
    """Write what the others reached in the same run, and how many times that ours is."""
    return ", ".join(
        f"{name} {shown(each)} ({ours / each:.{_DIGITS}g} ×)" if isinstance(each, int | float) else f"{name} {each}"
        for name, each in peers.items()
    )


def shown(figure: object) -> str:
    """Return a figure as the page writes it: thousands apart, the parts of a group by name."""
    if isinstance(figure, Mapping):
        return ", ".join(f"{name} {shown(each)}" for name, each in figure.items())
    if isinstance(figure, bool) or figure is None:
        return {True: "是 yes", False: "否 no", None: "–"}[figure]
    return f"{figure:,}" if isinstance(figure, int | float) else str(figure)


def _bar(said: Mapping[str, Any]) -> str:
    limits = [f"{sign} {said[name]:,}" for name, sign in (("least", "≥"), ("most", "≤")) if name in said]
    sizes = [f"{name} {size:,}" for name, size in said.get("at", {}).items()]
    return "; ".join([*limits, *sizes])


def _judged(figure: object, figures: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """Say whether a figure holds its bar; nothing without a bar, or where the run was smaller than the bar's."""
    if not {"least", "most"} & said.keys() or not isinstance(figure, int | float):
        return ""
    if any(figures.get(name, 0) < size for name, size in said.get("at", {}).items()):
        return "规模不足 too small a run"
    return "达到 holds" if said.get("least", figure) <= figure <= said.get("most", figure) else "未达到 falls short"
