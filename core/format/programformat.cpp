// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/chars.h"
#include "core/format/detail/columns.h"
#include "core/format/detail/envelope.h"
#include "core/format/detail/haproxyevents.h"
#include "core/format/detail/labels.h"
#include "core/format/detail/plan.h"
#include "core/format/detail/postgres.h"
#include "core/format/detail/readers.h"
#include "core/format/detail/structured.h"
#include "core/format/detail/timeparts.h"

#include "core/base/text.h"

#include <QJsonArray>

namespace postlude {

namespace {

constexpr std::string_view kMore = "more"; ///< whatever stands behind the fields

struct Programs {
    explicit Programs(std::vector<Program> programs, StructuredTargets parameters = {})
        : list(std::move(programs))
        , first(list.front())
        , columns(first)
        , structured(std::move(parameters))
        , hasTail(std::ranges::any_of(
              list, [](const Program& p) { return p.steps.back().target.name == kMore; })) {}
    Programs(const Programs&) = delete; // the plan points into the list
    Programs& operator=(const Programs&) = delete;

    const std::vector<Program> list;
    const Plan first;
    const ColumnPlan columns;
    const StructuredTargets structured;
    const bool hasTail; ///< the last field is whatever stands behind the rest
};

bool isBlank(std::string_view line) {
    return line.empty() || (!isGraph(line.front()) && trimmed(line).empty());
}

/// Runs the first program that fits; knows whether lines come behind a syslog head.
class ProgramParser : public RankedParser, public BatchParser {
public:
    explicit ProgramParser(std::shared_ptr<const Programs> programs)
        : programs_(std::move(programs))
        , ident_(programs_->columns.extraNamed(kIdent))
        , connections_(programs_->columns.extraNamed(kConnections))
        , ciphers_(programs_->columns.extraNamed(kCiphers))
        , more_(programs_->hasTail ? programs_->columns.extraNamed(kMore) : std::nullopt) {}

    LineVerdict parse(std::string_view line, Record& out) override {
        out.clear();
        viaFallback = false;
        if (isBlank(line)) return LineVerdict::Blank;
        while (line.ends_with(' ')) // WebLogic writes one behind each access line
            line.remove_suffix(1);
        if (readFast(line, out)) return LineVerdict::Record;
        if (readAnyhow(line, out, Tries::Programs)) return LineVerdict::Record;
        if (squeeze(line) && readAnyhow(squeezed_, out, Tries::Programs)) {
            viaFallback = true;
            return LineVerdict::Record;
        }
        if (readsOthers() && readAnyhow(line, out, Tries::Others)) return LineVerdict::Record;
        out.clear();
        return LineVerdict::Unread;
    }

    /// As readFast() does. Lines that are left to parse() again and again are not tried each time.
    std::size_t parseMany(std::string_view text, std::size_t longest, std::size_t most,
                          RecordBatch& out) override {
        out.rows = 0;
        if (!programs_->columns.usable() || !programs_->structured.empty()) return 0;
        if (resting_ > 0) return --resting_, 0;
        columns_.begin(programs_->columns, text, out);
        cutRows(text, longest, std::min(most, together_), out);
        const std::size_t cut = out.rows;
        if (cut > 0) readRows(out);
        together_ = out.rows < cut ? out.rows + 1 : RecordBatch::kRows;
        rest_ = out.rows > 0 ? 0 : std::min(kLongestRest, 2 * rest_ + 1);
        resting_ = rest_;
        return out.rows == 0 ? 0 : bytesTo(text, out.lines[out.rows - 1]);
    }

    [[nodiscard]] std::optional<std::string> state() const override { return headed_ ? "h" : ""; }
    void restore(std::string_view state) override { headed_ = !state.empty(); }

protected:
    enum class Tries : std::uint8_t { Programs, Others };

    bool readAs(bool headed, std::string_view line, Record& out, Tries tries) {
        out.clear();
        Record& head = head_;
        head.clear();
        if (headed && !takeEnvelope(line, times_, head) && !takeOwnHead(line, head)) return false;
        for (std::size_t i = 0; tries == Tries::Programs && i < programs_->list.size(); ++i) {
            beginFrom(head, out);
            if (!scanner_.run(programs_->list[i], line, out) || !isSound(out)) continue;
            settleTime(programs_->list[i], head.time, out.time);
            viaFallback = i > 0;
            return true;
        }
        if (tries == Tries::Programs) return false;
        beginFrom(head, out);
        out.level = head.level;
        return readOther(headed, line, out);
    }

