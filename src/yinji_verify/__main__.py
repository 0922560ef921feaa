"""``python -m yinji_verify FOLDER``: verify an exported log, or one proof. Exits 0 verified, 1 broken, 2 cannot tell."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from yinji_verify.folder import trusted_keys, verify_folder
from yinji_verify.items import verify_proof
from yinji_verify.verdict import Outcome, Unreadable, Verdict


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, verify, print the verdict in Chinese and English, return the exit code."""
    asked = _parser().parse_args(arguments)
    verdicts = [_folder(asked)]
    if asked.proof is not None:
        verdicts.append(_proof(asked))
    for verdict in verdicts:
        print(verdict.zh, verdict.en, sep="\n")  # noqa: T201 - a command speaks
    outcomes = {verdict.outcome for verdict in verdicts}
    return next(outcome for outcome in (Outcome.BROKEN, Outcome.CANNOT_TELL, Outcome.VERIFIED) if outcome in outcomes)


def _folder(asked: argparse.Namespace) -> Verdict:
    try:
        kept = [file.read_bytes().decode("utf-8") for file in asked.checkpoint]
    except (OSError, UnicodeDecodeError) as error:
        return Unreadable(f"读不到检查点（{error}）", f"the checkpoint cannot be read ({error})").verdict()
    return verify_folder(asked.folder, key=asked.key, kept=kept)


def _proof(asked: argparse.Namespace) -> Verdict:
    try:
        keys, _ = trusted_keys(asked.folder, asked.key)
    except Unreadable as trouble:
        return trouble.verdict()
    except (OSError, UnicodeDecodeError) as error:
        return Unreadable(f"读不到密钥（{error}）", f"the key cannot be read ({error})").verdict()
    return verify_proof(asked.proof, keys)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yinji_verify", description="核对隐寄导出的证据 / verify evidence exported by Yinji")
    parser.add_argument("folder", type=Path, help="导出的文件夹 / the exported folder")
    parser.add_argument("--key", help="可信公钥 NAME+ID+BASE64 / the trusted key")
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], help="另处留存的检查点 / a checkpoint kept elsewhere"
    )
    parser.add_argument("--proof", type=Path, help="单条证明（.tlog-proof 或 JSON）/ one entry's or item's proof")
    return parser


if __name__ == "__main__":
    sys.exit(main())
