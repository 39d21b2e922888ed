// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/detail/odt.h"

#include "core/base/text.h"
#include "core/export/detail/zip.h"

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QXmlStreamWriter>
#include <array>
#include <functional>
#include <set>

namespace postlude {

namespace {

constexpr double kChartCm = 17;      ///< wide, all that the margins leave
constexpr double kChartHighCm = 5.3; ///< 960 × 300
constexpr double kDots = 2.5;

QString shownText(std::string_view text) {
    return QString::fromStdString(visible(text));
}

/// In hundredths of the table's width; the columns of tasks.
constexpr std::array<int, 8> kWidths{24, 10, 10, 9, 10, 9, 8, 20};

using Attributes = std::initializer_list<std::pair<const char*, const char*>>;

/// One of the archive's documents: its outermost element, and what `body` writes into that.
QByteArray documentOf(const char* root, Attributes attributes,
                      const std::function<void(QXmlStreamWriter&)>& body) {
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.writeStartDocument();
    xml.writeStartElement(QLatin1String(root));
    for (const auto& [name, value] : attributes)
        xml.writeAttribute(QLatin1String(name), QLatin1String(value));
    body(xml);
    xml.writeEndDocument();
    return bytes;
}

class Writer {
public:
    Writer(const Report& report, const std::string& title)
        : report_(report)
        , title_(shownText(trimmed(title))) {}

    QByteArray content() {
        return documentOf("office:document-content", {}, [this](QXmlStreamWriter& xml) {
            xml_ = &xml;
            names();
            automatic();
            begin("office:body");
            begin("office:text");
            bool first = true;
            for (const Block& block : report_) {
                put(block);
                if (std::exchange(first, false)) contents();
            }
        });
    }

private:
    void begin(const char* tag) { xml_->writeStartElement(QLatin1String(tag)); }
    void end() { xml_->writeEndElement(); }
    void set(const char* name, const QString& value) {
        xml_->writeAttribute(QLatin1String(name), value);
    }

    void names() {
        using Name = std::pair<const char*, const char*>;
        for (const auto& [prefix, of] :
             {Name{"office", "office"}, Name{"text", "text"}, Name{"style", "style"},
              Name{"table", "table"}, Name{"draw", "drawing"}})
            set((std::string("xmlns:") + prefix).c_str(),
                QStringLiteral("urn:oasis:names:tc:opendocument:xmlns:%1:1.0")
                    .arg(QLatin1String(of)));
        set("xmlns:fo", QStringLiteral("urn:oasis:names:tc:opendocument:xmlns:"
                                       "xsl-fo-compatible:1.0"));
        set("xmlns:svg",
            QStringLiteral("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"));
        set("xmlns:xlink", QStringLiteral("http://www.w3.org/1999/xlink"));
        set("office:version", QStringLiteral("1.2"));
    }

    void style(const char* name, const char* family, const char* of, Attributes properties) {
        begin("style:style");
        set("style:name", QLatin1String(name));
        set("style:family", QLatin1String(family));
        begin(of);
        for (const auto& [property, value] : properties)
            set(property, QLatin1String(value));
        end();
        end();
    }

    /// Those of tables, which word processors take from here alone.
    void automatic() {
        constexpr std::pair<const char*, const char*> line{"fo:border", "0.5pt solid #d0d7de"};
        constexpr std::pair<const char*, const char*> room{"fo:padding", "0.12cm"};
        begin("office:automatic-styles");
        style("Tasks", "table", "style:table-properties",
              {{"style:width", "17cm"},
               {"table:align", "left"},
               {"fo:margin-bottom", "0.3cm"},
               {"table:border-model", "collapsing"}});
        style("Row", "table-row", "style:table-row-properties", {{"fo:keep-together", "always"}});
        style("Cell", "table-cell", "style:table-cell-properties", {line, room});
        style("HeadCell", "table-cell", "style:table-cell-properties",
              {line, room, {"fo:background-color", "#f3f5f7"}});
        for (std::size_t i = 0; i < kWidths.size(); ++i) {
            begin("style:style");
            set("style:name", QStringLiteral("Column%1").arg(i));
            set("style:family", QStringLiteral("table-column"));
            begin("style:table-column-properties");
            set("style:column-width", QStringLiteral("%1cm").arg(kChartCm * kWidths[i] / 100));
            end();
            end();
        }
        end();
    }

