"""Who is acting: `--as CODE` and the secret that goes with it. A secret is never an argument: arguments stay in histories."""

from __future__ import annotations

import os
from typing import Annotated, Final

import typer

from yinji.doors.cli.speak import Voice
from yinji.flows.house import House
from yinji.flows.sign_in import sign_in
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private

SECRET: Final = "YINJI_SECRET"  # noqa: S105 - the name of a variable, not a secret
"""Where a program finds the secret of the account it acts as; a person is asked for it instead."""

As = Annotated[
    str | None,
    typer.Option("--as", metavar="CODE", help="以该账号办理；密钥从 YINJI_SECRET 读或提示后输入 · act as", show_default=False),
]


def signed_in(house: House, voice: Voice, code: str) -> House:
    """Return the node as the account sees it; ends the command where account and secret do not agree."""
    acting = sign_in(house, code, _secret())
    if isinstance(acting, Refuse):
        voice.stop(acting)
    return acting


def _secret() -> Private:
    """Take the secret out of the environment, so that no program we start inherits it; or ask without echo."""
    given = os.environ.pop(SECRET, "")
    return Private(given or typer.prompt("密钥 secret", hide_input=True, err=True))
