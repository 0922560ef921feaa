"""`yinji bench`: figures measured here and now, beside the peers in the same run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from yinji.doors.cli.context import door_of

app = typer.Typer(help="测量 · measure", no_args_is_help=True)


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


@app.command("issue")
def issue(
    context: typer.Context,
    orders: Annotated[int, typer.Option(min=100, max=200_000, help="每次测量的订单数 · orders a measurement")] = 10_000,
    stored: Annotated[int, typer.Option(min=0, max=5_000_000, help="事先存有的运单数 · waybills stored before")] = 500_000,
    rounds: Annotated[int, typer.Option(min=1, max=20)] = 3,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """从订单到面单、证据，写入 SQLite · orders to labels and evidence, into SQLite; takes some minutes."""
    from yinji_bench.issue import measure  # noqa: PLC0415 - as above

    _tell(context, measure(orders=orders, stored=stored, rounds=rounds), json=json)


def _tell(context: typer.Context, figures: Mapping[str, Any], *, json: bool) -> None:
    voice = door_of(context).voice
    if json:
        voice.json(figures)
        return
    for name, figure in figures.items():
        if isinstance(figure, Mapping):
            for peer, value in figure.items():
                voice.say(f"{name}.{peer:<20} {value}", f"{name}.{peer:<20} {value}")
        else:
            voice.say(f"{name:<28} {figure}", f"{name:<28} {figure}")
