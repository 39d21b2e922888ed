// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/evidencepiece.h"

#include "core/base/text.h"
#include "core/postmortem/postmortem.h"
#include "ui/common/evidencedrag.h"
#include "ui/common/session.h"
#include "ui/findings/evidencetext.h"
#include "ui/findings/hypothesislist.h"

#include <QMimeData>

namespace postlude {

namespace {

/// What its first line says; nothing of a chart, or of a line that has no record.
void addRecord(EvidencePiece& piece, const Query& query) {
    const Evidence& e = piece.evidence.front();
    for (const SourceInfo& source : query.sources()) {
        if (source.path != e.source || e.firstLine == 0) continue;
        const Result<RecordId> id = query.recordAtLine(source.id, e.firstLine);
        const auto row = id ? query.record(*id) : Result<RecordRow>(std::unexpected(Error{}));
        if (!row) return;
        piece.at = row->time.value_or(Instant{});
        const std::string_view said = (*row)[TextField::Message];
        const auto raw = said.empty() ? query.rawText(row->id) : std::string(said);
        if (raw) piece.text = QString::fromStdString(visible(*raw));
        return;
    }
}

EvidencePiece pieceOf(const Evidence& evidence, const Session* session) {
    EvidencePiece piece{evidence.window.from, linkText(evidence), {evidence}};
    if (session) addRecord(piece, session->query());
    return piece;
}

} // namespace

QString pieceType() {
    return QStringLiteral("application/x-postlude-piece");
}

/// As JSON of an entry, so that who takes it need not know the tray.
QMimeData* packPiece(const EvidencePiece& piece) {
    Postmortem carrier;
    carrier.timeline.push_back(
        {piece.at, {}, EntryKind::Action, piece.text.toStdString(), piece.evidence});
    auto* data = new QMimeData;
    data->setData(pieceType(), QByteArray::fromStdString(toJson(carrier)));
    return data;
}

bool holdsPiece(const QMimeData* data) {
    return data && (data->hasFormat(pieceType()) || evidenceIn(data));
}

std::optional<EvidencePiece> pieceIn(const QMimeData* data, const Session* session) {
    if (const auto evidence = evidenceIn(data)) return pieceOf(*evidence, session);
    if (!data || !data->hasFormat(pieceType())) return {};
    const auto carrier = postmortemFromJson(data->data(pieceType()).toStdString());
    if (!carrier || carrier->timeline.empty()) return {};
    const TimelineEntry& entry = carrier->timeline.front();
    return EvidencePiece{entry.time.value_or(Instant{}), QString::fromStdString(entry.text),
                         entry.evidence};
}

std::optional<EvidencePiece> selectedPiece(Session& session) {
    const auto evidence = selectedEvidence(session);
    return evidence ? std::optional(pieceOf(*evidence, &session)) : std::nullopt;
}

} // namespace postlude
