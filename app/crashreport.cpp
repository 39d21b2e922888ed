// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crashreport.h"

#include <array>
#include <csignal>
#include <cstring>
#include <execinfo.h>
#include <fcntl.h>
#include <unistd.h>

namespace postlude {

namespace {

constexpr std::array kSignals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr int kFrames = 64;
std::array<char, 4096> fileName;
std::array<char, 64 * 1024> ownStack; // that of the thread may be used up

void say(int file, const char* text) {
    if (::write(file, text, std::strlen(text)) < 0) return;
}

/// Only what may be called in a signal handler.
void writeReport(int signal) {
    const int file = ::open(fileName.data(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) {
        const char* const name = ::sigabbrev_np(signal);
        say(file, "ended by SIG");
        say(file, name == nullptr ? "?" : name);
        say(file, "\n");
        std::array<void*, kFrames> frames{};
        ::backtrace_symbols_fd(frames.data(), ::backtrace(frames.data(), kFrames), file);
        ::close(file);
    }
    ::raise(signal); // the handler is gone by now
}

} // namespace

void reportCrashes(const std::string& file) {
    if (file.size() >= fileName.size()) return;
    std::memcpy(fileName.data(), file.c_str(), file.size() + 1);
    std::array<void*, 1> first{};
    ::backtrace(first.data(), 1); // loads what it needs, which a handler may not
    stack_t stack{};
    stack.ss_sp = ownStack.data();
    stack.ss_size = ownStack.size();
    ::sigaltstack(&stack, nullptr);
    struct sigaction action{};
    action.sa_handler = writeReport;
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_ONSTACK | SA_NODEFER;
    for (const int signal : kSignals)
        ::sigaction(signal, &action, nullptr);
}

} // namespace postlude
