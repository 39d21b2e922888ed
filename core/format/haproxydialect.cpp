// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/chars.h"
#include "core/format/detail/dialects.h"

#include <fmt/format.h>

namespace postlude {

namespace {

constexpr std::int64_t kMs = 1'000'000;

struct Preset {
    std::string_view name, format;
};
// As the manual spells them out for `option httplog` and its kin.
constexpr Preset kPresets[] = {
    {"httplog", "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc "
                "%ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r"},
    {"tcplog", "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq"},
    {"httpslog", "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc "
                 "%ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r %[fc_err]/%[ssl_fc_err,hex]/"
                 "%[ssl_c_err]/%[ssl_c_ca_err]/%[ssl_fc_is_resumed] %[ssl_fc_sni]/%sslv/%sslc"},
    {"clf", "%{+Q}o %{-Q}ci - - [%trg] %r %ST %B \"\" \"\" %cp %ms %ft %b %s %TR %Tw %Tc %Tr %Ta "
            "%tsc %ac %fc %bc %sc %rc %sq %bq %CC %CS %hrl %hsl"},
};

Target noted(Note note, std::string name) {
    Target t = actTarget(Act::Noted);
    t.note = note;
    t.unit = kMs;
    t.name = std::move(name);
    return t;
}

/// The items of the manual's table that have a column of ours, or a name worth more than their own.
std::optional<Target> known(std::string_view item) {
    struct Entry {
        std::string_view name;
        Target target;
    };
    static const Entry table[] = {
        {"ci", textTarget(TextField::ClientIp)},
        {"cp", numberTarget(NumberField::ClientPort)},
        {"t", actTarget(Act::Time)},
        {"tr", actTarget(Act::Time)},
        {"trg", actTarget(Act::Time)},
        {"trl", actTarget(Act::Time)},
        {"T", actTarget(Act::Time)},
        {"Tl", actTarget(Act::Time)},
        {"ft", actTarget(Act::Frontend)},
        {"f", textTarget(TextField::Frontend)},
        {"b", actTarget(Act::Backend)},
        {"s", actTarget(Act::Server)},
        {"TR", noted(Note::Head, "TR")},
        {"Tq", noted(Note::ToRequest, "Tq")},
        {"Th", noted(Note::Handshake, "Th")},
        {"Ti", noted(Note::Idle, "Ti")},
        {"Tw", spanTarget(NumberField::Queue, kMs)},
        {"Tc", spanTarget(NumberField::Connect, kMs)},
        {"Tr", spanTarget(NumberField::Response, kMs)},
        {"Ta", spanTarget(NumberField::Duration, kMs)},
        {"Tt", spanTarget(NumberField::Duration, kMs)},
        {"ST", numberTarget(NumberField::Status)},
        {"B", numberTarget(NumberField::BytesSent)},
        {"U", numberTarget(NumberField::BytesReceived)},
        {"tsc", textTarget(TextField::Termination)},
        {"ts", textTarget(TextField::Termination)},
        {"ac", extraTarget("actconn")},
        {"fc", extraTarget("feconn")},
        {"bc", extraTarget("beconn")},
        {"sc", extraTarget("srvconn")},
        {"rc", numberTarget(NumberField::Retries)},
        {"sq", extraTarget("srv_queue")},
        {"bq", extraTarget("backend_queue")},
        {"r", actTarget(Act::Request)},
        {"HM", textTarget(TextField::Method)},
        {"HU", textTarget(TextField::Path)},
        {"HP", textTarget(TextField::Path)},
        {"HPO", textTarget(TextField::Path)},
        {"HV", textTarget(TextField::HttpVersion)},
        {"ID", textTarget(TextField::RequestId)},
        {"H", textTarget(TextField::Host)},
        {"pid", numberTarget(NumberField::Pid)},
    };
    for (const Entry& e : table)
        if (e.name == item) return e.target;
    return {};
}

/// What the manual lists besides; kept in extra under its own name.
bool isListed(std::string_view item) {
    static constexpr std::string_view names[] = {
        "CC", "CS", "Td", "Ts",   "Tu",   "Tsc", "bi",  "bp",  "fi", "fp", "lc", "ms",
        "rt", "si", "sp", "sslc", "sslv", "sq",  "hrl", "hsl", "HQ", "Bi", "o",  "E"};
    return std::ranges::find(names, item) != std::end(names);
}

Target sampleTarget(std::string_view sample) {
    const std::string_view bare = sample.substr(0, sample.find(','));
    if (bare == "src") return textTarget(TextField::ClientIp);
    if (bare == "src_port") return numberTarget(NumberField::ClientPort);
    if (bare == "method" || bare == "capture.req.method") return textTarget(TextField::Method);
    if (bare == "pathq" || bare == "capture.req.uri") return textTarget(TextField::Path);
    if (bare == "unique-id") return textTarget(TextField::RequestId);
    if (bare == "status") return numberTarget(NumberField::Status);
    const std::size_t open = bare.find('(');
    const bool header =
        bare.starts_with("req.hdr(") || bare.starts_with("req.fhdr(") || bare.starts_with("hdr(");
    if (header && bare.ends_with(')'))
        return headerTarget(bare.substr(open + 1, bare.size() - open - 2), std::string(sample));
    return extraTarget(std::string(sample));
}

class Compiler {
public:
    Compiler(std::string_view format, const HaproxyCaptures& captures)
        : text_(format)
        , captures_(captures) {}

