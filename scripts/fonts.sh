#!/bin/sh
# See that there is a Chinese font; install Debian's where that is possible, otherwise say how. Run by make.
set -eu

say() { printf '%s\n' "$*" >&2; }

# 0: there is one; 3: there is none; anything else is a mistake of ours and is shown.
found() {
    .venv/bin/python - <<'PY'
import os
import sys

from yinji.kernel.faults import Fault
from yinji.label.fonts import find_fonts

try:
    find_fonts(os.environ.get("YINJI_FONT") or None)
except Fault:
    sys.exit(3)
PY
}

status=0
found || status=$?
[ "$status" = 3 ] || exit "$status"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "安装中文字体 fonts-noto-cjk · installing the Chinese font fonts-noto-cjk"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends fonts-noto-cjk >/dev/null
    found && exit 0
fi
say "缺少中文字体。请管理员执行： apt install fonts-noto-cjk  ；或用 YINJI_FONT=/路径/字体.otf 指定。"
say "A Chinese font is missing. As an administrator: apt install fonts-noto-cjk ; or name one with YINJI_FONT=/path/to/font.otf."
exit 1
