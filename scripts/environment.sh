#!/bin/sh
# Make or complete the virtual environment $1 from the hash-pinned lock file $2. Run by make.
set -eu
venv=$1
lock=$2
python=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }

if ! command -v "$python" >/dev/null 2>&1 || ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "需要 Python 3.11 或更新；用 make PYTHON=/路径/python3.11 指定。"
    say "Python 3.11 or newer is needed; name one with make PYTHON=/path/to/python3.11."
    exit 1
fi

# Debian and Ubuntu ship venv in a package of its own.
if [ ! -x "$venv/bin/python" ] && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=python3-venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "安装 $package · installing $package"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
    else
        say "缺少 $package。请管理员执行： apt install $package"
        say "$package is missing. As an administrator: apt install $package"
        exit 1
    fi
fi

if [ ! -x "$venv/bin/python" ]; then
    say "建立环境 $venv · making the environment $venv"
    "$python" -m venv "$venv"
fi
say "安装锁定的依赖 $lock · installing what $lock pins"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
