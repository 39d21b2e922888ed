// SPDX-License-Identifier: GPL-3.0-or-later
// Links within a PDF. Qt writes every link as one to the web, "#note-3" included; here those
// become jumps, and what Qt cannot say (a list of contents) is added.
#pragma once

#include <QRectF>

#include <map>
#include <string>
#include <vector>

namespace postlude {

/// A place to jump to; in points from the upper edge of its page.
struct PaperPlace {
    int page = 0;
    double top = 0;
};

/// A rectangle to click; in points from the upper left corner of its page.
struct PaperLink {
    int page = 0;
    QRectF box;
    std::string to; ///< name of a place
};

/// A heading for the reader's list of contents.
struct PaperHeading {
    std::string text;
    PaperPlace place;
};

/// The PDF with its inner links, those in `links` and an outline. What leads nowhere is no link.
/// A PDF that qpdf cannot read comes back as it was.
std::string withLinks(const std::string& pdf, const std::map<std::string, PaperPlace>& places,
                      const std::vector<PaperLink>& links,
                      const std::vector<PaperHeading>& outline);

} // namespace postlude
