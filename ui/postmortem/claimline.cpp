// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/postmortem/sensitivity.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/postmortem/flowlayout.h"
#include "ui/postmortem/summaryform.h"

#include <QHelpEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolTip>

namespace postlude {

ClaimLine::ClaimLine(Document& document, std::string what, std::string place, Check check, Use use,
                     QWidget* parent)
    : QWidget(parent)
    , document_(document)
    , check_(check)
    , use_(std::move(use))
    , what_(std::move(what))
    , place_(std::move(place))
    , wrong_(new QLabel(this))
    , label_(new QLabel(this))
    , button_(new QPushButton(this)) {
    auto* row = new FlowLayout(this);
    row->addWidget(wrong_);
    row->addWidget(label_);
    row->addWidget(button_);
    button_->setText(tr("use it"));
    button_->setToolTip(tr("Writes what the logs say into the field"));
    wrong_->setObjectName(QStringLiteral("wrong"));
    wrong_->setTextFormat(Qt::PlainText);
    wrong_->setWordWrap(true);
    wrong_->hide();
    setRole(wrong_, "bad");
    label_->setTextFormat(Qt::PlainText);
    label_->setWordWrap(true); // where the form is narrow, the field is worth more
    setRole(button_, "linkBad");
    button_->setCursor(Qt::PointingHandCursor);
    connect(button_, &QPushButton::clicked, this, [this] {
        document_.edit(what_ + " from the logs", [this](Postmortem& d) { use_(d, logs_); });
    });
    connect(&document, &Document::changed, this, &ClaimLine::refresh);
    connect(&document, &Document::analysisChanged, this, [this] {
        sensitivity_.clear();
        asked_ = false;
        refresh();
    });
    connect(&document, &Document::accessChanged, this, &ClaimLine::refresh);
    refresh();
}

void ClaimLine::setFault(Fault fault) {
    fault_ = std::move(fault);
    refresh();
}

bool ClaimLine::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    askSensitivity();
    if (!sensitivity_.isEmpty())
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), plainTip(sensitivity_),
                           this);
    return true;
}

/// Counts requests, so another thread does; what it found is shown if the pointer is still here.
void ClaimLine::askSensitivity() {
    Session* session = document_.session();
    if (asked_ || !session || !session->analysis()) return;
    asked_ = true;
    session->run(
        QStringLiteral("sensitivity.") + QString::fromStdString(place_), this,
        [query = session->sharedQuery(), analysis = session->analysis(), now = document_.now(),
         place = place_](std::stop_token stop) {
            return sensitivityOf(place, now, *analysis, *query, std::move(stop));
        },
        [this](const Result<std::string>& text) {
            if (text) sensitivity_ = QString::fromStdString(*text);
            setAccessibleDescription(sensitivity_);
            if (!sensitivity_.isEmpty() && underMouse())
                QToolTip::showText(QCursor::pos(), plainTip(sensitivity_), this);
        });
}

void ClaimLine::refresh() {
    wrong_->setText(fault_ && document_.isLoaded() ? fault_(document_.now()) : QString());
    wrong_->setVisible(!wrong_->text().isEmpty());
    const bool known = document_.isLoaded() && document_.analysis();
    const ClaimCheck found = known ? check_(document_.now(), *document_.analysis()) : ClaimCheck{};
    state_ = found.state;
    logs_ = found.logs;
    const QString logs = shownWhole(found.logs);
    const bool usable = !logs.isEmpty() && state_ != ClaimCheck::State::Agrees;
    button_->setVisible(usable);
    if (state_ == ClaimCheck::State::Agrees)
        label_->setText(tr("✓ logs: %1").arg(logs));
    else if (state_ == ClaimCheck::State::Differs)
        label_->setText(tr("✕ logs: %1").arg(logs));
    else
        label_->setText(usable ? tr("logs: %1").arg(logs) : tr("– no data in the logs"));
    setRole(label_, state_ == ClaimCheck::State::Agrees    ? "good"
                    : state_ == ClaimCheck::State::Differs ? "bad"
                                                           : "muted");
    button_->setEnabled(!document_.isReadOnly());
    setRole(button_, state_ == ClaimCheck::State::Differs ? "linkBad" : "link");
}

} // namespace postlude
