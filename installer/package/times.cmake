# SPDX-License-Identifier: GPL-3.0-or-later
# Run by cpack on what is about to be packed: rpmbuild keeps the times of files that are older than the last commit, which are
# those of whoever built.
if(DEFINED ENV{SOURCE_DATE_EPOCH})
    execute_process(COMMAND find ${CPACK_TEMPORARY_INSTALL_DIRECTORY} -exec touch -h -d @$ENV{SOURCE_DATE_EPOCH} {} +
                    COMMAND_ERROR_IS_FATAL ANY)
endif()
