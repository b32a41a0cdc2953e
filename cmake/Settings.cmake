# Flags of every target, on one interface target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

set(ENGRAM_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")
# With sanitizers -Og compiles in half the time of -O1 and the tests run as fast, but for those of threads.
if(ENGRAM_SANITIZE STREQUAL "thread")
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
else()
  set(CMAKE_CXX_FLAGS_DEBUG "-Og -g1")
endif()
option(ENGRAM_FUZZ "Build the fuzz targets with libFuzzer" OFF)

find_program(CCACHE ccache)
if(CCACHE)
  # What one clone has compiled serves the others: paths count from the project, also in what the compiler writes.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
endif()

add_library(engram_options INTERFACE)
target_include_directories(engram_options INTERFACE ${CMAKE_SOURCE_DIR}/server)
target_compile_options(engram_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  -Wno-missing-field-initializers
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)  # in libstdc++'s own stable_partition
# Not for -O2: gcc leaves empty unwind records there, before which mold (1.10 to 2.42.0) hides the real ones: a thrown
# error then ends the program instead of being caught (github.com/rui314/mold/issues/1648). import_fuzz showed it.
find_program(MOLD mold)
if(MOLD AND CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_link_options(engram_options INTERFACE -fuse-ld=mold)
endif()
find_package(Threads REQUIRED)
target_link_libraries(engram_options INTERFACE Threads::Threads)

if(ENGRAM_SANITIZE)
  target_compile_options(engram_options INTERFACE
    -fsanitize=${ENGRAM_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)  # wrong of std::stop_source at -Og; -O2 looks deeper
  target_link_options(engram_options INTERFACE -fsanitize=${ENGRAM_SANITIZE})
endif()
if(ENGRAM_FUZZ)
  # Every room tells the fuzzer which way it took; without this it sees the target's own file only.
  target_compile_options(engram_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
