"""`yinji ledger`: the evidence."""

import typer

from yinji.doors.cli.ledger import intents, prove, read, sign, witness
from yinji.doors.cli.ledger.verify import say_evidence, verify

__all__ = ["app", "say_evidence"]

app = typer.Typer(help="证据 · the evidence", no_args_is_help=True)
app.command("verify")(verify)
app.command("checkpoint")(sign.checkpoint)
app.command("show")(read.show)
app.command("export")(read.export)
app.command("prove")(prove.prove)
app.command("receipt")(prove.receipt)
app.command("intents")(intents.intents)
app.add_typer(witness.app, name="witness")