    void mark(const QString& name) {
        begin("text:bookmark");
        set("text:name", name);
        end();
    }

    /// Lines of a text stay lines; further blanks stay blanks.
    void text(const QString& of) {
        bool first = true;
        for (const QString& line : of.split(QLatin1Char('\n'))) {
            if (!std::exchange(first, false)) xml_->writeEmptyElement("text:line-break");
            for (qsizetype at = 0; at < line.size();) {
                const qsizetype blank = line.indexOf(QLatin1String("  "), at);
                if (blank < 0) {
                    xml_->writeCharacters(line.mid(at));
                    break;
                }
                xml_->writeCharacters(line.mid(at, blank + 1 - at));
                at = blank + 1;
                while (at < line.size() && line[at] == QLatin1Char(' ')) {
                    xml_->writeEmptyElement("text:s");
                    ++at;
                }
            }
        }
    }

    void styled(const char* style, const QString& of) {
        begin("text:span");
        set("text:style-name", QLatin1String(style));
        text(of);
        end();
    }

    void beginLink(const QString& to, const char* style) {
        begin("text:a");
        set("xlink:type", QStringLiteral("simple"));
        set("xlink:href", QLatin1Char('#') + to);
        set("text:style-name", QLatin1String(style));
        set("text:visited-style-name", QLatin1String(style));
    }

    void link(const QString& to, const QString& of) {
        beginLink(to, "Link");
        text(of);
        end();
    }

    void put(const Span& span) {
        // As in the other forms: lines stay lines, without blanks at their ends.
        const QString shown = linesOf(span.text);
        switch (span.kind) {
        case Span::Kind::Text:
            return text(shown);
        case Span::Kind::Between:
            return text(shownText(span.text));
        case Span::Kind::Strong:
            return styled("Strong", shown);
        case Span::Kind::Code:
            return styled("Code", shown);
        case Span::Kind::Entry:
            return link(QStringLiteral("entry-%1").arg(span.note),
                        shownText(unbracketed(span.text)));
        case Span::Kind::Anchor:
            return mark(QStringLiteral("entry-%1").arg(span.note));
        case Span::Kind::Blank:
            return text(QLatin1String(span.text.find('\n') == std::string::npos ? " " : "\n"));
        case Span::Kind::Note:
            const QString number = QString::number(span.note);
            begin("text:span");
            set("text:style-name", QStringLiteral("Reference"));
            if (called_.insert(span.note).second) mark(QStringLiteral("ref-") + number);
            link(QStringLiteral("note-") + number, QStringLiteral("[%1]").arg(number));
            end();
            return;
        }
    }

    static QString linesOf(const std::string& of, bool trim = true) {
        QStringList lines;
        for (const QString& line : QString::fromStdString(of)
                                       .replace(QLatin1String("\r\n"), QLatin1String("\n"))
                                       .replace(QLatin1Char('\r'), QLatin1Char('\n'))
                                       .split(QLatin1Char('\n')))
            if (const QString kept = shownText((trim ? line.trimmed() : line).toStdString());
                !kept.isEmpty() || !trim)
                lines << kept;
        return lines.join(QLatin1Char('\n'));
    }

    void line(const Line& of) {
        for (const Span& span : of)
            put(span);
    }

    void paragraph(const char* style, const Line& of) {
        begin("text:p");
        set("text:style-name", QLatin1String(style));
        line(of);
        end();
    }

    void heading(const Block& block) {
        const bool title = block.level == 1;
        begin("text:h");
        set("text:style-name",
            title ? QStringLiteral("Title") : QStringLiteral("Heading%1").arg(block.level));
        set("text:outline-level", QString::number(block.level));
        if (!title) mark(QStringLiteral("section-%1").arg(++sections_));
        line(block.lines.front());
        end();
    }