    /// A head that only this format's writers use.
    virtual bool takeOwnHead(std::string_view& /*line*/, Record& /*head*/) { return false; }

    /// What tells that a program has cut another line in the wrong places.
    struct Telling {
        std::string_view client, user, backend, state, path;
        std::string_view ident, connections, ciphers; ///< extras
    };
    /// Whether isPlausible() looks at anything.
    [[nodiscard]] virtual bool judges() const { return false; }
    [[nodiscard]] virtual bool isPlausible(const Telling& /*read*/) const { return true; }

    /// A line that is none of the log's entries.
    [[nodiscard]] virtual bool isComment(std::string_view /*line*/) const { return false; }

    /// Whether readOther may read something.
    [[nodiscard]] virtual bool readsOthers() const { return false; }
    virtual bool readOther(bool /*headed*/, std::string_view /*line*/, Record& /*out*/) {
        return false;
    }

    TimeReader times_;
    std::shared_ptr<const Programs> programs_;

private:
    /// Behind a head or without one, first as the line before.
    bool readAnyhow(std::string_view line, Record& out, Tries tries) {
        for (const bool headed : {headed_, !headed_}) {
            if (!readAs(headed, line, out, tries)) continue;
            headed_ = headed;
            return true;
        }
        return false;
    }

    /// People align the columns of what they quote: to `squeezed_`, the line with one blank where
    /// there are several outside of quotes. False if there are none.
    bool squeeze(std::string_view line) {
        constexpr std::size_t longest = 4096;
        if (line.size() > longest || line.find("  ") == std::string_view::npos) return false;
        squeezed_.clear();
        bool quoted = false;
        for (const char c : line) {
            quoted = quoted != (c == '"');
            if (c != ' ' || quoted || !squeezed_.ends_with(' ')) squeezed_ += c;
        }
        return squeezed_.size() < line.size();
    }

    /// As most lines are: headed like the last one, in the first program's format.
    bool readFast(std::string_view line, Record& out) {
        if (headed_ && !heads_.take(line, times_, out)) return false;
        const WrittenTime head = out.time;
        out.level = Level::None; // a request has none of its own
        if (!runner_.run(programs_->first, line, out) || !isSound(out)) return false;
        settleTime(programs_->list.front(), head, out.time);
        return true;
    }

    /// "Nov 20 10:02:11 web1 nginx: …" is no client's line, but a head in front of one.
    [[nodiscard]] static bool isClient(std::string_view client) {
        return client.size() != 3 || monthNamed(client) == 0;
    }
    [[nodiscard]] bool isSound(const Record& out) const {
        if (!isClient(out[TextField::ClientIp])) return false;
        if (!judges()) return true;
        const auto extra = [&out](std::string_view name) {
            for (const auto& [known, value] : out.extra)
                if (known == name) return value;
            return std::string_view{};
        };
        return isPlausible({out[TextField::ClientIp], out[TextField::User], out[TextField::Backend],
                            out[TextField::Termination], out[TextField::Path], extra(kIdent),
                            extra(kConnections), extra(kCiphers)});
    }
    /// The same of the rows of a batch, up to the first that is not. Returns how many are.
    [[nodiscard]] std::size_t soundRows(const RecordBatch& out) const {
        static constexpr RecordBatch::Texts none{};
        const auto text = [&](TextField field) -> const RecordBatch::Texts& {
            const auto i = static_cast<std::size_t>(field);
            return out.hasText[i] ? out.texts[i] : none;
        };
        const auto extra = [&](std::optional<std::size_t> i) -> const RecordBatch::Texts& {
            return i ? out.extra[*i].values : none;
        };
        const RecordBatch::Texts& client = text(TextField::ClientIp);
        const RecordBatch::Texts& user = text(TextField::User);
        const RecordBatch::Texts& backend = text(TextField::Backend);
        const RecordBatch::Texts& state = text(TextField::Termination);
        const RecordBatch::Texts& path = text(TextField::Path);
        const RecordBatch::Texts& ident = extra(ident_);
        const RecordBatch::Texts& connections = extra(connections_);
        const RecordBatch::Texts& ciphers = extra(ciphers_);
        const RecordBatch::Texts& more = extra(more_); // which takes a closer look
        const bool judging = judges();
        for (std::size_t i = 0; i < out.rows; ++i)
            if (!isClient(client[i]) || more[i].data() != nullptr ||
                (judging && !isPlausible({client[i], user[i], backend[i], state[i], path[i],
                                          ident[i], connections[i], ciphers[i]})))
                return i;
        return out.rows;
    }

