// SPDX-License-Identifier: GPL-3.0-or-later
// A field program made ready for lines as they mostly are: what has to be known
// of each step is found out beforehand, and the end of a field is looked for in
// many bytes at once.
#pragma once

#include "core/format/detail/program.h"

namespace postlude {

/// Immutable; the program must outlive it.
class Plan {
public:
    /// Of a program that asks for what only Scanner knows, a plan that reads no
    /// line.
    explicit Plan(const Program& program);

private:
    friend class PlanRunner;
    friend class ColumnPlan;
    friend class ColumnRunner;
    /// What stands before a field.
    enum class Before : std::uint8_t {
        Known, ///< the literal that ended the last field
        Byte,  ///< one byte
        Any,
    };
    /// How its end is found; Byte: where `end` is, which is one byte.
    enum class Cut : std::uint8_t {
        Byte,
        Until,
        Counted,
        Quoted,
        MaybeQuoted,
        List,
        LastBefore,
        Braces,
        Brackets,
        Number,
        Rest
    };
    struct Op {
        Before before;
        Cut cut;
        Act act;
        char end;     ///< first byte of what stands behind the field
        char first;   ///< first byte of what stands before it
        bool choosy;  ///< not everything is allowed in it
        bool mayEnd;  ///< the line may end behind it
        bool escaped; ///< JSON's escapes in it are to be undone
        bool special; ///< one of these three
        const Step* step;
        std::string_view after;
        std::size_t beforeSize;
    };
    /// Where a field is, and where its step ends: behind a closing quote, for
    /// instance.
    struct Field {
        std::size_t from = 0, to = 0, next = 0;
    };
    void addStep(const Step& step, const Step* previous);
    bool takeBefore(const Op& op, std::string_view line, std::size_t& at) const;
    static bool cutField(const Op& op, std::string_view line, std::size_t at, Field& field);
    static bool cutQuoted(const Op& op, std::string_view line, std::size_t at, Field& field);
    static std::size_t endOf(const Op& op, std::string_view line, std::size_t at);

    const Program* program_;
    std::vector<Op> ops_; ///< empty: reads nothing
};

/// Runs plans over lines; not thread-safe.
class PlanRunner {
public:
    /// Fills `out` (not cleared first) as Scanner::run would. False says nothing
    /// about the line: then the Scanner is to be asked, with a clean `out`.
    bool run(const Plan& plan, std::string_view line, Record& out);

private:
    bool assign(const Plan::Op& op, std::string_view line, const Plan::Field& field, Record& out);

    Assigner assigner_;
};

} // namespace postlude