    /// Behind the title; which page a section is on, the word processor counts.
    void contents() {
        std::size_t section = 0;
        for (const Block& block : report_) {
            if (block.kind != Block::Kind::Heading || block.level == 1) continue;
            const QString name = QStringLiteral("section-%1").arg(++section);
            begin("text:p");
            set("text:style-name", QStringLiteral("Contents%1").arg(std::min(block.level, 3)));
            beginLink(name, "Entry");
            for (const Span& span : block.lines.front())
                text(linesOf(span.text));
            xml_->writeEmptyElement("text:tab");
            begin("text:bookmark-ref");
            set("text:reference-format", QStringLiteral("page"));
            set("text:ref-name", name);
            xml_->writeCharacters(QStringLiteral("–"));
            end();
            end();
            end();
        }
        paragraph("Text", {});
    }

    void list(const Block& block) {
        begin("text:list");
        set("text:style-name", QStringLiteral("Bullets"));
        for (const Line& item : block.lines) {
            begin("text:list-item");
            paragraph("Item", item);
            end();
        }
        end();
    }

    void notes(const Block& block) {
        for (std::size_t i = 0; i < block.lines.size(); ++i) {
            const QString number = QString::number(i + 1);
            begin("text:p");
            set("text:style-name", QStringLiteral("Note"));
            mark(QStringLiteral("note-") + number);
            text(number + QStringLiteral(". "));
            line(block.lines[i]);
            text(QStringLiteral(" "));
            if (called_.contains(i + 1)) link(QStringLiteral("ref-") + number, QStringLiteral("↑"));
            end();
        }
    }

    void table(const Block& block) {
        begin("table:table");
        set("table:name", QStringLiteral("Table%1").arg(++tables_));
        set("table:style-name", QStringLiteral("Tasks"));
        const std::size_t columns = block.rows.empty() ? 0 : block.rows.front().size();
        for (std::size_t i = 0; i < columns; ++i) {
            begin("table:table-column");
            set("table:style-name",
                QStringLiteral("Column%1").arg(std::min(i, kWidths.size() - 1)));
            end();
        }
        for (std::size_t r = 0; r < block.rows.size(); ++r) {
            if (r == 0) begin("table:table-header-rows");
            row(block.rows[r], r == 0);
            if (r == 0) end();
        }
        end();
    }

    void row(const std::vector<std::string>& cells, bool head) {
        begin("table:table-row");
        set("table:style-name", QStringLiteral("Row"));
        for (const std::string& cell : cells) {
            begin("table:table-cell");
            set("table:style-name", head ? QStringLiteral("HeadCell") : QStringLiteral("Cell"));
            set("office:value-type", QStringLiteral("string"));
            begin("text:p");
            set("text:style-name", head ? QStringLiteral("CellHead") : QStringLiteral("CellText"));
            text(linesOf(cell));
            end();
            end();
        }
        end();
    }

    void picture(const ChartPicture& chart) {
        begin("text:p");
        set("text:style-name", QStringLiteral("Chart"));
        begin("draw:frame");
        set("draw:name", shownText(chart.stem));
        set("text:anchor-type", QStringLiteral("as-char"));
        set("svg:width", QStringLiteral("%1cm").arg(kChartCm));
        set("svg:height", QStringLiteral("%1cm").arg(kChartHighCm));
        for (const char* ending : {".svg", ".png"}) {
            begin("draw:image");
            set("xlink:href", QStringLiteral("Pictures/") + QString::fromStdString(chart.stem) +
                                  QLatin1String(ending));
            set("xlink:type", QStringLiteral("simple"));
            set("xlink:show", QStringLiteral("embed"));
            set("xlink:actuate", QStringLiteral("onLoad"));
            end();
        }
        begin("svg:title");
        xml_->writeCharacters(shownText(chart.caption));
        end();
        end();
        end();
        begin("text:p");
        set("text:style-name", QStringLiteral("Caption"));
        text(linesOf(chart.caption));
        end();
    }

