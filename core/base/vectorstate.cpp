// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/vectorstate.h"

namespace postlude {

#ifdef __x86_64__

namespace {

// Intel's Optimization Reference Manual, "Mixing AVX code with SSE code".
__attribute__((target("avx"), noinline)) void zeroUpper() {
    __builtin_ia32_vzeroupper();
}

} // namespace

void forgetUpperHalves() {
    static const bool has = __builtin_cpu_supports("avx") != 0;
    if (has) zeroUpper();
}

#else

void forgetUpperHalves() {}

#endif

} // namespace postlude