    /// Fills rows until a line is none that readFast() would be given.
    void cutRows(std::string_view text, std::size_t longest, std::size_t most, RecordBatch& out) {
        while (out.rows < most) {
            const std::size_t end = text.find('\n');
            std::string_view line = text.substr(0, end);
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (end == std::string_view::npos || line.size() > longest || isComment(line)) return;
            const std::size_t row = out.rows;
            out.lines[row] = line;
            while (line.ends_with(' '))
                line.remove_suffix(1);
            if (line.empty() || !isGraph(line.front())) return;
            out.times[row] = {};
            if (headed_ && !takeHead(line, row, out)) return;
            if (!columns_.cut(line)) return;
            text.remove_prefix(end + 1);
        }
    }

    /// What the head of the line says, where that is the same as of the line before.
    bool takeHead(std::string_view& line, std::size_t row, RecordBatch& out) {
        const std::string_view whole = line;
        if (!heads_.takeSame(line)) {
            head_.clear();
            if (!heads_.take(line, times_, head_) || !head_.extra.empty()) return false;
            line = whole;
            if (!heads_.takeSame(line)) return false; // one that is not kept
        }
        headTimes_[row] = out.times[row] = heads_.time();
        const auto put = [&](TextField field) {
            out.texts[static_cast<std::size_t>(field)][row] = heads_.text(field, whole);
        };
        put(TextField::Host);
        put(TextField::Process);
        if (!programs_->columns.timed()) put(TextField::TimeRaw);
        out.numbers[static_cast<std::size_t>(NumberField::Pid)][row] = heads_.pid();
        return true;
    }

    void readRows(RecordBatch& out) {
        if (headed_) {
            out.hasText[static_cast<std::size_t>(TextField::Host)] = true;
            out.hasText[static_cast<std::size_t>(TextField::Process)] = true;
            out.hasText[static_cast<std::size_t>(TextField::TimeRaw)] = true;
            out.hasNumber[static_cast<std::size_t>(NumberField::Pid)] = true;
        }
        columns_.read();
        out.rows = soundRows(out);
        for (std::size_t row = 0; row < out.rows; ++row)
            settleTime(programs_->list.front(), headed_ ? headTimes_[row] : WrittenTime{},
                       out.times[row]);
    }

    /// Of `text`, up to behind this line of it and its line break.
    static std::size_t bytesTo(std::string_view text, std::string_view line) {
        const auto end = static_cast<std::size_t>(line.data() - text.data()) + line.size();
        return end + (text[end] == '\r' ? 2 : 1);
    }

    static void settleTime(const Program& program, const WrittenTime& head, WrittenTime& own) {
        if (program.timeIsFromEnvelope)
            own.isEnd = true;
        else
            adoptOffset(head, own);
    }

    static void beginFrom(const Record& head, Record& out) {
        out.clear();
        out.time = head.time;
        for (const TextField f : {TextField::TimeRaw, TextField::Host, TextField::Process})
            out[f] = head[f];
        out[NumberField::Pid] = head[NumberField::Pid];
        out.extra.assign(head.extra.begin(), head.extra.end());
    }

    static constexpr std::size_t kLongestRest = 255;
    static constexpr std::string_view kIdent = "ident", kConnections = "actconn",
                                      kCiphers = "ssl_ciphers";

    const std::optional<std::size_t> ident_, connections_, ciphers_, more_; // columns of a batch

    HeadReader heads_;
    PlanRunner runner_;
    ColumnRunner columns_;
    std::array<WrittenTime, RecordBatch::kRows> headTimes_;
    std::size_t together_ = RecordBatch::kRows; // rows to try next
    std::size_t rest_ = 0, resting_ = 0;        // lines for parse() alone, and those still to come
    Scanner scanner_;
    Record head_;
    std::string squeezed_;
    bool headed_ = false;
};

/// Several generations or variants of one log; none is less its own than the others.
class TemplateParser : public ProgramParser {
public:
    using ProgramParser::ProgramParser;

