# SPDX-License-Identifier: GPL-3.0-or-later
# Read by cpack once for each kind of package.
if(CPACK_GENERATOR STREQUAL "TGZ")
    set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
    set(CPACK_ARCHIVE_COMPONENT_INSTALL OFF)
endif()
if(CPACK_GENERATOR MATCHES "DEB|RPM")
    set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
endif()
