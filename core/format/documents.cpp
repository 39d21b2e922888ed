// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/documents.h"

namespace postlude {

std::shared_ptr<const KnownFormat> makeDocumentFormat(std::string_view reader, About about) {
    if (reader == "alertmanager") return makeAlertmanagerFormat(std::move(about));
    if (reader == "slack") return makeSlackFormat(std::move(about));
    if (reader == "git-log") return makeGitLogFormat(std::move(about));
    if (reader == "prometheus") return makePrometheusFormat(std::move(about));
    return nullptr;
}

} // namespace postlude