    Result<Program> run() {
        while (at_ < text_.size()) {
            if (text_[at_] == '%') {
                if (auto done = readItem(); !done) return std::unexpected(done.error());
            } else {
                if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
                // HAProxy never writes two separators in a row.
                const bool again =
                    text_[at_] == ' ' && !items_.empty() && items_.back().literal.ends_with(' ');
                if (!again) addLiteral(items_, text_.substr(at_, 1), at_);
                ++at_;
            }
        }
        settleTimes();
        auto program = link(std::move(items_), "HAProxy");
        if (!program) return program;
        program->mergeBlanks = true;
        program->fromAccept = fromAccept_;
        program->activeDuration = activeTime_.has_value();
        program->timeIsFromEnvelope = !hasTime_;
        return program;
    }

private:
    [[nodiscard]] std::unexpected<Error> fault(std::size_t column, std::string_view why) const {
        Error e{ErrorKind::NotUnderstood,
                fmt::format("HAProxy format string, column {}: {}", column + 1, why)};
        e.place.offset = column + 1;
        return std::unexpected(e);
    }

    /// "%%", or "%(name){flags}item", or "%(name){flags}[sample]".
    Result<void> readItem() {
        const std::size_t start = at_++;
        if (at_ < text_.size() && text_[at_] == '%') {
            addLiteral(items_, "%", start);
            ++at_;
            return {};
        }
        std::string_view given;
        if (at_ < text_.size() && text_[at_] == '(' && !enclosed('(', ')', given))
            return fault(start, "the name after “%(” is not closed");
        std::string_view flags;
        if (at_ < text_.size() && text_[at_] == '{' && !enclosed('{', '}', flags))
            return fault(start, "the flags after “%{” are not closed");
        bool quoted = applyFlags(flags);
        std::string_view sample;
        if (at_ < text_.size() && text_[at_] == '[') {
            if (!enclosed('[', ']', sample))
                return fault(start, "the sample after “%[” is not closed");
            add(given.empty() ? sampleTarget(sample) : extraTarget(std::string(given)), start,
                quoted);
            return {};
        }
        const std::size_t from = at_;
        while (at_ < text_.size() && isAlnum(text_[at_]))
            ++at_;
        return namedItem(text_.substr(from, at_ - from), start, flags, quoted);
    }

    /// The text between brackets, nested ones included.
    bool enclosed(char open, char close, std::string_view& inside) {
        int depth = 0;
        for (std::size_t i = at_; i < text_.size(); ++i) {
            if (text_[i] == open) ++depth;
            if (text_[i] != close || --depth != 0) continue;
            inside = text_.substr(at_ + 1, i - at_ - 1);
            at_ = i + 1;
            return true;
        }
        return false;
    }

    bool applyFlags(std::string_view flags) {
        bool quoted = allQuoted_;
        if (flags.find("+Q") != std::string_view::npos) quoted = true;
        if (flags.find("-Q") != std::string_view::npos) quoted = false;
        return quoted;
    }

