# engram_room(NAME [LINK lib...]): a static library of every .cpp in this folder but tests and fuzz targets, and, where
# there are *_test.cpp files, the test program NAME_test. A new file needs no edit here.
function(engram_room name)
  cmake_parse_arguments(ROOM "" "" "LINK;TEST_LINK;EXTRA;EXCLUDE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  foreach(excluded ${ROOM_EXCLUDE})
    list(REMOVE_ITEM sources ${CMAKE_CURRENT_SOURCE_DIR}/${excluded})
  endforeach()
  set(lib engram_${name})
  if(sources OR ROOM_EXTRA)
    add_library(${lib} STATIC ${sources} ${ROOM_EXTRA})
    target_link_libraries(${lib} PUBLIC engram_options ${ROOM_LINK})
  else()
    add_library(${lib} INTERFACE)
    target_link_libraries(${lib} INTERFACE engram_options ${ROOM_LINK})
  endif()
  if(tests)
    engram_test(${name}_test SOURCES ${tests} LINK ${lib} ${ROOM_TEST_LINK})
  endif()
endfunction()

# engram_test(NAME SOURCES ... LINK ...): a googletest program, one ctest entry.
function(engram_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE ${TEST_LINK} GTest::gtest GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
endfunction()

# engram_test_again_on_postgres(NAME): the same test program once more, each TestServer on a PostgreSQL.
function(engram_test_again_on_postgres name)
  string(REGEX REPLACE "_test$" "_postgres_test" again ${name})
  add_test(NAME ${again} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${again} PROPERTIES TIMEOUT 300 ENVIRONMENT "ENGRAM_TEST_DATABASE=postgres")
endfunction()

# engram_embed(VAR FILE...): a .cpp that holds the files as text, for `engram::embedded::file("name")` of this target.
function(engram_embed output namespace)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${namespace}_embedded.cpp)
  add_custom_command(
    OUTPUT ${generated}
    COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/embed_files.py ${namespace} ${generated} ${ARGN}
    DEPENDS ${CMAKE_SOURCE_DIR}/tools/embed_files.py ${ARGN}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set(${output} ${generated} PARENT_SCOPE)
endfunction()

# engram_fuzz(NAME SOURCE CORPUS LINK...): under the fuzz preset a libFuzzer program; in every other build a program
# that runs the target over its seed corpus, as a test.
function(engram_fuzz name source corpus)
  if(ENGRAM_FUZZ)
    add_executable(${name} ${source})
    target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  else()
    add_executable(${name} ${source} ${CMAKE_SOURCE_DIR}/tests/fuzz/run_corpus.cpp)
  endif()
  target_link_libraries(${name} PRIVATE ${ARGN})
  add_test(NAME ${name} COMMAND ${name} -runs=0 ${CMAKE_CURRENT_SOURCE_DIR}/${corpus})
endfunction()
