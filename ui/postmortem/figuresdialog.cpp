// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/figuresdialog.h"

#include "core/postmortem/wording.h"
#include "ui/common/layouts.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace postlude {

namespace {

constexpr int kAtCursor = -1;

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : " ") + text;
    return all;
}

} // namespace

FiguresDialog::FiguresDialog(Session& session, const Zone& zone, bool hasCursor, QWidget* parent)
    : QDialog(parent)
    , session_(session)
    , zone_(zone)
    , chosen_{roundedWindow(session.selection().place().window),
              session.selection().place().filter.trimmed().toStdString()}
    , told_(new QLabel(this))
    , list_(new QListWidget(this))
    , part_(new QComboBox(this)) {
    setObjectName(QStringLiteral("figuresDialog"));
    setWindowTitle(tr("Numbers of the window in view"));
    const int em = fontMetrics().height();
    resizeWithin(*this, {em * 46, em * 24});
    told_->setTextFormat(Qt::PlainText);
    told_->setWordWrap(true);
    setRole(told_, "muted");
    list_->setObjectName(QStringLiteral("figures"));
    list_->setAccessibleName(tr("Sentences"));
    list_->setWordWrap(true);
    list_->setSpacing(em / 6);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    part_->setObjectName(QStringLiteral("figuresPart"));
    if (hasCursor) part_->addItem(tr("Where the cursor is"), kAtCursor);
    for (const auto& [text, part] :
         {std::pair(tr("Impact"), Part::Impact), std::pair(tr("Root cause"), Part::RootCause),
          std::pair(tr("Resolution"), Part::Resolution),
          std::pair(tr("What went well"), Part::Well),
          std::pair(tr("What went wrong"), Part::Wrong),
          std::pair(tr("Where we got lucky"), Part::Lucky)})
        part_->addItem(text, int(part));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    add_ = buttons->addButton(tr("&Add to the postmortem"), QDialogButtonBox::AcceptRole);
    copy_ = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    add_->setObjectName(QStringLiteral("addFigures"));
    setRole(add_, "primary");
    auto* form = new QFormLayout;
    form->addRow(tr("&Put into"), part_);
    auto* column = new QVBoxLayout(this);
    column->addWidget(told_);
    column->addWidget(list_, 1);
    column->addLayout(form);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copy_, &QPushButton::clicked, this, &FiguresDialog::copy);
    connect(list_, &QListWidget::itemChanged, this, &FiguresDialog::settle);
    settle();
    list_->setFocus();
    ask();
}

void FiguresDialog::ask() {
    told_->setText(tr("Counting …"));
    session_.run(
        QStringLiteral("figures"), this,
        [query = session_.sharedQuery(), chosen = chosen_](const std::stop_token& stop) {
            return figuresOf(chosen, *query, stop);
        },
        [this](const Result<WindowFigures>& figures) { take(figures); });
}

void FiguresDialog::take(const Result<WindowFigures>& figures) {
    if (!figures) return told_->setText(shown(describe(figures.error())));
    const QString window = QString::fromStdString(spanText(chosen_.window, zone_));
    told_->setText(
        (chosen_.filter.empty()
             ? tr("All requests of %1.").arg(window)
             : tr("Requests of %1 that pass the filter %2.").arg(window, shown(chosen_.filter))) +
        QLatin1Char(' ') +
        tr("Window and filter stand in brackets behind each sentence: by them its numbers are "
           "checked, here and by whoever reads the report. The words may be changed."));
    for (const std::string& sentence : figureSentences(chosen_, *figures, zone_)) {
        auto* item = new QListWidgetItem(shownWhole(sentence), list_);
        item->setData(Qt::UserRole, QString::fromStdString(sentence));
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(list_->count() == 1 ? Qt::Checked : Qt::Unchecked);
    }
    list_->setCurrentRow(0);
    settle();
}

void FiguresDialog::settle() {
    const bool some = !sentences().empty();
    add_->setEnabled(some);
    copy_->setEnabled(some);
}

void FiguresDialog::copy() const {
    QApplication::clipboard()->setText(QString::fromStdString(joined(sentences())));
}

std::vector<std::string> FiguresDialog::sentences() const {
    std::vector<std::string> chosen;
    for (int row = 0; row < list_->count(); ++row)
        if (list_->item(row)->checkState() == Qt::Checked)
            chosen.push_back(list_->item(row)->data(Qt::UserRole).toString().toStdString());
    return chosen;
}

std::optional<Part> FiguresDialog::part() const {
    const int chosen = part_->currentData().toInt();
    return chosen == kAtCursor ? std::nullopt : std::optional(static_cast<Part>(chosen));
}

void addTexts(Postmortem& to, Part part, const std::vector<std::string>& texts) {
    if (std::vector<std::string>* paragraphs = textsOf(part, to)) {
        paragraphs->insert(paragraphs->end(), texts.begin(), texts.end());
        return;
    }
    std::string& impact = to.summary.impact;
    impact += (impact.empty() ? "" : " ") + joined(texts);
}

void takeTexts(Postmortem& from, Part part, const std::vector<std::string>& texts) {
    if (std::vector<std::string>* paragraphs = textsOf(part, from)) {
        for (const std::string& text : texts)
            if (const auto it = std::ranges::find(*paragraphs, text); it != paragraphs->end())
                paragraphs->erase(it);
        return;
    }
    std::string& impact = from.summary.impact;
    const std::size_t at = impact.find(joined(texts));
    if (at == std::string::npos) return;
    const std::size_t before = at > 0 && impact[at - 1] == ' ' ? 1 : 0;
    impact.erase(at - before, joined(texts).size() + before);
}

} // namespace postlude
