#!/bin/sh
# See that there is a Chinese font, and one for rare characters; install Debian's where that is possible, otherwise say how.
# Without the second kind everything works but names that need it. Run by make.
set -eu

say() { printf '%s\n' "$*" >&2; }

# 0: there are both kinds; 3: there is none; 4: only that for rare characters is missing; else a mistake of ours, shown.
found() {
    .venv/bin/python - <<'PY'
import os
import sys

from yinji.kernel.faults import Fault
from yinji.label.fonts import find_fonts

try:
    fonts = find_fonts(os.environ.get("YINJI_FONT") or None, os.environ.get("YINJI_FONT_RARE") or None)
except Fault:
    sys.exit(3)
sys.exit(0 if fonts.rare else 4)
PY
}

install() {
    say "安装字体 $* · installing the fonts $*"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

status=0
found || status=$?
case $status in 0) exit 0 ;; 3 | 4) ;; *) exit "$status" ;; esac
if may_install; then
    [ "$status" = 4 ] || install fonts-noto-cjk
    install fonts-hanazono fonts-babelstone-han || say "没有装上 · not installed: fonts-hanazono fonts-babelstone-han"
    status=0
    found || status=$?
fi
case $status in
0) exit 0 ;;
4)
    say "没有生僻字字体，含生僻字的名字会被拒绝： apt install fonts-hanazono fonts-babelstone-han"
    say "No font for rare characters: names that need one are refused: apt install fonts-hanazono fonts-babelstone-han"
    exit 0
    ;;
esac
say "缺少中文字体。请管理员执行： apt install fonts-noto-cjk  ；或用 YINJI_FONT=/路径/字体.otf 指定。"
say "A Chinese font is missing. As an administrator: apt install fonts-noto-cjk ; or name one with YINJI_FONT=/path/to/font.otf."
exit 1
