#!/bin/sh
# See that the real parts that tests run beside are here; install Debian's where that is possible, otherwise say how. Run by make.
set -eu

say() { printf '%s\n' "$*" >&2; }

# Package, and a file by which its presence shows.
parts='
golang-1.19-go /usr/lib/go-1.19/bin/go
golang-golang-x-mod-dev /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog/tlog.go
softhsm2 /usr/bin/softhsm2-util
chromium /usr/bin/chromium
'

missing() {
    printf '%s' "$parts" | while read -r package file; do
        [ -z "$package" ] || [ -e "$file" ] || printf '%s ' "$package"
    done
}

wanted=$(missing)
[ -n "$wanted" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "安装测试所用的真实部件 $wanted· installing real parts for the tests: $wanted"
    # shellcheck disable=SC2086 # several packages, separated by blanks
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null; } || :
    wanted=$(missing)
    [ -n "$wanted" ] || exit 0
fi
say "缺少 $wanted：相关测试会跳过。请管理员执行： apt install $wanted"
say "Missing: $wanted- the tests that need them are skipped. As an administrator: apt install $wanted"
