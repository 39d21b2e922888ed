// SPDX-License-Identifier: GPL-3.0-or-later
// In C++17: see core/CMakeLists.txt.
#include "core/export/detail/links.h"

#define POINTERHOLDER_TRANSITION 4 // qpdf 11: nothing of its old pointers is used here
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <exception>

namespace postlude {

namespace {

class Linker {
public:
    Linker(QPDF& pdf, const std::map<std::string, PaperPlace>& places)
        : pdf_(pdf)
        , places_(places) {
        for (const QPDFPageObjectHelper& page : QPDFPageDocumentHelper(pdf).getAllPages())
            pages_.push_back(page.getObjectHandle());
    }

    /// "#note-3" → a jump there, or no link at all.
    void turnInner() {
        for (QPDFObjectHandle& page : pages_) {
            QPDFObjectHandle annotations = page.getKey("/Annots");
            if (!annotations.isArray()) continue;
            QPDFObjectHandle kept = QPDFObjectHandle::newArray();
            for (QPDFObjectHandle annotation : annotations.aitems())
                if (turn(annotation)) kept.appendItem(annotation);
            page.replaceKey("/Annots", kept);
        }
    }

    void add(const PaperLink& link) {
        const auto to = places_.find(link.to);
        if (to == places_.end() || !isPage(link.page) || !isPage(to->second.page)) return;
        QPDFObjectHandle& page = pages_[std::size_t(link.page)];
        const double height = heightOf(page);
        QPDFObjectHandle annotation =
            QPDFObjectHandle::parse("<< /Type /Annot /Subtype /Link /Border [0 0 0] /F 4 >>");
        annotation.replaceKey("/Rect", QPDFObjectHandle::newArray(QPDFObjectHandle::Rectangle(
                                           link.box.left(), height - link.box.bottom(),
                                           link.box.right(), height - link.box.top())));
        annotation.replaceKey("/Dest", destination(to->second));
        if (!page.getKey("/Annots").isArray())
            page.replaceKey("/Annots", QPDFObjectHandle::newArray());
        page.getKey("/Annots").appendItem(pdf_.makeIndirectObject(annotation));
    }

    void outline(const std::vector<PaperHeading>& headings) {
        if (headings.empty()) return;
        QPDFObjectHandle root =
            pdf_.makeIndirectObject(QPDFObjectHandle::parse("<< /Type /Outlines >>"));
        std::vector<QPDFObjectHandle> items;
        for (const PaperHeading& heading : headings) {
            if (!isPage(heading.place.page)) continue;
            QPDFObjectHandle item = QPDFObjectHandle::newDictionary();
            item.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(heading.text));
            item.replaceKey("/Parent", root);
            item.replaceKey("/Dest", destination(heading.place));
            items.push_back(pdf_.makeIndirectObject(item));
        }
        for (std::size_t i = 0; i + 1 < items.size(); ++i) {
            items[i].replaceKey("/Next", items[i + 1]);
            items[i + 1].replaceKey("/Prev", items[i]);
        }
        if (items.empty()) return;
        root.replaceKey("/First", items.front());
        root.replaceKey("/Last", items.back());
        root.replaceKey("/Count", QPDFObjectHandle::newInteger(static_cast<int>(items.size())));
        pdf_.getRoot().replaceKey("/Outlines", root);
    }

private:
    [[nodiscard]] bool isPage(int page) const {
        return page >= 0 && static_cast<std::size_t>(page) < pages_.size();
    }
    static double heightOf(QPDFObjectHandle page) {
        const auto box = QPDFPageObjectHelper(page).getMediaBox().getArrayAsRectangle();
        return box.ury - box.lly;
    }
    QPDFObjectHandle destination(const PaperPlace& place) {
        QPDFObjectHandle page = pages_[std::size_t(place.page)];
        QPDFObjectHandle to = QPDFObjectHandle::newArray();
        to.appendItem(page);
        to.appendItem(QPDFObjectHandle::newName("/XYZ"));
        to.appendItem(QPDFObjectHandle::newNull());
        to.appendItem(QPDFObjectHandle::newReal(heightOf(page) - place.top, 2));
        to.appendItem(QPDFObjectHandle::newNull());
        return to;
    }
    /// False if it leads nowhere.
    bool turn(QPDFObjectHandle& annotation) {
        QPDFObjectHandle action = annotation.getKey("/A");
        if (!action.isDictionary() || !action.hasKey("/URI")) return true;
        const std::string address = action.getKey("/URI").getUTF8Value();
        if (address.empty() || address[0] != '#') return true;
        const auto place = places_.find(address.substr(1));
        if (place == places_.end() || !isPage(place->second.page)) return false;
        annotation.removeKey("/A");
        annotation.replaceKey("/Dest", destination(place->second));
        return true;
    }

    QPDF& pdf_;
    const std::map<std::string, PaperPlace>& places_;
    std::vector<QPDFObjectHandle> pages_;
};

} // namespace

std::string withLinks(const std::string& pdf, const std::map<std::string, PaperPlace>& places,
                      const std::vector<PaperLink>& links,
                      const std::vector<PaperHeading>& outline) {
    try {
        QPDF file;
        file.setSuppressWarnings(true);
        file.processMemoryFile("report", pdf.data(), pdf.size());
        Linker linker(file, places);
        linker.turnInner();
        for (const PaperLink& link : links)
            linker.add(link);
        linker.outline(outline);
        QPDFWriter writer(file);
        writer.setOutputMemory();
        writer.setDeterministicID(true);
        writer.write();
        const auto bytes = writer.getBufferSharedPointer();
        return {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()};
    } catch (const std::exception&) {
        return pdf;
    }
}

} // namespace postlude
