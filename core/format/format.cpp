// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/format.h"

namespace postlude {

Result<void> Format::readDocument(std::string_view /*text*/, const RecordSink& /*sink*/,
                                  const std::function<void(const Error&)>& /*unread*/) const {
    return std::unexpected(
        Error{ErrorKind::Internal, name() + " is read line by line, not as a whole"});
}

} // namespace postlude
