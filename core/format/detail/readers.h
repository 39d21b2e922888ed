// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of formats there are. Each is immutable; a format that is found unusable says so.
#pragma once

#include "core/format/detail/dialects.h"
#include "core/format/format.h"

#include <QJsonObject>

namespace postlude {

constexpr int kGivenByUser = 90; ///< rank of a format string that the user has given

/// What every format states about itself.
struct About {
    std::string name, title;
    std::vector<std::string> samples;
    bool timeIsEnd = false; ///< of a dialect format: its times are when requests ended, whatever
                            ///< the dialect says
    int rank = 50;          ///< of two formats that read a source equally well the higher is taken
    bool wraps = false;     ///< its messages may be lines of other programs' formats
    std::string reader = {}, origin = {}; ///< see Format
};

/// All formats of this room: tells detection what the public interface need not.
class KnownFormat : public Format {
public:
    explicit KnownFormat(About about)
        : about_(std::move(about)) {}
    [[nodiscard]] std::string name() const override { return about_.name; }
    [[nodiscard]] std::string title() const override { return about_.title; }
    [[nodiscard]] std::vector<std::string> samples() const override { return about_.samples; }
    [[nodiscard]] std::string reader() const override { return about_.reader; }
    [[nodiscard]] std::string origin() const override { return about_.origin; }
    [[nodiscard]] int rank() const { return about_.rank; }
    [[nodiscard]] bool wraps() const { return about_.wraps; }
    /// Of a document: is this text (perhaps only its beginning) one? 0…1.
    [[nodiscard]] virtual double looksLike(std::string_view /*sample*/, bool /*whole*/) const {
        return 0;
    }
    /// True if a line is one JSON object.
    [[nodiscard]] virtual bool readsJson() const { return false; }
    /// Regular expressions (Perl's): each line that its parser ever takes for a record fits one of
    /// them as a whole. None: that cannot be told.
    [[nodiscard]] virtual std::vector<std::string> recordPatterns() const { return {}; }
    /// Reads as its name says, without what it knows of programs that a sample need not hold.
    [[nodiscard]] virtual std::unique_ptr<LineParser> plainParser() const { return parser(); }
    /// What it was made from, so that the same format in two files is one.
    [[nodiscard]] virtual std::string source() const { return {}; }

private:
    About about_;
};

/// A parser that says whether the last record was read by a pattern that is not the format's own.
class RankedParser : public LineParser {
public:
    bool viaFallback = false;
};

enum class Dialect : std::uint8_t {
    Haproxy,
    Nginx,
    Apache,
    ApacheError,
    Envoy,
    Template,
    Postgresql,
    Squid
};
std::optional<Dialect> dialectNamed(std::string_view name);

/// From a server's format string. NotUnderstood with `place.offset` = column.
Result<std::shared_ptr<const KnownFormat>> makeDialectFormat(Dialect dialect, About about,
                                                             std::string_view formatString,
                                                             const HaproxyCaptures& captures = {});
/// Of one log whose writers have had several; a line may be in any of them.
Result<std::shared_ptr<const KnownFormat>>
makeDialectVariants(Dialect dialect, About about, const std::vector<std::string>& formatStrings);
/// From Envoy's json_format, as JSON text. NotUnderstood with `place.offset` = column.
Result<std::shared_ptr<const KnownFormat>> makeEnvoyJsonFormat(About about,
                                                               std::string_view format);
/// From Apache's ErrorLogFormat, one or several. NotUnderstood with `place.offset` = column.
Result<std::shared_ptr<const KnownFormat>>
makeApacheErrorFormat(About about, const std::vector<std::string>& formatStrings);
/// From strings of one dialect; the first that fits a line reads it.
Result<std::shared_ptr<const KnownFormat>> makeTemplateFormat(About about, const QJsonObject& file);
/// From a data file with "reader": "regex", "json". NotUnderstood says what is wrong in it.
Result<std::shared_ptr<const KnownFormat>> makeRegexFormat(About about, const QJsonObject& file);
Result<std::shared_ptr<const KnownFormat>> makeJsonFormat(About about, const QJsonObject& file);
Result<std::shared_ptr<const KnownFormat>> makeW3cFormat(About about, const QJsonObject& file);
/// "otlp": the file's shapes are those of one logRecord. "journal-export": of an entry as JSON.
Result<std::shared_ptr<const KnownFormat>> makeOtlpFormat(About about, const QJsonObject& file);
Result<std::shared_ptr<const KnownFormat>> makeJournalExportFormat(About about,
                                                                   const QJsonObject& file);
/// Labelled tab-separated values.
Result<std::shared_ptr<const KnownFormat>> makeLtsvFormat(About about, const QJsonObject& file);
/// Access logs of any order. See looseaccess.cpp.
std::shared_ptr<const KnownFormat> makeLooseAccessFormat(About about);
/// "alertmanager", "slack", "git-log", "prometheus"; null if there is no such reader.
std::shared_ptr<const KnownFormat> makeDocumentFormat(std::string_view reader, About about);

/// The same records in an array, in {"records": […]} and the like, or over several lines each.
std::shared_ptr<const KnownFormat> makeJsonDocumentFormat(std::shared_ptr<const KnownFormat> lines);

/// One of resources/formats. See any of those files for the keys.
Result<std::shared_ptr<const KnownFormat>> readFormatFile(const std::string& path,
                                                          const QByteArray& json);

} // namespace postlude
