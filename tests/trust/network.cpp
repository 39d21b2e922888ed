// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program, ends it with status 99 when it reaches for the network. Sockets of this
// machine (X11, D-Bus) are none.
#include <cstdio>
#include <dlfcn.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

[[noreturn]] void caught(const char* what) {
    std::fprintf(stderr, "reached for the network: %s\n", what);
    _exit(99);
}

} // namespace

extern "C" {

int socket(int domain, int type, int protocol) noexcept {
    if (domain == AF_INET || domain == AF_INET6 || domain == AF_PACKET) caught("socket");
    using Socket = int(int, int, int);
    return reinterpret_cast<Socket*>(dlsym(RTLD_NEXT, "socket"))(domain, type, protocol);
}

int getaddrinfo(const char* /*node*/, const char* /*service*/, const addrinfo* /*hints*/,
                addrinfo** /*found*/) {
    caught("getaddrinfo");
}

hostent* gethostbyname(const char* /*name*/) {
    caught("gethostbyname");
}

} // extern "C"
