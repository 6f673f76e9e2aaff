#!/bin/sh
# suiload COMMAND [ARGUMENT…]: see 'suiload help'. Needs no JDK. PostgreSQL's own programs want a shell: an empty PATH gets the usual one.
PATH=${PATH:-/usr/bin:/bin}
export PATH
case $0 in
  */*) home=${0%/*} ;;
  *) home=$(command -v -- "$0"); home=${home%/*} ;;
esac
home=$(cd "$home" && pwd -P)
[ -f "$home/conf/version" ] || home=$(cd "$home/.." && pwd -P)
case ${1:-help} in
  load | smoke | ramp | drain) args=load ;;
  serve | localnet) args=$1 ;;
  *) args=default ;;
esac
. "$home/conf/jvm/beside.sh"
beside=$(beside "$@")
# As in build/suiload: less stack touched ahead by each of the driver's threads.
if [ "$args $(uname -sm)" = "load Linux x86_64" ]; then stack=-XX:StackShadowPages=10; else stack=; fi
args=$home/conf/jvm/$args.args
cache=$home/build/aot/${1:-help}.aot
if [ -n "$SUILOAD_TRAIN" ]; then cache=-XX:AOTCacheOutput=$cache
elif [ -f "$cache" ]; then cache=-XX:AOTCache=$cache
else cache=-Xshare:auto
fi
# The class path is written out in one order: a cache made for another order is not used.
exec "$home/runtime/bin/java" "@$args" ${beside:+"@$home/conf/jvm/$beside.args"} ${stack:+"$stack"} "$cache" "-Xlog:aot*=off,cds*=off" -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Dsuiload.home="$home" \
  -Djava.util.logging.config.file="$home/conf/logging.properties" -cp "@CLASS_PATH@" suiload.Main "$@"
