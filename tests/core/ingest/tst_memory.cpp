// SPDX-License-Identifier: GPL-3.0-or-later
// An import that runs out of memory in any of its threads ends with an error, never waits for what
// will not come, and goes on where it was when it is called again.
#include "tests/core/bundle/makearchive.h"
#include "tests/core/ingest/imported.h"

#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<long> allocations;
std::atomic<long> wanted = 0; ///< which of them fails; 0: none
long counted = 0;             ///< before failAt() was called last

void* allocate(std::size_t size) {
    if (++allocations == wanted.load()) return nullptr;
    return std::malloc(size == 0 ? 1 : size);
}

/// Counts from now on, and lets that allocation fail.
void failAt(long which) {
    counted = allocations.exchange(0);
    wanted = which;
}

} // namespace

void* operator new(std::size_t size) {
    if (void* const made = allocate(size)) return made;
    throw std::bad_alloc();
}
void* operator new[](std::size_t size) {
    return operator new(size);
}
void operator delete(void* made) noexcept {
    std::free(made);
}
void operator delete[](void* made) noexcept {
    std::free(made);
}
void operator delete(void* made, std::size_t) noexcept {
    std::free(made);
}
void operator delete[](void* made, std::size_t) noexcept {
    std::free(made);
}

using namespace postlude;
using namespace postlude::test;

class TstMemory : public QObject {
    Q_OBJECT
    static constexpr long kTried = 80;

    QTemporaryDir dir_;
    std::vector<fs::path> files_;
    fs::path at(const std::string& name) { return fs::path(dir_.path().toStdString()) / name; }

    /// `failing`: which allocation of the import; 0: none.
    Result<ImportSummary> import(Case& target, long failing) {
        ImportOptions options;
        options.threads = 3;
        options.pieceLines = 40;
        failAt(failing);
        auto done = importBundle(files_, target, options, {}, {});
        failAt(0);
        return done;
    }

private slots:
    void initTestCase() { // no folder: libstdc++ ends the program where it cannot list one
        for (int i = 0; i < 4; ++i)
            writeFile(at(fmt::format("access{}.log", i)), accessLog(100 + 60 * i));
        writeFile(at("app.log"), appLog(90));
        makeArchive(at("packed.log.gz"), {{"packed.log", accessLog(200)}});
        for (const auto& entry : fs::directory_iterator(dir_.path().toStdString()))
            files_.push_back(entry.path());
        std::ranges::sort(files_);
    }

    void anyThreadMayFail() {
        auto undisturbed = Case::create(at("whole.postlude"));
        QVERIFY(undisturbed && import(**undisturbed, 0)); // some things are made but once
        auto another = Case::create(at("another.postlude"));
        QVERIFY(another && import(**another, 0));
        const long all = counted;
        const auto whole = recordsOf(**undisturbed);
        int told = 0;
        for (long tried = 0; tried < kTried; ++tried) {
            const std::string name = fmt::format("{}.postlude", tried);
            auto target = Case::create(at(name));
            QVERIFY(target);
            const auto failed = import(**target, 1 + all * tried / kTried);
            if (!failed) ++told;
            QVERIFY2(failed || !failed.error().what.empty(), name.c_str());
            const auto again = import(**target, 0);
            QVERIFY2(again, again ? "" : describe(again.error()).c_str());
            QVERIFY2(recordsOf(**target) == whole, name.c_str());
        }
        QVERIFY2(told > kTried / 2, std::to_string(told).c_str());
    }
};

QTEST_GUILESS_MAIN(TstMemory)
#include "tst_memory.moc"
