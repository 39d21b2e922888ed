// SPDX-License-Identifier: GPL-3.0-or-later
// A plan for many lines at once: first all of them are cut into fields, then each field is read in
// all of them. What a step does is asked once a batch so, and not once a line.
#pragma once

#include "core/format/batch.h"
#include "core/format/detail/placeof.h"
#include "core/format/detail/plan.h"

namespace postlude {

/// Immutable; the plan must outlive it.
class ColumnPlan {
public:
    explicit ColumnPlan(const Plan& plan);
    /// False where what one field says depends on another one, or two fields go to one place: such
    /// lines are read one by one.
    [[nodiscard]] bool usable() const { return usable_; }
    [[nodiscard]] const Program& program() const { return *plan_.program_; }
    /// The lines say themselves when it was.
    [[nodiscard]] bool timed() const { return timed_; }
    /// Which of a batch's extras has this name.
    [[nodiscard]] std::optional<std::size_t> extraNamed(std::string_view name) const;

private:
    friend class ColumnRunner;
    /// How the values of a field are read.
    enum class Way : std::uint8_t {
        Skip,
        Text,   ///< as it stands, to a text or an extra
        Name,   ///< the same, where an empty one is none
        Server, ///< the same, as "-:-" is
        Frontend,
        Client, ///< a text that may be an address
        Count,  ///< whole number
        Span,
        LastSpan, ///< of a list
        Addend,   ///< a part of the duration
        Attempts,
        Noted,
        Time,
        Request,
        Parts,  ///< captured headers
        Unless, ///< the line is for another day if there is anything
        General ///< whatever Assigner does
    };
    /// All that a field can fill.
    struct Filled {
        std::vector<std::size_t> texts, numbers, extra;
    };
    struct Op {
        const Plan::Op* cut;
        Way way;
        Filled fills;
    };
    /// How most fields end.
    enum class Ends : std::uint8_t {
        Slowly,  ///< as the plan knows
        Number,  ///< with the last of its digits
        Text,    ///< where a longer text stands
        Quote,   ///< where a quote stands, and what is behind it
        List,    ///< where a blank stands, and what is behind it
        Byte,    ///< where one stands
        Pair,    ///< where two stand
        Last,    ///< at the last place of a byte before two others
        Nothing, ///< the field is mostly empty, behind a blank
        NoBrace, ///< the same, behind a byte that is known
        Quoted   ///< behind a blank and in quotes, the line's end behind it
    };
    struct Quick {
        const Plan::Op* op;
        Ends ends;
        char end, second;
        std::uint8_t skip; ///< bytes before the field, known to be what they must
        bool choosy;       ///< not everything is allowed in it
        Wanted wanted;     ///< Last: the first of the two others; mostly `end`
    };
    void addQuick(const Plan::Op& op);
    [[nodiscard]] Ends endsOf(const Plan::Op& op) const;
    [[nodiscard]] static Way wayOf(const Target& target);
    [[nodiscard]] bool claim(const Target& target, Filled& fills);
    [[nodiscard]] bool claimAct(const Target& target, Filled& fills);
    [[nodiscard]] bool claimParts(const Target& target, Filled& fills);
    [[nodiscard]] bool claimAddend(const Target& target, Filled& fills);
    [[nodiscard]] bool claimText(TextField field, Filled& fills);
    [[nodiscard]] bool claimNumber(NumberField field, Filled& fills);
    [[nodiscard]] bool claimExtra(std::string_view name, Filled& fills);

    const Plan& plan_;
    std::vector<Op> ops_;
    std::vector<Quick> quick_; ///< of each of them
    std::bitset<kTextFields> texts_;
    std::bitset<kNumberFields> numbers_;
    std::vector<std::string_view> extra_;
    bool timed_ = false;  ///< one of the fields is a time
    bool summed_ = false; ///< some are parts of the duration
    bool mayEnd_ = false; ///< lines may end before the last field
    bool usable_ = true;
};

/// Fills a batch; not thread-safe.
class ColumnRunner {
public:
    /// Empties the batch, for lines of `text`. The plan must be usable.
    void begin(const ColumnPlan& plan, std::string_view text, RecordBatch& out);
    /// Cuts the line (without its head) into the fields of the row behind the last. False says
    /// nothing about the line.
    bool cut(std::string_view line);
    /// Reads the fields of all rows. Behind one that is to be read by itself the batch is cut off.
    void read();

private:
    using Texts = RecordBatch::Texts;
    using Numbers = RecordBatch::Numbers;

    /// How far a line has been cut.
    struct Rest {
        std::size_t at = 0;
        bool ended = false; ///< before its last fields
    };
    static bool cutQuickly(const ColumnPlan::Quick& quick, const char*& from, const char* end,
                           std::string_view& piece);
    static bool isAllowedAt(const ColumnPlan::Quick& quick, const Texts& pieces, std::size_t row);
    bool cutSlowly(const Plan::Op& op, std::string_view line, Rest& rest,
                   std::string_view& piece) const;
    void readOp(const ColumnPlan::Op& op, Texts& pieces);
    void readTexts(Texts& pieces, bool emptyIsNone) const;
    void readFrontends(Texts& pieces) const;
    void readServers(Texts& pieces) const;
    void readParts(const ColumnPlan::Op& op, const Texts& pieces);
    void readClients(const ColumnPlan::Op& op, Texts& pieces);
    void readCounts(const ColumnPlan::Op& op, const Texts& pieces);
    bool isSpan(std::int64_t unit, std::string_view piece, std::int64_t& value) const;
    void readSpans(const ColumnPlan::Op& op, const Texts& pieces);
    void readLastSpans(const ColumnPlan::Op& op, const Texts& pieces);
    void readAddends(const ColumnPlan::Op& op, Texts& pieces);
    void readAttempts(const ColumnPlan::Op& op, const Texts& pieces);
    void readNotes(const ColumnPlan::Op& op, Texts& pieces);
    void readTimes(const ColumnPlan::Op& op, Texts& pieces);
    bool readTime(const Target& target, std::string_view& piece, WrittenTime& time);
    void readRequests(const ColumnPlan::Op& op, const Texts& pieces);
    void readGeneral(const ColumnPlan::Op& op, std::string_view piece, std::size_t row);
    void moveToRequests();
    void endBefore(std::size_t row) { out_->rows = std::min(out_->rows, row); }

    const ColumnPlan* plan_ = nullptr;
    RecordBatch* out_ = nullptr;
    std::string_view text_;
    std::vector<Texts*> pieces_; ///< of each step: the column itself, if it is one of texts
    std::vector<Texts> spare_;   ///< for those of other steps
    std::array<Numbers, 4> notes_{};
    TimeReader times_;
    Assigner assigner_;
    Record scratch_;
};

} // namespace postlude
