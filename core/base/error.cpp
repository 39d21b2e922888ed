// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace postlude {

std::string describe(const Error& error) {
    std::string text = error.place.source;
    if (error.place.line != 0) text += ", line " + std::to_string(error.place.line);
    if (!text.empty()) text += ": ";
    text += error.what;
    if (!error.remedy.empty()) text += " (" + error.remedy + ")";
    return text;
}

int exitStatus(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::Usage: return 2;
    case ErrorKind::Write:
    case ErrorKind::DiskFull:
    case ErrorKind::Busy: return 4;
    case ErrorKind::Cancelled: return 130;
    default: return 3;
    }
}

} // namespace postlude
