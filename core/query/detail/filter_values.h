// SPDX-License-Identifier: GPL-3.0-or-later
// Fields and values of a filter: what a word means.
#pragma once

#include "core/query/detail/filter_lexer.h"

namespace postlude {

/// A name that is none of ours is that of an extra field.
FilterField filterFieldNamed(std::string_view name);
/// The value in the units of the field. Error: NotUnderstood at the token.
Result<FilterValue> filterValue(const FilterField& field, FilterOp op, const FilterToken& token);
/// Is the comparison one that the field knows? Error at `sign`.
Result<void> checkFilterTest(const Filter::Node& test, std::size_t sign);

} // namespace postlude
