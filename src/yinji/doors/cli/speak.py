"""What the command line says, and in which language."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

import typer
from rich.console import Console

from yinji.doors.cli.exits import Exit
from yinji.kernel.decision import Refuse
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.said import Language, Said


class _Terminal(Console):
    """A console that does not end the process by itself where whoever read it has gone."""

    def on_broken_pipe(self) -> None:
        """Let `run_app` hear of it."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


class Voice:
    """Speaks one language: results on standard output, everything else on standard error."""

    def __init__(self, language: Language) -> None:
        """Look at the terminal once."""
        self.language = language
        self.out = _Terminal(highlight=False, soft_wrap=True)
        self.err = _Terminal(stderr=True, highlight=False, soft_wrap=True)

    def say(self, zh: str, en: str) -> None:
        """Print a result."""
        self.out.print(Said(zh, en).in_(self.language), markup=False)

    def note(self, zh: str, en: str) -> None:
        """Print something beside the result."""
        self.err.print(Said(zh, en).in_(self.language), markup=False)

    def of(self, said: Said) -> str:
        """Return a sentence in the voice's language."""
        return said.in_(self.language)

    def json(self, result: Mapping[str, Any]) -> None:
        """Print a result for programs."""
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")

    def refusal(
        self, refused: Refuse, says: Said | None = None, *, remedy: Said | None = None, ground: Said | None = None
    ) -> None:
        """Print why not, and what to do. ``says``, ``remedy`` and ``ground`` are a rule's own: they are more exact than the code's."""
        words = WORDS[refused.code]
        reason = words.reason.in_(self.language) + (f"：{says.in_(self.language)}" if says else "")
        place = f" [{refused.at}]" if refused.at else ""
        self.err.print(f"✗ {refused.code.value} {reason}{place}", markup=False)
        self.err.print(f"  → {(remedy or words.remedy).in_(self.language)}", markup=False)
        if ground:
            self.err.print(f"  § {ground.in_(self.language)}", markup=False)

    def stop(self, refused: Refuse, code: Exit = Exit.REFUSED) -> NoReturn:
        """Print a refusal and end the command."""
        self.refusal(refused)
        raise typer.Exit(code)


def language_of(environment: Mapping[str, str] = os.environ) -> Language:
    """Return the user's language: YINJI_LANGUAGE, or English where the locale is an English one; otherwise Chinese."""
    chosen = environment.get("YINJI_LANGUAGE") or environment.get("LC_ALL") or environment.get("LANG") or ""
    return Language.EN if chosen.startswith("en") else Language.ZH
