"""`yinji bench`: figures, measured here and now, beside the peers."""

from __future__ import annotations

import typer

app = typer.Typer(help="测量 · measure", no_args_is_help=True)


@app.command("labels")
def labels() -> None:
    """面单 · labels."""
