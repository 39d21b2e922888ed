// SPDX-License-Identifier: GPL-3.0-or-later
// Says so where the document writes its times in another zone than the window shows them.
#pragma once

#include "ui/postmortem/document.h"

#include <QLabel>

namespace postlude {

class ZoneBeside : public QLabel {
    Q_OBJECT
public:
    ZoneBeside(Document& document, QWidget* parent);

private:
    void settle();
    Document& document_;
    QPointer<Session> followed_;
};

} // namespace postlude