    LineVerdict parse(std::string_view line, Record& out) override {
        const LineVerdict verdict =
            isComment(line) ? LineVerdict::Blank : ProgramParser::parse(line, out);
        viaFallback = false;
        if (verdict == LineVerdict::Record && programs_->hasTail) readAccessTail(assigner_, out);
        return verdict;
    }

protected:
    /// "[192.0.2.7] - ann" is an address of another generation, and a name behind it; users are no
    /// lists, and nobody is called "->" or "(-)".
    [[nodiscard]] bool judges() const override { return true; }
    [[nodiscard]] bool isPlausible(const Telling& read) const override {
        if (read.user.starts_with('[') || read.user.find(", ") != std::string_view::npos)
            return false;
        if (read.client.ends_with(')')) return false;
        return read.ident != "->" && !read.ident.starts_with('(');
    }
    [[nodiscard]] bool isComment(std::string_view line) const override {
        return line.starts_with('#');
    }

private:
    Assigner assigner_;
};

/// Requests in the configured format, in one of the presets (other frontends of the same
/// process), and events.
class HaproxyParser : public ProgramParser {
public:
    using ProgramParser::ProgramParser;

    LineVerdict parse(std::string_view line, Record& out) override {
        const LineVerdict verdict = ProgramParser::parse(line, out);
        if (verdict == LineVerdict::Record && !programs_->structured.empty())
            settleStructured(programs_->structured, assigner_, scratch_, out);
        if (verdict == LineVerdict::Record && programs_->hasTail)
            readHaproxyTail(assigner_, tail_, out);
        return verdict;
    }

protected:
    bool takeOwnHead(std::string_view& line, Record& head) override {
        return takeIsoHead(line, times_, head) || takeTagHead(line, head);
    }

    /// Names and ciphers have no blanks in them, a state no digit at its front and a path no
    /// quoted text behind it.
    [[nodiscard]] bool judges() const override { return true; }
    [[nodiscard]] bool isPlausible(const Telling& read) const override {
        if (read.ciphers.find(' ') != std::string_view::npos) return false;
        if (!read.connections.empty() && !isDigit(read.connections.front())) return false;
        if (read.path.starts_with("TLSv1")) return false;
        if (read.backend.find(' ') != std::string_view::npos) return false;
        if (!read.state.empty() && isDigit(read.state.front())) return false;
        return read.path.find('"') == std::string_view::npos ||
               (read.path.find(" \"") == std::string_view::npos &&
                read.path.find("\" ") == std::string_view::npos);
    }

    [[nodiscard]] bool readsOthers() const override { return true; }
    bool readOther(bool headed, std::string_view line, Record& out) override {
        const bool named = headed && out[TextField::Process].starts_with("haproxy");
        if (readHaproxyEvent(line, times_, out)) return viaFallback = !named, true;
        viaFallback = true;
        if (!named || line.empty()) return false;
        out.kind = RecordKind::Message;
        out[TextField::Message] = line;
        return true;
    }

private:
    Assigner assigner_;
    Record scratch_;
    std::string tail_; ///< what is left of the line's end
};

class ProgramFormat : public KnownFormat {
public:
    ProgramFormat(About about, Dialect dialect, std::vector<Program> programs, std::string source,
                  StructuredTargets structured = {})
        : KnownFormat(std::move(about))
        , dialect_(dialect)
        , programs_(std::make_shared<const Programs>(std::move(programs), std::move(structured)))
        , source_(std::move(source)) {}

    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        if (dialect_ == Dialect::Haproxy) return std::make_unique<HaproxyParser>(programs_);
        if (dialect_ == Dialect::Template) return std::make_unique<TemplateParser>(programs_);
        return std::make_unique<ProgramParser>(programs_);
    }
    [[nodiscard]] std::string source() const override { return source_; }
    [[nodiscard]] std::vector<Error> remarks() const override {
        return programs_->list.front().unknown;
    }

private:
    Dialect dialect_;
    std::shared_ptr<const Programs> programs_;
    std::string source_;
};

Result<Program> compile(Dialect dialect, std::string_view text, const HaproxyCaptures& captures) {
    switch (dialect) {
    case Dialect::Haproxy:
        return compileHaproxy(text, captures);
    case Dialect::Nginx:
        return compileNginx(text);
    case Dialect::Template:
        return compileTemplate(text);
    case Dialect::Envoy:
        return compileEnvoy(text);
    case Dialect::Squid:
        return compileSquid(text);
    case Dialect::Apache:
    case Dialect::ApacheError:
    case Dialect::Postgresql:
        break;
    }
    return compileApache(text);
}

/// What other frontends of the same process may log in.
constexpr std::string_view kPresets[] = {
    "httplog", "tcplog", "httpslog",
    // httplog with the requested host behind the server, which many add by hand
    "%ci:%cp [%tr] %ft %b/%s %[req.hdr(host)] %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc "
    "%ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r"};

std::string sourceText(Dialect dialect, std::string_view text, const HaproxyCaptures& captures) {
    std::string all = std::to_string(static_cast<int>(dialect)) + ' ' + std::string(text);
    const auto add = [&all](const auto& of) {
        for (const auto* names : {&of.request, &of.response}) {
            all += '\n';
            for (const std::string& name : *names)
                all += name + ',';
        }
    };
    add(captures);
    for (const auto& other : captures.others) {
        all += '\n' + other.frontend;
        add(other);
    }
    return all + '\n' + captures.errorFormat + '\n' + captures.structured;
}

} // namespace

