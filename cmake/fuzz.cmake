# One libFuzzer binary per fuzz/fuzz_*.c (clang, -DCULM_FUZZ=ON).
if(CULM_FUZZ)
  file(GLOB FUZZ_SOURCES CONFIGURE_DEPENDS fuzz/fuzz_*.c)
  target_compile_options(culmjs PRIVATE -fsanitize=fuzzer-no-link)
  # the runtime's readers that need the engine only, no Env
  file(GLOB ENGINE_READERS CONFIGURE_DEPENDS src/runtime/serial_*.c)
  foreach(source ${FUZZ_SOURCES})
    get_filename_component(name ${source} NAME_WE)
    add_executable(${name} ${source} ${PURE_PARSERS} ${ENGINE_READERS})
    target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(${name} culmjs)
  endforeach()
endif()
