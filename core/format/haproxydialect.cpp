// SPDX-License-Identifier: GPL-3.0-or-later
// HAProxy's log-format strings: configuration manual 8.2.6 (2.x) and 8.2.4 (3.x).
#include "core/format/detail/chars.h"
#include "core/format/detail/haproxyitems.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude {

namespace {

struct Preset {
    std::string_view name, variable, format;
};
// As the manual spells them out for `option httplog` and its kin, and as HAProxy gives them to
// configurations in variables.
constexpr Preset kPresets[] = {
    {"httplog", "${HAPROXY_HTTP_LOG_FMT}",
     "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc "
     "%ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r"},
    {"tcplog", "${HAPROXY_TCP_LOG_FMT}",
     "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq"},
    {"httpslog", "${HAPROXY_HTTPS_LOG_FMT}",
     "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc "
     "%ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r %[fc_err]/%[ssl_fc_err,hex]/"
     "%[ssl_c_err]/%[ssl_c_ca_err]/%[ssl_fc_is_resumed] %[ssl_fc_sni]/%sslv/%sslc"},
    {"clf", "${HAPROXY_HTTP_CLF_LOG_FMT}",
     "%{+Q}o %{-Q}ci - - [%trg] %r %ST %B \"\" \"\" %cp %ms %ft %b %s %TR %Tw %Tc %Tr %Ta "
     "%tsc %ac %fc %bc %sc %rc %sq %bq %CC %CS %hrl %hsl"},
    {"tcpclf", "${HAPROXY_TCP_CLF_LOG_FMT}",
     "%{+Q}o %{-Q}ci - - [%T] \"TCP \" 000 %B \"\" \"\" %cp %ms %ft %b %s %Th %Tw %Tc %Tt %U "
     "%ts-- %ac %fc %bc %sc %rc %sq %bq \"\" \"\""},
};

/// Presets by name, and the variables that stand for them anywhere in the string.
std::string expanded(std::string_view format) {
    for (const Preset& preset : kPresets)
        if (format == preset.name) return std::string(preset.format);
    std::string text(format);
    for (const Preset& preset : kPresets) {
        // "${NAME}", or "$NAME" between double quotes
        std::string bare(preset.variable.substr(2, preset.variable.size() - 3));
        bare.insert(0, 1, '$');
        for (const std::string_view variable : {preset.variable, std::string_view(bare)})
            if (const std::size_t at = text.find(variable); at != std::string::npos)
                text.replace(at, variable.size(), preset.format);
    }
    return text;
}

struct Flags {
    bool quoted = false, hex = false, escaped = false, json = false, cbor = false;
};

Flags changed(Flags flags, std::string_view text) {
    const std::pair<std::string_view, bool Flags::*> known[] = {{"Q", &Flags::quoted},
                                                                {"X", &Flags::hex},
                                                                {"E", &Flags::escaped},
                                                                {"json", &Flags::json},
                                                                {"cbor", &Flags::cbor}};
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        const std::string_view flag = text.substr(0, end);
        for (const auto& [name, member] : known)
            if (flag.size() > 1 && flag.substr(1) == name) flags.*member = flag.front() == '+';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return flags;
}

/// Of a variable that is written in hexadecimal.
Target hexTarget(std::string_view alias, std::string name) {
    Target target = extraTarget(std::move(name));
    if (alias == "ci") target.act = Act::HexAddress;
    if (alias == "Ts") target.act = Act::HexTime;
    if (alias == "cp" || alias == "pid") {
        target = numberTarget(alias == "cp" ? NumberField::ClientPort : NumberField::Pid);
        target.act = Act::HexNumber;
    }
    return target;
}

class Compiler {
public:
    Compiler(std::string format, const HaproxyCaptures& captures)
        : text_(std::move(format))
        , captures_(captures) {}