    Result<void> namedItem(std::string_view name, std::size_t start, std::string_view flags,
                           bool quoted) {
        if (name == "o") { // flags for all that follows; the item itself writes nothing
            allQuoted_ = quoted;
            return skipBlankAfterFlags(), Result<void>{};
        }
        if (name == "hr" || name == "hs") return addCaptures(name, start), Result<void>{};
        const bool hex = flags.find("+X") != std::string_view::npos && name != "ID";
        if (const auto target = known(name); target && !hex) {
            noteTimes(name, items_.size());
            add(*target, start, quoted);
            return {};
        }
        if (name.empty() || (!known(name) && !isListed(name)))
            return fault(start, fmt::format("“%{}” is no item HAProxy knows", name));
        add(extraTarget(std::string(name)), start, quoted);
        return {};
    }

    /// "%{+Q}o %ci": the blank after a pure flag item is written at the line's start by no version.
    void skipBlankAfterFlags() {
        if (items_.empty() && at_ < text_.size() && text_[at_] == ' ') ++at_;
    }

    void add(Target target, std::size_t column, bool quoted) {
        Item item;
        item.isAddress = target.act == Act::Text && target.text == TextField::ClientIp;
        item.isAddress =
            item.isAddress || (target.act == Act::Extra &&
                               (target.name == "fi" || target.name == "bi" || target.name == "si"));
        item.target = std::move(target);
        item.column = column;
        if (quoted) item.take = Take::MaybeQuoted;
        items_.push_back(std::move(item));
    }

    void addCaptures(std::string_view name, std::size_t column) {
        Item item;
        item.target = actTarget(Act::Captures);
        item.target.name = name == "hr" ? "request_headers" : "response_headers";
        for (const std::string& header : name == "hr" ? captures_.request : captures_.response)
            item.target.parts.push_back(name == "hr" ? headerTarget(header, header)
                                                     : extraTarget(header));
        item.take = Take::Braces;
        item.column = column;
        items_.push_back(std::move(item));
    }

    void noteTimes(std::string_view name, std::size_t index) {
        if (name == "tr" || name == "trg" || name == "trl") requestTime_ = index;
        if (name == "t" || name == "T" || name == "Tl") acceptTime_ = index;
        if (name == "Ta") activeTime_ = index;
        if (name == "Tt") totalTime_ = index;
        hasTime_ = requestTime_ || acceptTime_;
    }

    /// The request's start and active time are better than the connection's, where both are logged.
    void settleTimes() {
        if (requestTime_ && acceptTime_) items_[*acceptTime_].target = extraTarget("accept_date");
        if (activeTime_ && totalTime_) items_[*totalTime_].target = extraTarget("Tt");
        fromAccept_ = acceptTime_ && !requestTime_;
    }

    std::string_view text_;
    const HaproxyCaptures& captures_;
    std::size_t at_ = 0;
    std::vector<Item> items_;
    bool allQuoted_ = false, hasTime_ = false, fromAccept_ = false;
    std::optional<std::size_t> requestTime_, acceptTime_, activeTime_, totalTime_;
};

} // namespace

void addLiteral(std::vector<Item>& items, std::string_view text, std::size_t column) {
    if (text.empty()) return;
    if (items.empty() || items.back().literal.empty()) {
        items.emplace_back();
        items.back().column = column;
    }
    items.back().literal += text;
}

Target headerTarget(std::string_view header, std::string name) {
    std::string low(header);
    std::ranges::transform(low, low.begin(), [](char c) { return c == '_' ? '-' : lower(c); });
    if (low == "user-agent") return textTarget(TextField::UserAgent);
    if (low == "referer") return textTarget(TextField::Referrer);
    if (low == "x-forwarded-for") return actTarget(Act::Forwarded);
    if (low == "x-request-id") return textTarget(TextField::RequestId);
    return extraTarget(std::move(name));
}

Result<Program> compileHaproxy(std::string_view format, const HaproxyCaptures& captures) {
    for (const Preset& preset : kPresets)
        if (format == preset.name) format = preset.format;
    return Compiler(format, captures).run();
}

} // namespace postlude
