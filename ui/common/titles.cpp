// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/titles.h"

#include "ui/common/shown.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace postlude {

namespace {

struct Titles {
    Q_DECLARE_TR_FUNCTIONS(Titles)
};

constexpr std::array<const char*, 15> kKinds{
    QT_TRANSLATE_NOOP("Titles", "Lead-up"),         QT_TRANSLATE_NOOP("Titles", "Trigger"),
    QT_TRANSLATE_NOOP("Titles", "Impact start"),    QT_TRANSLATE_NOOP("Titles", "Detection"),
    QT_TRANSLATE_NOOP("Titles", "Acknowledgement"), QT_TRANSLATE_NOOP("Titles", "Assumption"),
    QT_TRANSLATE_NOOP("Titles", "Action"),          QT_TRANSLATE_NOOP("Titles", "Misleading path"),
    QT_TRANSLATE_NOOP("Titles", "Escalation"),      QT_TRANSLATE_NOOP("Titles", "Communication"),
    QT_TRANSLATE_NOOP("Titles", "Identification"),  QT_TRANSLATE_NOOP("Titles", "Mitigation"),
    QT_TRANSLATE_NOOP("Titles", "Resolution"),      QT_TRANSLATE_NOOP("Titles", "Verification"),
    QT_TRANSLATE_NOOP("Titles", "Observation")};

constexpr std::array<const char*, 13> kCauses{
    QT_TRANSLATE_NOOP("Titles", "Load balancer weights"),
    QT_TRANSLATE_NOOP("Titles", "Load balancer algorithm"),
    QT_TRANSLATE_NOOP("Titles", "Load balancer hashing"),
    QT_TRANSLATE_NOOP("Titles", "Load balancer health check"),
    QT_TRANSLATE_NOOP("Titles", "Load balancer configuration"),
    QT_TRANSLATE_NOOP("Titles", "Overload and crash"),
    QT_TRANSLATE_NOOP("Titles", "Database"),
    QT_TRANSLATE_NOOP("Titles", "Flood of clients"),
    QT_TRANSLATE_NOOP("Titles", "Deployment"),
    QT_TRANSLATE_NOOP("Titles", "Services outside"),
    QT_TRANSLATE_NOOP("Titles", "Resources of a host"),
    QT_TRANSLATE_NOOP("Titles", "Network"),
    QT_TRANSLATE_NOOP("Titles", "Unknown")};

constexpr std::array<const char*, 4> kStatuses{
    QT_TRANSLATE_NOOP("Titles", "Draft"), QT_TRANSLATE_NOOP("Titles", "In review"),
    QT_TRANSLATE_NOOP("Titles", "Reviewed"), QT_TRANSLATE_NOOP("Titles", "Closed")};

/// What the analysis calls its findings.
constexpr std::array<const char*, 20> kFindings{
    QT_TRANSLATE_NOOP("Titles", "Onset"),           QT_TRANSLATE_NOOP("Titles", "Impact"),
    QT_TRANSLATE_NOOP("Titles", "Burn rate"),       QT_TRANSLATE_NOOP("Titles", "Recovered"),
    QT_TRANSLATE_NOOP("Titles", "Not recovered"),   QT_TRANSLATE_NOOP("Titles", "Quiet"),
    QT_TRANSLATE_NOOP("Titles", "Fair shares"),     QT_TRANSLATE_NOOP("Titles", "Uneven shares"),
    QT_TRANSLATE_NOOP("Titles", "Likely cause"),    QT_TRANSLATE_NOOP("Titles", "Joined cause"),
    QT_TRANSLATE_NOOP("Titles", "Cause not found"), QT_TRANSLATE_NOOP("Titles", "Distribution"),
    QT_TRANSLATE_NOOP("Titles", "Measured"),        QT_TRANSLATE_NOOP("Titles", "Over-represented"),
    QT_TRANSLATE_NOOP("Titles", "New message"),     QT_TRANSLATE_NOOP("Titles", "Surged message"),
    QT_TRANSLATE_NOOP("Titles", "Fatal message"),   QT_TRANSLATE_NOOP("Titles", "Ruled out"),
    QT_TRANSLATE_NOOP("Titles", "Undecided"),       QT_TRANSLATE_NOOP("Titles", "Clock")};

} // namespace

QString kindTitle(EntryKind kind) {
    return Titles::tr(kKinds.at(static_cast<std::size_t>(kind)));
}

QString causeTitle(CauseKind kind) {
    return Titles::tr(kCauses.at(static_cast<std::size_t>(kind)));
}

QString statusTitle(DocumentStatus status) {
    return Titles::tr(kStatuses.at(static_cast<std::size_t>(status)));
}

QString findingTitle(std::string_view title) {
    const auto* known = std::ranges::find(kFindings, title);
    return known == kFindings.end() ? shownWhole(title) : Titles::tr(*known);
}

QString messageTitle(MessageChange::Kind kind, const QString& text) {
    switch (kind) {
    case MessageChange::Kind::New:
        return Titles::tr("New message: %1").arg(text);
    case MessageChange::Kind::Surged:
        return Titles::tr("More often: %1").arg(text);
    default:
        return Titles::tr("Fatal message: %1").arg(text);
    }
}

} // namespace postlude