    Result<Program> run() {
        while (at_ < text_.size()) {
            if (text_[at_] == '%') {
                if (auto done = readItem(); !done) return std::unexpected(done.error());
            } else {
                readLiteral();
            }
        }
        if (all_.json) addLiteral(items_, "}", text_.size());
        chooseTimes();
        nameServer();
        settleJson(items_, false);
        auto program = link(std::move(items_), "HAProxy");
        if (!program) return program;
        program->mergeBlanks = !all_.json;
        program->fromAccept = fromAccept_;
        program->activeDuration = activeDuration_;
        return program;
    }

private:
    [[nodiscard]] static std::unexpected<Error> fault(std::size_t column, std::string_view why) {
        return std::unexpected(formatFault("HAProxy", column, why));
    }

    /// A backslash only hides what a configuration file would take for something else.
    void readLiteral() {
        const bool hides = text_[at_] == '\\' && at_ + 1 < text_.size() &&
                           std::string_view(" \"'#\\").find(text_[at_ + 1]) != std::string::npos;
        if (hides) ++at_;
        // HAProxy never writes two separators in a row, nor literals where it encodes all.
        const bool again =
            text_[at_] == ' ' && (items_.empty() || items_.back().literal.ends_with(' '));
        if (!again && !all_.json) addLiteral(items_, std::string_view(text_).substr(at_, 1), at_);
        ++at_;
    }

    /// "%%", or "%(name){flags}item", or "%(name){flags}[sample]".
    Result<void> readItem() {
        const std::size_t start = at_++;
        if (at_ < text_.size() && text_[at_] == '%') {
            if (!all_.json) addLiteral(items_, "%", start);
            ++at_;
            return {};
        }
        std::string_view given;
        if (at_ < text_.size() && text_[at_] == '(' && !enclosed('(', ')', given))
            return fault(start, "the name after “%(” is not closed");
        given = given.substr(0, given.find(':')); // the type behind it only matters to encoders
        std::string_view flagText;
        if (at_ < text_.size() && text_[at_] == '{' && !enclosed('{', '}', flagText))
            return fault(start, "the flags after “%{” are not closed");
        const Flags flags = changed(all_, flagText);
        if (at_ < text_.size() && text_[at_] == '[') {
            std::string_view sample;
            if (!enclosed('[', ']', sample))
                return fault(start, "the sample after “%[” is not closed");
            add(haproxySample(sample, captures_, start), given, flags);
            return {};
        }
        const std::size_t from = at_;
        while (at_ < text_.size() && isAlnum(text_[at_]))
            ++at_;
        return readAlias(std::string_view(text_).substr(from, at_ - from), start, given, flags);
    }

    /// The text between brackets, nested ones included.
    bool enclosed(char open, char close, std::string_view& inside) {
        int depth = 0;
        for (std::size_t i = at_; i < text_.size(); ++i) {
            if (text_[i] == open) ++depth;
            if (text_[i] != close || --depth != 0) continue;
            inside = std::string_view(text_).substr(at_ + 1, i - at_ - 1);
            at_ = i + 1;
            return true;
        }
        return false;
    }

    Result<void> readAlias(std::string_view alias, std::size_t start, std::string_view given,
                           const Flags& flags) {
        if (alias == "o") return readGlobalFlags(start, flags);
        if (alias.empty()) return fault(start, "no variable's name after “%”");
        if (alias == "hr" || alias == "hs" || alias == "hrl" || alias == "hsl") {
            if (!flags.json || !given.empty()) addCaptures(alias, start, given, flags);
            return {};
        }
        std::optional<Item> item = haproxyAlias(alias, start);
        if (!item) {
            const std::string name = fmt::format("%{}", alias);
            item = fieldItem(name, extraTarget(name), start);
            item->isUnknown = true;
        }
        const bool hexed =
            flags.hex && (alias == "ci" || alias == "cp" || alias == "fi" || alias == "fp" ||
                          alias == "bi" || alias == "bp" || alias == "si" || alias == "sp" ||
                          alias == "Ts" || alias == "rt" || alias == "ms" || alias == "pid");
        if (hexed) {
            item->target = hexTarget(alias, item->name);
            item->shape.clear();
        } else {
            note(alias);
        }
        add(std::move(*item), given, flags);
        return {};
    }

