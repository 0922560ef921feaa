#!/bin/sh
# Install the renderer that reads our ZPL back in tests (tests/zpl) beside the environment. Without npm that test is skipped. Run by make.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
place="$here/${VENV:-.venv}/zpl"
lock="$here/tests/zpl/package-lock.json"

say() { printf '%s\n' "$*" >&2; }

if cmp -s "$lock" "$place/package-lock.json" && [ -d "$place/node_modules" ]; then exit 0; fi
if ! command -v npm >/dev/null 2>&1; then
    say "缺少 npm：用独立程序核对 ZPL 的测试会跳过。请管理员执行： apt install nodejs npm"
    say "npm is missing: the test that reads ZPL by another program is skipped. As an administrator: apt install nodejs npm"
    exit 0
fi
mkdir -p "$place"
cp "$here/tests/zpl/package.json" "$lock" "$place/"
npm ci --prefix "$place" --ignore-scripts --no-audit --no-fund --silent || { rm -rf "$place"; say "npm ci: $place"; }