std::optional<Dialect> dialectNamed(std::string_view name) {
    if (name == "haproxy") return Dialect::Haproxy;
    if (name == "nginx") return Dialect::Nginx;
    if (name == "apache") return Dialect::Apache;
    if (name == "apache-error") return Dialect::ApacheError;
    if (name == "envoy") return Dialect::Envoy;
    if (name == "postgresql") return Dialect::Postgresql;
    if (name == "squid") return Dialect::Squid;
    return {};
}

Result<std::shared_ptr<const KnownFormat>> makeDialectFormat(Dialect dialect, About about,
                                                             std::string_view formatString,
                                                             const HaproxyCaptures& captures) {
    if (dialect == Dialect::Envoy && trimmed(formatString).starts_with('{'))
        return makeEnvoyJsonFormat(std::move(about), formatString);
    if (dialect == Dialect::ApacheError)
        return makeApacheErrorFormat(std::move(about), {std::string(formatString)});
    if (dialect == Dialect::Postgresql)
        return makePostgresFormat(std::move(about), {std::string(formatString)});
    std::vector<Program> programs;
    auto main = compile(dialect, formatString, captures);
    if (!main) return std::unexpected(main.error());
    if (about.timeIsEnd)
        for (Step& step : main->steps)
            if (step.target.act == Act::Time) step.target.act = Act::TimeEnd;
    programs.push_back(std::move(*main));
    if (!captures.errorFormat.empty()) {
        if (auto errors = compileHaproxy(captures.errorFormat, captures)) {
            errors->kind = RecordKind::Message;
            programs.push_back(std::move(*errors));
        } else {
            programs.front().unknown.push_back(errors.error());
        }
    }
    if (dialect == Dialect::Haproxy)
        for (const std::string_view preset : kPresets)
            if (preset != formatString)
                if (auto other = compileHaproxy(preset, captures))
                    programs.push_back(std::move(*other));
    return std::make_shared<const ProgramFormat>(std::move(about), dialect, std::move(programs),
                                                 sourceText(dialect, formatString, captures),
                                                 structuredTargets(captures));
}

Result<std::shared_ptr<const KnownFormat>>
makeDialectVariants(Dialect dialect, About about, const std::vector<std::string>& formatStrings) {
    std::vector<Program> programs;
    std::string source;
    for (const std::string& text : formatStrings) {
        auto program = compile(dialect, text, {});
        if (!program) return std::unexpected(program.error());
        programs.push_back(std::move(*program));
        source += sourceText(dialect, text, {});
    }
    return std::make_shared<const ProgramFormat>(std::move(about), Dialect::Template,
                                                 std::move(programs), std::move(source));
}

Result<std::shared_ptr<const KnownFormat>> makeTemplateFormat(About about,
                                                              const QJsonObject& file) {
    QJsonArray list = file["formats"].toArray();
    if (list.isEmpty()) list.append(file["format"]);
    std::vector<Program> programs;
    std::string source = std::to_string(static_cast<int>(Dialect::Template));
    const auto kind = kindNamed(file["kind"].toString("request").toStdString());
    if (!kind)
        return std::unexpected(
            Error{ErrorKind::NotUnderstood, "“kind” is none of the kinds of records"});
    for (const auto& each : list) {
        const std::string text = each.toString().toStdString();
        auto program = compileTemplate(text);
        if (!program) return std::unexpected(program.error());
        program->kind = *kind;
        programs.push_back(std::move(*program));
        source += '\n' + text;
    }
    return std::make_shared<const ProgramFormat>(std::move(about), Dialect::Template,
                                                 std::move(programs), std::move(source));
}

} // namespace postlude
