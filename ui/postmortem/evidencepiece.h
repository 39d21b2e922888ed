// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence on its way into the document: chosen from the tray, or dragged from there or from
// Investigate.
#pragma once

#include "core/analysis/analysis.h"

#include <QString>
#include <optional>
#include <vector>

class QMimeData;

namespace postlude {

class Session;

struct EvidencePiece {
    Instant at{};
    QString text; ///< what an entry of it would say
    std::vector<Evidence> evidence;
};

/// Of what packPiece() gives.
QString pieceType();
/// Owned by whoever drags it.
QMimeData* packPiece(const EvidencePiece& piece);
/// True for what pieceIn() can read.
bool holdsPiece(const QMimeData* data);
/// Also lines and charts from Investigate: these begin where their window does, those when their
/// line says. `session` may be null: then lines are not looked up, and begin at no time.
std::optional<EvidencePiece> pieceIn(const QMimeData* data, const Session* session);
/// The line that is selected in Investigate, with what it says.
std::optional<EvidencePiece> selectedPiece(Session& session);

} // namespace postlude
