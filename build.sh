#!/usr/bin/env bash
# Builds suiload with nothing but a JDK 25: resolve lib/deps.lock, check every SHA-256, generate protobuf sources, javac, jar.
# Maven is used as a mere downloader, and only for a jar that is neither in lib/ nor in the local Maven repository;
# MAVEN_REPO_URL lets curl fetch from a repository of yours instead. A second build with nothing changed does no work.
#
#   ./build.sh          the program: build/suiload.jar and the launcher build/suiload
#   ./build.sh test     the program and its test classes (build/test-classes)
#   ./build.sh sui4j    fetches what lib/sui4j.lock names, then builds the program with the optional sui4j client
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
umask 022
export LC_ALL=C
VERSION=$(cat conf/version)

fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }
say() { printf '%s\n' "$*" >&2; }

sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

is_jdk25() { [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null; }

find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-}"/.sdkman/candidates/java/* \
              "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] && is_jdk25 "$home" && { printf '%s' "$home"; return; }
  done
  fail "no JDK 25 found (looked at JAVA_HOME and the usual folders). Install one, for example Eclipse Temurin 25, or set JAVA_HOME to it."
}

platform() {
  local os arch
  os=$(uname -s | tr '[:upper:]' '[:lower:]')
  arch=$(uname -m)
  [ "$os" = linux ] && [ "$arch" = arm64 ] && arch=aarch64
  printf '%s-%s' "$os" "$arch"
}

# file_of ARTIFACT: the file name that a Maven repository gives to group:name:version[:extension[:classifier]]
file_of() {
  local group name version ext classifier
  IFS=: read -r group name version ext classifier <<<"$1"
  printf '%s-%s%s.%s' "$name" "$version" "${classifier:+-$classifier}" "${ext:-jar}"
}

# fetch ARTIFACT FILE: put the artifact at FILE, from the local Maven repository, MAVEN_REPO_URL or through mvn
fetch() {
  local artifact=$1 file=$2 group name version ext classifier path tried local_repo
  IFS=: read -r group name version ext classifier <<<"$artifact"
  path=${group//.//}/$name/$version/$(file_of "$artifact")
  local_repo=${MAVEN_LOCAL_REPO:-${HOME:-}/.m2/repository}
  tried="the local Maven repository"
  if [ -f "$local_repo/$path" ]; then cp "$local_repo/$path" "$file.part" && mv "$file.part" "$file" && return; fi
  if [ -n "${MAVEN_REPO_URL:-}" ]; then
    tried="$tried, MAVEN_REPO_URL"
    say "fetching $artifact"
    if curl -fsSL --connect-timeout 10 --max-time 600 -o "$file.part" "${MAVEN_REPO_URL%/}/$path"; then mv "$file.part" "$file"; return; fi
  elif command -v mvn >/dev/null; then
    tried="$tried, mvn"
    say "fetching $artifact"
    if (cd / && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:2.8:get -Dtransitive=false \
          -Dmaven.repo.local="$local_repo" \
          -Dartifact="$group:$name:$version:${ext:-jar}${classifier:+:$classifier}") >"$file.log" 2>&1 \
       && [ -f "$local_repo/$path" ]; then
      rm -f "$file.log"; cp "$local_repo/$path" "$file.part" && mv "$file.part" "$file"; return
    fi
    rm -f "$file.log"
  else
    tried="$tried (there is no mvn, and MAVEN_REPO_URL is not set)"
  fi
  rm -f "$file.part"
  fail "cannot get $artifact: tried $tried. Put the file at $file by hand (its SHA-256 is checked), or set MAVEN_REPO_URL."
}

# resolve SCOPES: fetch what deps.lock names for these scopes and this platform, then check sums and strangers
resolve() {
  local scopes=" $1 " here scope plat artifact sum licence reason file expected="" bad=0
  here=$(platform)
  mkdir -p lib/runtime lib/test lib/tools
  while read -r scope plat artifact sum licence reason; do
    case "$scope" in ''|'#'*) continue ;; esac
    [ -n "$reason" ] || fail "lib/deps.lock: $artifact has no reason"
    [ "$plat" = any ] || [ "$plat" = "$here" ] || continue
    file=lib/$(scope_dir "$scope")/$(file_of "$artifact")
    expected+="$file"$'\n'
    case "$scopes" in *" $scope "*) ;; *) continue ;; esac
    [ -f "$file" ] || fetch "$artifact" "$file"
    printf '%s  %s\n' "$sum" "$file"
  done <lib/deps.lock >build/expected.sums.new || exit 1
  mv build/expected.sums.new build/expected.sums
  grep -q ' lib/tools/embedded-postgres' build/expected.sums || say "note: no embedded PostgreSQL for $here; set DATABASE_URL to one of yours."
  if ! sha256 -c build/expected.sums >build/sums.log 2>&1; then
    grep -v ': OK$' build/sums.log >&2 || true
    fail "a file in lib/ differs from lib/deps.lock: nothing was compiled. Delete it to fetch it again."
  fi
  local stranger
  stranger=$(find lib/runtime lib/test lib/tools -type f | sort | while read -r file; do
    grep -qxF "$file" <<<"$expected" || printf '%s ' "$file"; done)
  [ -z "$stranger" ] || fail "lib/ holds what lib/deps.lock does not name: ${stranger}— remove it, or give it its line."
}

