"""`yinji bench`: figures measured here and now, beside the peers in the same run."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from yinji.doors.cli.context import door_of

app = typer.Typer(help="测量 · measure", no_args_is_help=True)

_UNSAID: Final = frozenset({"json", "keep", "data"})
"""Options that change no figure: a record's command leaves them out."""


class Form(StrEnum):
    """The forms of order files that are measured; a shared workbook keeps its texts apart from its cells."""

    CSV = "csv"
    JSON = "json"
    NDJSON = "ndjson"
    XLSX = "xlsx"
    XLSX_SHARED = "xlsx_shared"


@app.command("labels")
def labels(
    context: typer.Context,
    count: Annotated[int, typer.Option(min=10, max=5_000, help="一批的面单数 · labels a batch")] = 500,
    rounds: Annotated[int, typer.Option(min=1, max=50)] = 5,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """面单：与通用引擎并排 · labels, beside general engines."""
    from yinji_bench.labels import measure  # noqa: PLC0415 - the peers are loaded only to be measured

    _tell(context, measure(count, rounds=rounds), json=json)


@app.command("pictures")
def pictures(
    context: typer.Context,
    count: Annotated[int, typer.Option(min=10, max=5_000, help="一轮的面单数 · labels a round")] = 500,
    rounds: Annotated[int, typer.Option(min=1, max=50)] = 5,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """面单图片：与通用的画法并排 · labels as pictures, beside drawing them in the usual way."""
    from yinji_bench.pictures import measure  # noqa: PLC0415 - as above

    _tell(context, measure(count, rounds=rounds), json=json)


@app.command("inspect")
def inspect(
    context: typer.Context,
    own: Annotated[int, typer.Option(min=1, max=1_000, help="每种模板的自家面单数 · own labels a template")] = 20,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """检查面单：预埋的问题、自家面单、耗时 · inspection: seeded defects, our own labels, and how long it takes."""
    from yinji_bench.inspect import measure  # noqa: PLC0415 - as above

    _tell(context, measure(door_of(context).rooms.sheets, own=own), json=json)


@app.command("streams")
def streams(
    context: typer.Context,
    count: Annotated[int, typer.Option(min=10, max=10_000, help="一轮的面单数 · labels a round")] = 2_000,
    rounds: Annotated[int, typer.Option(min=1, max=50)] = 5,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """面单的打印机指令 · labels in printers' languages."""
    from yinji_bench.streams import measure  # noqa: PLC0415 - as above

    _tell(context, measure(count, rounds=rounds), json=json)


@app.command("issue")
def issue(  # noqa: PLR0917 - typer hands options over by name
    context: typer.Context,
    orders: Annotated[int, typer.Option(min=100, max=200_000, help="每次测量的订单数 · orders a measurement")] = 10_000,
    stored: Annotated[int, typer.Option(min=0, max=5_000_000, help="事先存有的运单数 · waybills stored before")] = 500_000,
    rounds: Annotated[int, typer.Option(min=1, max=20)] = 3,
    keep: Annotated[Path | None, typer.Option(help="存满的节点留在这里，当天再用 · filled nodes stay here for the day")] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """从订单到面单、证据，写入 SQLite · orders to labels and evidence, into SQLite; takes some minutes."""
    from yinji_bench.issue import measure  # noqa: PLC0415 - as above

    _tell(context, measure(orders=orders, stored=stored, rounds=rounds, keep=keep), json=json)


@app.command("ledger")
def ledger(
    context: typer.Context,
    entries: Annotated[int, typer.Option(min=1_000, max=10_000_000, help="条目数 · entries")] = 1_000_000,
    rounds: Annotated[int, typer.Option(min=1, max=20)] = 3,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """证据：持久写入，再全部重读核对 · evidence appended durably, then verified whole."""
    from yinji_bench.ledger import measure  # noqa: PLC0415 - as above

    _tell(context, measure(entries=entries, rounds=rounds), json=json)


@app.command("vault")
def vault(
    context: typer.Context,
    stored: Annotated[int, typer.Option(min=1_000, max=5_000_000, help="存有的件数 · parcels stored")] = 1_000_000,
    rounds: Annotated[int, typer.Option(min=1, max=100)] = 15,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """封存与查找 · sealing and searching; takes some minutes."""
    from yinji_bench.vault import measure  # noqa: PLC0415 - as above

    _tell(context, measure(door_of(context).rooms, stored=stored, rounds=rounds), json=json)


@app.command("reveal")
def reveal(
    context: typer.Context,
    batch: Annotated[int, typer.Option(min=1, max=1_000, help="一批的次数 · reveals a batch")] = 100,
    rounds: Annotated[int, typer.Option(min=1, max=1_000)] = 60,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """按许可查看：成批，及与批量制单并行时 · reveals: in batches, and one by one beside a bulk issue."""
    from yinji_bench.reveal import measure  # noqa: PLC0415 - as above

    _tell(context, measure(door_of(context).rooms, batch=batch, rounds=rounds), json=json)


@app.command("rotate")
def rotate(
    context: typer.Context,
    stored: Annotated[int, typer.Option(min=1_000, max=5_000_000, help="存有的件数 · parcels stored")] = 300_000,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """更换密钥与删除，其间照常查找 · rotating keys and erasing, with searches going on."""
    from yinji_bench.rotate import measure  # noqa: PLC0415 - as above

    _tell(context, measure(door_of(context).rooms, stored=stored), json=json)


@app.command("backup")
def backup(
    context: typer.Context,
    stored: Annotated[int, typer.Option(min=1_000, max=5_000_000, help="存有的件数 · parcels stored")] = 100_000,
    rounds: Annotated[int, typer.Option(min=1, max=20)] = 3,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """备份与恢复 · backing up and restoring, verified."""
    from yinji_bench.backup import measure  # noqa: PLC0415 - as above

    _tell(context, measure(door_of(context).rooms, stored=stored, rounds=rounds), json=json)


@app.command("intake")
def intake(
    context: typer.Context,
    rows: Annotated[int, typer.Option(min=1_000, max=1_000_000, help="一个文件的行数 · rows a file")] = 100_000,
    rounds: Annotated[int, typer.Option(min=1, max=20)] = 3,
    form: Annotated[list[Form] | None, typer.Option(help="只测这些形式 · only these forms")] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """读订单文件：速度与内存，与通用读取程序并排 · reading order files: rate and memory, beside general readers."""
    from yinji_bench.intake import measure  # noqa: PLC0415 - as above

    _tell(context, measure(rows=rows, rounds=rounds, forms=[each.value for each in form or Form]), json=json)


@app.command("api")
def api(
    context: typer.Context,
    orders: Annotated[int, typer.Option(min=1_000, max=1_000_000, help="每轮的订单数 · orders a round")] = 20_000,
    rounds: Annotated[int, typer.Option(min=1, max=20)] = 3,
    connections: Annotated[int, typer.Option(min=1, max=250, help="同时的连接数 · connections at once")] = 64,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """接口逐单下单，提交后应答，由另一进程施压 · single orders over HTTP, answered after commit, driven by another process."""
    from yinji_bench.api import measure  # noqa: PLC0415 - as above

    _tell(context, measure(orders=orders, rounds=rounds, connections=connections), json=json)


@app.command("deid")
def deid(
    context: typer.Context,
    rows: Annotated[int, typer.Option(min=100, max=200_000, help="每类的行数 · rows of each kind")] = 5_000,
    rounds: Annotated[int, typer.Option(min=1, max=50)] = 5,
    data: Annotated[
        Path | None, typer.Option(help="带标注的地址与评分程序 · a folder of labelled addresses with their scorer")
    ] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """去标识化：与 Presidio、jionlp、cpca 并排 · de-identification, beside Presidio, jionlp and cpca."""
    from yinji_bench.deid import measure  # noqa: PLC0415 - as above

    _tell(context, measure(rows, rounds=rounds, data=data), json=json)


def _tell(context: typer.Context, figures: Mapping[str, Any], *, json: bool) -> None:
    voice = door_of(context).voice
    if json:
        from yinji_bench.record import record  # noqa: PLC0415 - as above

        options = {name: value for name, value in context.params.items() if name not in _UNSAID and value is not None}
        voice.json(record(context.command.name or "", figures, options=options))
        return
    for name, figure in figures.items():
        if isinstance(figure, Mapping):
            for peer, value in figure.items():
                voice.say(f"{name}.{peer:<20} {value}", f"{name}.{peer:<20} {value}")
        else:
            voice.say(f"{name:<28} {figure}", f"{name:<28} {figure}")