    /// "%{+Q}o": flags for all that follows; the item itself writes nothing.
    Result<void> readGlobalFlags(std::size_t start, const Flags& flags) {
        if (flags.cbor) return fault(start, "what “+cbor” writes is no text");
        all_ = flags;
        if (flags.json) items_.clear();
        return {};
    }

    void note(std::string_view alias) {
        if (alias == "tr" || alias == "trg" || alias == "trl") hasRequestTime_ = true;
        if (alias == "t" || alias == "T" || alias == "Tl" || alias == "Ts") hasAcceptTime_ = true;
        if (alias == "Ta") activeDuration_ = true;
    }

    /// `given`: the name in %(name); what has no column of ours goes by it.
    void add(Item item, std::string_view given, const Flags& flags) {
        if (flags.json && given.empty()) return; // has no name in the object: not written
        if (!given.empty()) {
            item.name = given;
            if (item.target.act == Act::Extra) item.target.name = given;
        }
        if (flags.json)
            addLiteral(items_, fmt::format("{}\"{}\": ", items_.empty() ? "{" : ", ", given),
                       item.column);
        if (flags.quoted || flags.json) item.take = Take::MaybeQuoted;
        item.jsonString = item.jsonString || flags.escaped || flags.json;
        items_.push_back(std::move(item));
    }

    void addCaptures(std::string_view alias, std::size_t column, std::string_view given,
                     const Flags& flags) {
        const bool request = alias.starts_with("hr");
        const bool list = alias.size() == 3;
        const std::string name = request ? "request_headers" : "response_headers";
        Item item = fieldItem(name, actTarget(list ? Act::Words : Act::Captures), column);
        item.target.name = given.empty() ? name : std::string(given);
        const auto parts = [request](const auto& captures) {
            std::vector<Target> all;
            for (const std::string& header : request ? captures.request : captures.response)
                all.push_back(request ? headerTarget(header, header) : extraTarget(header));
            return all;
        };
        item.target.parts = parts(captures_);
        for (const auto& other : captures_.others) {
            item.target.parts.push_back(actTarget(item.target.act));
            item.target.parts.back().name = other.frontend;
            item.target.parts.back().parts = parts(other);
        }
        add(std::move(item), given, flags);
        if (!flags.json) items_.back().take = list ? Take::Words : Take::Braces;
    }

    /// The request's start and active time are better than the connection's, where both are logged.
    void chooseTimes() {
        fromAccept_ = hasAcceptTime_ && !hasRequestTime_;
        for (Item& item : items_) {
            const bool accept = item.name == "accept_date" || item.name == "gmt_date_time" ||
                                item.name == "local_date_time" || item.name == "timestamp" ||
                                item.name == "accept_date_ms";
            if (hasRequestTime_ && accept) item.target = extraTarget(item.name);
            if (activeDuration_ && item.name == "Tt") item.target = extraTarget(item.name);
        }
    }

    /// Where the server's name is not logged its address stands for it.
    void nameServer() {
        const auto address = std::ranges::find(items_, "server_ip", &Item::name);
        const bool named = std::ranges::any_of(
            items_, [](const Item& item) { return item.target.act == Act::Server; });
        if (named || address == items_.end()) return;
        address->target = actTarget(Act::Server);
        const auto at = address - items_.begin();
        const bool port = items_.size() > static_cast<std::size_t>(at) + 2 &&
                          address[1].literal == ":" && address[2].name == "server_port";
        if (!port) return;
        address->isAddress = false;
        items_.erase(address + 1, address + 3);
    }

    std::string text_;
    const HaproxyCaptures& captures_;
    std::size_t at_ = 0;
    std::vector<Item> items_;
    Flags all_;
    bool fromAccept_ = false, hasRequestTime_ = false, hasAcceptTime_ = false,
         activeDuration_ = false;
};

} // namespace

Result<Program> compileHaproxy(std::string_view format, const HaproxyCaptures& captures) {
    return Compiler(expanded(format), captures).run();
}

} // namespace postlude
