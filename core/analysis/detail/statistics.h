// SPDX-License-Identifier: GPL-3.0-or-later
// Tests and corrections that several findings share. Pure functions.
#pragma once

#include <cstddef>
#include <vector>

namespace postlude::detail {

/// P(X ≥ k) for X binomial of n trials with chance p. Counts may be fractions (counts divided by
/// their overdispersion). 1 for k ≤ 0; 0 ≤ p ≤ 1, k ≤ n.
double binomialTail(double k, double n, double p);

/// P(X ≥ x) for chi squared with one degree of freedom.
double chiSquaredTail(double x);

/// Benjamini and Hochberg: for each p the smallest share of false findings at which it is one, of
/// `tests` tests (at least as many as there are p; the others found nothing).
std::vector<double> falseShares(const std::vector<double>& p, std::size_t tests);

} // namespace postlude::detail
