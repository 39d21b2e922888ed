// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace postlude {

void keepFreedMemory() {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20); // the largest that is taken
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

} // namespace postlude
