# SPDX-License-Identifier: GPL-3.0-or-later
# Packs manual pages and the changelog the same way each time: gzip without name and date.
#     cmake -DVERSION=1.2.3 -DFROM=FOLDER -DTO=FOLDER -P pages.cmake
configure_file(${FROM}/postlude.1 ${TO}/postlude.1 @ONLY)
configure_file(${FROM}/changelog ${TO}/changelog COPYONLY)
foreach(page postlude.1 postlude-cli.1 changelog)
    execute_process(COMMAND gzip -9nkf ${TO}/${page} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