scope_dir() { case "$1" in tool) printf tools ;; *) printf '%s' "$1" ;; esac; }

# fingerprint PATHS: one hash over names and contents
fingerprint() { { find "$@" -type f | sort | tr '\n' '\0' | xargs -0 cat; find "$@" -type f | sort; } | sha256 | cut -d' ' -f1; }

# A compiler run is over before the JIT's optimizing compiler pays: without it, a build takes about half the CPU time.
javac() { "$JAVA_HOME/bin/javac" -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-Xmx1g "$@"; }

class_path() { printf '%s' "$(ls -d "$1"/*.jar 2>/dev/null | paste -sd: -)"; }

generate_protobuf() {
  local protoc
  protoc=$(ls lib/tools/protoc-*.exe 2>/dev/null | head -1 || true)
  [ -n "$protoc" ] || fail "no protoc for $(platform) in lib/deps.lock"
  chmod +x "$protoc"
  rm -rf build/generated && mkdir -p build/generated/include
  # The bare protoc lacks the well-known types; the runtime jar has them.
  (cd build/generated/include && "$JAVA_HOME/bin/jar" xf ../../../lib/runtime/protobuf-java-*.jar google/protobuf)
  find conf/proto -name '*.proto' | sort | xargs -r "$protoc" --proto_path=conf/proto --proto_path=build/generated/include --java_out=build/generated
}

