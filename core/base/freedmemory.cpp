// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/freedmemory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace postlude {

#ifdef __GLIBC__

void keepFreedMemory() {
    mallopt(M_MMAP_THRESHOLD, 32 << 20); // the largest that is taken
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
}

void giveBackFreedMemory() {
    malloc_trim(0);
}

#else

void keepFreedMemory() {}
void giveBackFreedMemory() {}

#endif

} // namespace postlude
