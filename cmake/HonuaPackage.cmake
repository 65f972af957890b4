# What an installation has beside the program, and packages of it: `cmake --install`, `cpack`.
include(GNUInstallDirs)

set(HONUA_ZSH_DIR ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions CACHE STRING "Where zsh looks for completions")

# Manuals, and the list of changes that Debian wants, compressed without a time.
function(honua_install_compressed file name destination)
  set(made ${CMAKE_BINARY_DIR}/compressed/${name}.gz)
  add_custom_command(OUTPUT ${made} DEPENDS ${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/compressed
    COMMAND gzip -9nc ${file} > ${made} VERBATIM)
  set_property(GLOBAL APPEND PROPERTY HONUA_COMPRESSED ${made})
  install(FILES ${made} DESTINATION ${destination})
endfunction()

set(CPACK_PACKAGE_CONTACT "honua <honua@example.org>")
file(GLOB manual_pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*)
foreach(page ${manual_pages})
  get_filename_component(name ${page} NAME)
  string(REGEX REPLACE ".*\\." "" section ${name})
  honua_install_compressed(${page} ${name} ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
configure_file(packaging/changelog ${CMAKE_BINARY_DIR}/changelog @ONLY)
honua_install_compressed(${CMAKE_BINARY_DIR}/changelog changelog ${CMAKE_INSTALL_DOCDIR})
get_property(compressed GLOBAL PROPERTY HONUA_COMPRESSED)
add_custom_target(honua_compressed ALL DEPENDS ${compressed})

install(FILES completions/honua.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME honua)
install(FILES completions/_honua DESTINATION ${HONUA_ZSH_DIR})
install(FILES completions/honua.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(DIRECTORY examples/fleet DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
configure_file(packaging/honua-watch.service.in ${CMAKE_BINARY_DIR}/honua-watch.service @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/honua-watch.service DESTINATION lib/systemd/system)

set(CPACK_PACKAGE_VENDOR honua)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "configuration toolchain for Honua Server")
set(CPACK_PACKAGE_DESCRIPTION
  "Checks the HCL configuration of a geospatial server before the server reads\nit, tells what a change means to clients, writes configurations for databases\nand from older metadata, and keeps many instances on one version.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded when they are needed: by databases, `--post` and TLS.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libpq5, libmariadb3, libcurl4, libssl3")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "bash-completion, git")
include(CPack)