unpack_postgres() {
  local jar
  jar=$(ls lib/tools/embedded-postgres-binaries-*.jar 2>/dev/null | head -1 || true)
  [ -n "$jar" ] || return 0
  [ "$(cat build/postgres/.from 2>/dev/null)" = "$(basename "$jar")" ] && return 0
  rm -rf build/postgres build/postgres.new && mkdir -p build/postgres.new
  (cd build/postgres.new && "$JAVA_HOME/bin/jar" xf "../../$jar" && tar xf ./*.txz && rm -rf ./*.txz META-INF) \
    || fail "cannot unpack $jar: tar needs xz (package xz-utils, or xz)"
  basename "$jar" >build/postgres.new/.from
  mv build/postgres.new build/postgres
}

# The JVM verifies a signed jar anew at each start, for a third of a second, and keeps its classes out of the start-up archive. Its sum
# has just been checked, so the program runs from a copy: the same entries but for the signature ('suiload audit' compares them).
unsigned_copies() {
  local jar name stamp
  stamp=$(fingerprint lib/deps.lock)
  [ "$(cat build/unsigned.stamp 2>/dev/null)" = "$stamp" ] && return 0
  rm -rf build/unsigned.stamp build/unsigned build/*.jsa && mkdir -p build/unsigned
  for jar in lib/runtime/*.jar; do
    LC_ALL=C grep -qa 'META-INF/[A-Z0-9_-]*\.SF' "$jar" || continue
    name=${jar##*/}
    rm -rf build/unsigned.new && mkdir build/unsigned.new
    (cd build/unsigned.new && "$JAVA_HOME/bin/jar" xf "../../$jar" && rm -f META-INF/*.SF META-INF/*.RSA META-INF/*.DSA META-INF/*.EC)
    # Behind the first empty line the manifest holds a digest for each entry: the signature's.
    tr -d '\r' <build/unsigned.new/META-INF/MANIFEST.MF | sed '1,/^$/!d' >build/unsigned.manifest
    rm -f build/unsigned.new/META-INF/MANIFEST.MF
    "$JAVA_HOME/bin/jar" --create --file "build/unsigned/$name" --date=2026-01-01T00:00:00Z --manifest build/unsigned.manifest -C build/unsigned.new .
    rm -rf build/unsigned.new
  done
  printf '%s' "$stamp" >build/unsigned.stamp
}

# The protobuf code is generated, not ours: it is compiled apart, without our warnings, only when conf/proto changed, and packed
# into the same jar.
compile_protobuf() {
  local stamp
  stamp=$(fingerprint conf/proto lib/deps.lock)-$JAVA_HOME
  [ "$(cat build/protobuf.stamp 2>/dev/null)" = "$stamp" ] && return
  rm -rf build/protobuf.stamp build/protobuf && mkdir -p build/protobuf
  generate_protobuf
  find build/generated -name '*.java' | sort >build/generated.list
  javac --release 25 -nowarn -Xlint:none -proc:none -d build/protobuf -cp "$1" @build/generated.list
  printf '%s' "$stamp" >build/protobuf.stamp
}

compile_program() {
  local runtime
  runtime=$(class_path lib/runtime)
  say "compiling suiload $VERSION"
  compile_protobuf "$runtime"
  rm -rf build/classes && cp -r build/protobuf build/classes
  find src/suiload -name '*.java' | sort >build/sources.list
  javac @conf/javac.args -d build/classes -cp "build/classes:$runtime" @build/sources.list
  mkdir -p build/classes/META-INF
  printf '%s\n' "$VERSION" >build/classes/META-INF/suiload-version
  find src/suiload -type f ! -name '*.java' | sort | while read -r file; do
    mkdir -p "build/classes/$(dirname "${file#src/}")" && cp "$file" "build/classes/${file#src/}"; done
  # Fixed dates, fixed modes and a sorted list of names: the same sources give the same jar (reliability.md C2).
  find build/classes -type f -exec chmod 644 {} +
  (cd build/classes && find . -type f | sed 's|^\./||' | sort) | sed 's|^|-C build/classes |' >build/jar.list
  printf 'Main-Class: suiload.Main\nImplementation-Version: %s\n' "$VERSION" >build/manifest
  rm -f build/suiload.jar build/*.jsa
  "$JAVA_HOME/bin/jar" --create --file build/suiload.jar --date=2026-01-01T00:00:00Z --manifest build/manifest @build/jar.list
}

write_launcher() {
  cat >build/suiload.new <<LAUNCHER
#!/usr/bin/env bash
# build/suiload COMMAND [ARGUMENT…]: see 'build/suiload help'
home=\$(cd "\$(dirname "\${BASH_SOURCE[0]}")/.." && pwd)
java=\${SUILOAD_JAVA:-$JAVA_HOME/bin/java}
[ -x "\$java" ] || { echo "suiload: \$java is gone; run ./build.sh again" >&2; exit 1; }
case "\${1:-help}" in
  load|smoke|ramp|drain) args=load ;;
  serve|localnet) args=\$1 ;;
  *) args=default ;;
esac
. "\$home/conf/jvm/beside.sh"
beside=\$(beside "\$@")
# What these load is mapped from an archive that the first orderly end after a build leaves behind: a start takes a third less CPU time.
# Where it cannot be written, the JVM would end with an error.
flags=()
if [ "\$args" != default ] && [ -w "\$home/build" ]; then
  flags=(-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=\$home/build/\$args.jsa" "-Xlog:cds*=off,aot*=off")
fi
# The ledger is read into fresh memory at each start: in pages of 2 MiB that takes two thirds of the time. Only Linux has the option.
[ "\$args" != localnet ] || [ "\$(uname -s)" != Linux ] || flags+=(-XX:+UseTransparentHugePages)
# A Java thread touches twenty pages of stack ahead, for native code. The driver has a selector thread for each user's client: half of
# that saves it 40 kB a user. Other platforms do not allow less than twenty.
[ "\$args" != load ] || [ "\$(uname -sm)" != "Linux x86_64" ] || flags+=(-XX:StackShadowPages=10)
exec "\$java" "@\$home/conf/jvm/\$args.args" \${beside:+"@\$home/conf/jvm/\$beside.args"} \${flags[@]+"\${flags[@]}"} -Dsuiload.home="\$home" -Djava.util.logging.config.file="\$home/conf/logging.properties" -cp "\$home/build/suiload.jar:\$home/build/unsigned/*:\$home/lib/runtime/*:\$home/build/suiload-sui4j.jar" suiload.Main "\$@"
LAUNCHER
  chmod +x build/suiload.new && mv build/suiload.new build/suiload
}

compile_tests() {
  local cp
  cp="build/classes:$(class_path lib/runtime):$(class_path lib/test)"
  say "compiling tests"
  rm -rf build/test-classes && mkdir -p build/test-classes
  find test -path test/sui4j -prune -o -name '*.java' -print | sort >build/tests.list
  [ -s build/tests.list ] || return 0
  javac @conf/javac.args -d build/test-classes -cp "$cp" @build/tests.list
}

# sui4j_artifacts: name, version, sum and coordinates of what lib/sui4j.lock names
sui4j_artifacts() {
  local scope plat artifact sum licence reason group name version
  while read -r scope plat artifact sum licence reason; do
    case "$scope" in sui4j) IFS=: read -r group name version <<<"$artifact"; printf '%s %s %s %s\n' "$name" "$version" "$sum" "$artifact" ;; esac
  done <lib/sui4j.lock
}

# sui4j_file NAME VERSION: that jar of lib/sui4j/, else one of another version, else nothing
sui4j_file() {
  if [ -f "lib/sui4j/$1-$2.jar" ]; then printf 'lib/sui4j/%s-%s.jar' "$1" "$2"; else ls lib/sui4j/"$1"-[0-9]*.jar 2>/dev/null | head -1 || true; fi
}

fetch_sui4j() {
  local name version sum artifact missing=""
  mkdir -p lib/sui4j
  while read -r name version sum artifact; do
    [ -n "$(sui4j_file "$name" "$version")" ] && continue
    (fetch "$artifact" "lib/sui4j/$name-$version.jar") 2>/dev/null || missing+="  lib/sui4j/$name-$version.jar  ($artifact)"$'\n'
  done < <(sui4j_artifacts)
  [ -z "$missing" ] || fail "the registry does not have all that NODE_CLIENT=sui4j needs. Put these there and run 'make sui4j' again:
${missing}sui4j is built from its public source (see https://github.com/dipcoinlab/sui4j; Java 21, any version from 0.1.4 on); a jar of another version will do."
  say "lib/sui4j holds what NODE_CLIENT=sui4j needs"
}

# The optional node client: a jar of its own whose manifest names those of lib/sui4j, so that nothing else there gets onto a class path.
# Without them there is none, and whatever an earlier build left is removed.
compile_sui4j() {
  local name version sum artifact file here="" missing="" stamp class_path_entries=""
  while read -r name version sum artifact; do
    file=$(sui4j_file "$name" "$version")
    if [ -z "$file" ]; then missing+=" $name-$version.jar"; continue; fi
    [ "$sum" = - ] || [ "$file" != "lib/sui4j/$name-$version.jar" ] || printf '%s  %s\n' "$sum" "$file" | sha256 -c >/dev/null 2>&1 \
      || fail "$file differs from lib/sui4j.lock. Delete it to fetch it again."
    here+="${here:+:}$file"
    class_path_entries+=" ../$file"
  done < <(sui4j_artifacts)
  if [ -n "$missing" ]; then
    [ -z "$here" ] || say "note: the sui4j client is not built, lib/sui4j lacks$missing ('make sui4j')"
    rm -rf build/sui4j build/sui4j-tests build/suiload-sui4j.jar build/sui4j.stamp
    return 0
  fi
  stamp=$(fingerprint src/sui4j $([ "$target" = test ] && printf test/sui4j) ${here//:/ })-$target-${tests:-$program}
  [ "$(cat build/sui4j.stamp 2>/dev/null)" = "$stamp" ] && return 0
  say "compiling the sui4j client"
  rm -rf build/sui4j build/sui4j-tests build/suiload-sui4j.jar build/sui4j.stamp build/*.jsa && mkdir -p build/sui4j/META-INF
  find src/sui4j -name '*.java' | sort >build/sui4j.list
  javac @conf/javac.args -d build/sui4j -cp "build/classes:$(class_path lib/runtime):$here" @build/sui4j.list
  cp -r src/sui4j/META-INF/services build/sui4j/META-INF/
  # A manifest's lines end after 72 bytes and go on after a blank.
  printf 'Class-Path:%s\n' "$class_path_entries" | fold -b -w 70 | sed '2,$s/^/ /' >build/sui4j.manifest
  "$JAVA_HOME/bin/jar" --create --file build/suiload-sui4j.jar --date=2026-01-01T00:00:00Z --manifest build/sui4j.manifest -C build/sui4j .
  if [ "$target" = test ]; then
    find test/sui4j -name '*.java' | sort >build/sui4j.list
    javac @conf/javac.args -d build/sui4j-tests -cp "build/test-classes:build/classes:build/sui4j:$(class_path lib/runtime):$(class_path lib/test):$here" @build/sui4j.list
  fi
  printf '%s' "$stamp" >build/sui4j.stamp
}

mkdir -p build
JAVA_HOME=$(find_jdk)
export JAVA_HOME
target=${1:-program}
case "$target" in
  program | sui4j) scopes="runtime tool" ;;
  test) scopes="runtime tool test" ;;
  *) fail "unknown target $target: program, test or sui4j" ;;
esac
[ "$target" != sui4j ] || fetch_sui4j
resolve "$scopes"
unpack_postgres
unsigned_copies

program=$(fingerprint src/suiload conf/proto conf/javac.args conf/version lib/deps.lock build.sh)-$JAVA_HOME
if [ "$(cat build/program.stamp 2>/dev/null)" != "$program" ] || [ ! -f build/suiload.jar ]; then
  rm -f build/program.stamp
  compile_program
  write_launcher
  printf '%s' "$program" >build/program.stamp
fi
if [ "$target" = test ]; then
  tests=$(fingerprint test)-$program
  if [ "$(cat build/tests.stamp 2>/dev/null)" != "$tests" ]; then
    rm -f build/tests.stamp
    compile_tests
    printf '%s' "$tests" >build/tests.stamp
  fi
fi
compile_sui4j
