"""``python -m yinji_verify FOLDER``: verify an exported log, a proof or a receipt. Exits 0 verified, 1 broken, 2 cannot tell."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from yinji_verify.folder import trusted, verify_folder
from yinji_verify.items import verify_file
from yinji_verify.verdict import Outcome, Unreadable, Verdict


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, verify, print the verdict in Chinese and English, return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # whatever the locale says
    verdicts = _verdicts(_parser().parse_args(arguments))
    for verdict in verdicts:
        print(verdict.zh, verdict.en, sep="\n")  # noqa: T201 - a command speaks
    outcomes = {verdict.outcome for verdict in verdicts}
    return next(outcome for outcome in (Outcome.BROKEN, Outcome.CANNOT_TELL, Outcome.VERIFIED) if outcome in outcomes)


def run() -> None:
    """Enter as a command of its own."""
    sys.exit(main())


def _verdicts(asked: argparse.Namespace) -> list[Verdict]:
    try:
        kept = [file.read_bytes().decode("utf-8") for file in asked.checkpoint]
    except (OSError, UnicodeDecodeError) as error:
        return [Unreadable(f"读不到检查点（{error}）", f"the checkpoint cannot be read ({error})").verdict()]
    if asked.what.is_file():
        return [_file(asked.what, asked, kept)]
    verdict = verify_folder(asked.what, key=asked.key, kept=kept, witnesses=asked.witness, quorum=asked.quorum)
    return [verdict, *([] if asked.proof is None else [_file(asked.proof, asked, kept)])]


def _file(file: Path, asked: argparse.Namespace, kept: Sequence[str]) -> Verdict:
    if asked.key is None and not asked.what.is_dir():
        return Unreadable("要有签署者的公钥（--key）", "the signer's key is needed (--key)").verdict()
    try:
        key = asked.key if asked.key is not None else (asked.what / "key").read_text("utf-8")
        return verify_file(file, trusted(key, asked.witness, asked.quorum), kept)
    except Unreadable as trouble:
        return trouble.verdict()
    except (OSError, UnicodeDecodeError) as error:
        return Unreadable(f"读不到密钥（{error}）", f"the key cannot be read ({error})").verdict()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yinji_verify", description="核对隐寄导出的证据 / verify evidence exported by Yinji")
    parser.add_argument("what", type=Path, help="导出的文件夹，或一份证明、回执 / the exported folder, or one proof or receipt")
    parser.add_argument("--key", help="可信公钥 NAME+ID+BASE64 / the trusted key")
    parser.add_argument(
        "--checkpoint",
        type=Path,
        action="append",
        default=[],
        help="另处留存的检查点，可多个 / a checkpoint kept elsewhere; repeat",
    )
    parser.add_argument(
        "--witness", action="append", default=[], help="可信见证人的公钥，可多个 / the key of a trusted witness; repeat"
    )
    parser.add_argument("--quorum", type=int, default=0, help="须有几名见证人联署 / how many of them must have cosigned")
    parser.add_argument("--proof", type=Path, help="文件夹之外再核对一份证明 / one proof, beside the folder")
    return parser


if __name__ == "__main__":
    run()
