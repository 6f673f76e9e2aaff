#!/usr/bin/env bash
# Packs build/suiload-VERSION-PLATFORM.tar.gz out of a finished build: runs without a JDK, 'suiload load' included.
# Inside: a runtime trimmed by jlink, the jars, PostgreSQL, conf/ and a launcher. AOT=1 trains start-up caches as well
# (build/aot, one a command); they hold pointers of this very runtime and stay outside the reproducible checksum.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$home"
umask 022
export LC_ALL=C

# What the program and its jars name (suiload audit lists it per jar), without java.desktop: Jackson and the PostgreSQL
# driver ask whether java.beans is there and do without it. 12 MB less.
MODULES=java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.httpserver,jdk.management,jdk.unsupported

fail() { printf 'dist: %s\n' "$*" >&2; exit 1; }

[ -f build/suiload.jar ] || fail "no build/suiload.jar: run ./build.sh first"
java=$(sed -n 's/^java=\${SUILOAD_JAVA:-\(.*\)}$/\1/p' build/suiload)
jlink=${java%/java}/jlink
[ -x "$jlink" ] || fail "no jlink beside $java"
postgres=$(sed -n 's/^embedded-postgres-binaries-\(.*\)-[0-9.]*\.jar$/\1/p' build/postgres/.from 2>/dev/null || true)
version=$(cat conf/version)
platform=$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
name=suiload-$version-$platform
work=build/dist/$name
rm -rf build/dist && mkdir -p "$work/build" "$work/lib"

"$jlink" --add-modules "$MODULES" --output "$work/runtime" --strip-java-debug-attributes --no-header-files --no-man-pages \
  --compress zip-6 --generate-cds-archive
cp build/suiload.jar "$work/build/"
cp -R lib/runtime lib/licences lib/deps.lock "$work/lib/"
cp -R conf "$work/conf"
rm -rf "$work/conf/dist"
cp README.md LICENSE "$work/"
[ -z "$postgres" ] || cp -R build/postgres "$work/build/postgres"
class_path='$home/build/suiload.jar'
for jar in lib/runtime/*.jar; do class_path+=:'$home'/$jar; done
sed "s|@CLASS_PATH@|$class_path|" conf/dist/suiload.sh >"$work/suiload"
chmod 755 "$work/suiload"
# Where the program looks for itself when it starts the service or the embedded network.
ln -s ../suiload "$work/build/suiload"
find "$work" -exec touch -h -d 2026-01-01T00:00:00Z {} +

# One small run trains the driver and the service it starts, as each ends. What the run says does not matter here.
if [ "${AOT:-}" = 1 ]; then
  mkdir -p "$work/build/aot"
  SUILOAD_TRAIN=1 "$work/suiload" load ACTIVE_USERS_TOTAL=1 PASSIVE_USERS_TOTAL=1 STAGES=1s:100,1s:100 OUT="$PWD/build/dist/out" \
    "PROVISIONING_API_URL=http://127.0.0.1:$((20000 + RANDOM % 20000))" >build/dist/training.log 2>&1 || true
  rm -rf "$work/data" "$work"/build/aot/*.config
  for command in serve load; do [ -s "$work/build/aot/$command.aot" ] || fail "no cache for $command: see build/dist/training.log"; done
fi
tar --version 2>/dev/null | grep -q GNU && sorted=(--sort=name --owner=0 --group=0 --numeric-owner) || sorted=()
tar -C build/dist ${sorted[@]+"${sorted[@]}"} -cf - "$name" | gzip -9n >"build/$name.tar.gz"
printf '%s  build/%s.tar.gz  %s bytes\n' "$( (sha256sum "build/$name.tar.gz" 2>/dev/null || shasum -a 256 "build/$name.tar.gz") | cut -d' ' -f1)" "$name" \
  "$(wc -c <"build/$name.tar.gz" | tr -d ' ')"
