// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/postmortem/reading.h"

namespace postlude {

std::string toJson(const Reading& reading) {
    std::string json = toJson(reading.document);
    // The document's object is closed by its last line; the remarks go before it.
    json.erase(json.rfind("\n}"));
    json += ",\n  \"remarks\": [";
    for (std::size_t i = 0; i < reading.remarks.size(); ++i) {
        const ReadingRemark& remark = reading.remarks[i];
        json += i ? ",\n    {" : "\n    {";
        if (remark.line > 0) json += "\"line\": " + std::to_string(remark.line) + ", ";
        json += "\"text\": " + jsonQuoted(remark.text) + "}";
    }
    return json + (reading.remarks.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

} // namespace postlude
