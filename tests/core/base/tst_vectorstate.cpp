// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/vectorstate.h"

#include <QtTest>

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#endif

using namespace postlude;

namespace {

#ifdef __x86_64__
bool canTell() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __builtin_cpu_supports("avx") != 0 && __get_cpuid_count(0xD, 1, &a, &b, &c, &d) != 0 &&
           (a & 4U) != 0; // which parts of the state are in use is told by XGETBV
}

bool upperInUse() {
    unsigned low = 0, high = 0;
    asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(1));
    return (low & 4U) != 0;
}

void useUpper() {
    asm volatile("vpcmpeqd %%xmm0, %%xmm0, %%xmm0\n\tvinsertf128 $1, %%xmm0, %%ymm0, %%ymm0" ::
                     : "xmm0");
}
#endif

} // namespace

class TstVectorState : public QObject {
    Q_OBJECT
private slots:
    void upperHalvesAreForgotten() {
#ifdef __x86_64__
        if (!canTell()) QSKIP("this processor does not tell");
        asm volatile("vzeroupper");
        if (upperInUse()) QSKIP("this processor does not tell rightly");
        useUpper();
        const bool before = upperInUse();
        forgetUpperHalves();
        const bool after = upperInUse();
        QVERIFY(before);
        QVERIFY(!after);
#else
        QSKIP("there are no halves");
#endif
    }
};

QTEST_GUILESS_MAIN(TstVectorState)
#include "tst_vectorstate.moc"