    void put(const Block& block) {
        switch (block.kind) {
        case Block::Kind::Heading:
            return heading(block);
        case Block::Kind::Paragraph:
            return paragraph("Text", block.lines.front());
        case Block::Kind::List:
            return list(block);
        case Block::Kind::Table:
            return table(block);
        case Block::Kind::Picture:
            return picture(block.picture);
        case Block::Kind::Notes:
            return notes(block);
        case Block::Kind::Kept:
            begin("text:p");
            set("text:style-name", QStringLiteral("Kept"));
            text(linesOf(block.kept.markdown, false));
            end();
            return;
        }
    }

    const Report& report_;
    QString title_;
    QXmlStreamWriter* xml_ = nullptr;
    std::set<std::size_t> called_; ///< footnotes that were referred to
    std::size_t sections_ = 0;
    std::size_t tables_ = 0;
};

/// The styles, with the title in the foot of every page.
QByteArray stylesWith(const std::string& title) {
    QFile file(QStringLiteral(":/postlude/templates/report-styles.xml"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll().replace("@title@", shownText(trimmed(title)).toHtmlEscaped().toUtf8());
}

QByteArray manifestOf(const QStringList& files) {
    return documentOf("manifest:manifest",
                      {{"xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"},
                       {"manifest:version", "1.2"}},
                      [&](QXmlStreamWriter& xml) {
                          const auto entry = [&xml](const QString& path, const char* type) {
                              xml.writeStartElement("manifest:file-entry");
                              xml.writeAttribute("manifest:full-path", path);
                              xml.writeAttribute("manifest:media-type", QLatin1String(type));
                              xml.writeEndElement();
                          };
                          entry(QStringLiteral("/"), "application/vnd.oasis.opendocument.text");
                          for (const QString& file : files)
                              entry(file, file.endsWith(QLatin1String(".xml"))   ? "text/xml"
                                          : file.endsWith(QLatin1String(".svg")) ? "image/svg+xml"
                                                                                 : "image/png");
                      });
}

QByteArray metaOf(const std::string& title) {
    return documentOf("office:document-meta",
                      {{"xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"},
                       {"xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"},
                       {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
                       {"office:version", "1.2"}},
                      [&](QXmlStreamWriter& xml) {
                          xml.writeStartElement("office:meta");
                          xml.writeTextElement("meta:generator", "Postlude");
                          xml.writeTextElement("dc:title", shownText(trimmed(title)));
                          xml.writeTextElement("dc:language", "en");
                      });
}

QByteArray pngOf(const Chart& chart) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return chartImage(chart, kDots).save(&buffer, "PNG") ? bytes : QByteArray();
}

} // namespace

std::string odtOf(const Report& report, const std::string& title,
                  const std::vector<Chart>& charts) {
    std::vector<std::pair<QString, QByteArray>> files{
        {QStringLiteral("content.xml"), Writer(report, title).content()},
        {QStringLiteral("styles.xml"), stylesWith(title)},
        {QStringLiteral("meta.xml"), metaOf(title)}};
    for (const Chart& chart : charts) {
        const QString stem =
            QStringLiteral("Pictures/") + QString::fromStdString(pictureOf(chart).stem);
        files.emplace_back(stem + QStringLiteral(".svg"),
                           QByteArray::fromStdString(chartSvg(chart)));
        files.emplace_back(stem + QStringLiteral(".png"), pngOf(chart));
    }
    QStringList names;
    Zip zip;
    zip.add(QStringLiteral("mimetype"), "application/vnd.oasis.opendocument.text");
    for (const auto& [name, bytes] : files) {
        if (bytes.isEmpty()) return {};
        zip.add(name, bytes);
        names << name;
    }
    zip.add(QStringLiteral("META-INF/manifest.xml"), manifestOf(names));
    return zip.finished();
}

} // namespace postlude
