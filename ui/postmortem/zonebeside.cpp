// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/zonebeside.h"

#include "core/postmortem/wording.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

namespace postlude {

ZoneBeside::ZoneBeside(Document& document, QWidget* parent)
    : QLabel(parent)
    , document_(document) {
    setObjectName(QStringLiteral("zoneBeside"));
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setRole(this, "warning");
    connect(&document, &Document::changed, this, &ZoneBeside::settle);
    settle();
}

void ZoneBeside::settle() {
    Session* session = document_.session();
    if (session && session != followed_) {
        followed_ = session;
        connect(&session->selection(), &Selection::displayChanged, this, &ZoneBeside::settle);
    }
    if (!session || !document_.isLoaded()) return hide();
    // Names differ where clocks do not.
    const Instant at = document_.now().summary.start.value_or(session->selection().place().moment);
    const Zone own = zoneOf(document_.now());
    const Zone& window = session->selection().zone();
    setText(tr("The document's times are in %1, those of the window in %2")
                .arg(shown(own.name()), shown(window.name())));
    setVisible(own.offsetAt(at) != window.offsetAt(at));
}

} // namespace postlude
