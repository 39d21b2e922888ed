// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/formatlist.h"

#include "ui/common/plaintable.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QDialogButtonBox>
#include <QFutureWatcher>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>
#include <QtConcurrentRun>

namespace postlude {

void FormatsModel::show(std::vector<std::shared_ptr<const Format>> formats) {
    std::ranges::sort(formats, {}, &Format::title);
    setRows(formats.size(), [&] { formats_ = std::move(formats); });
}

QVariant FormatsModel::cell(int row, int column, int role) const {
    if (role != Qt::DisplayRole) return {};
    const Format& format = at(row);
    if (column == 0) return shown(format.title());
    if (column == 1) return shown(format.name());
    if (!format.origin().empty()) return tr("yours");
    return format.samples().empty() && format.name().find(':') != std::string::npos
               ? tr("this case")
               : tr("built in");
}

QString FormatsModel::title(int column) const {
    return column == 0 ? tr("Format") : column == 1 ? tr("Name") : tr("From");
}

FormatList::FormatList(ImportOptions options, const Case* file, QWidget* parent)
    : QDialog(parent)
    , model_(new FormatsModel(this))
    , filtered_(new QSortFilterProxyModel(this))
    , table_(plainTable(filtered_, tr("Formats"), this))
    , details_(new QPlainTextEdit(this))
    , counts_(new QLabel(tr("Gathering …"), this)) {
    setObjectName(QStringLiteral("formatList"));
    setWindowTitle(tr("Formats"));
    resize(parent ? parent->size() * 0.9 : QSize(1000, 640));
    auto* column = new QVBoxLayout(this);
    auto* search = new QLineEdit(this);
    search->setPlaceholderText(tr("Find a format"));
    search->setAccessibleName(search->placeholderText());
    search->setClearButtonEnabled(true);
    column->addWidget(search);
    auto* splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(table_);
    splitter->addWidget(details_);
    splitter->setStretchFactor(0, 3); // titles and names are to be read whole
    splitter->setStretchFactor(1, 2);
    column->addWidget(splitter, 1);
    counts_->setTextFormat(Qt::PlainText);
    counts_->setWordWrap(true);
    counts_->setProperty("role", QByteArray("muted"));
    column->addWidget(counts_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);

    filtered_->setSourceModel(model_);
    filtered_->setFilterKeyColumn(-1);
    filtered_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    table_->horizontalHeader()->setStretchLastSection(false);
    details_->setReadOnly(true);
    details_->setFont(Theme::current().mono());
    details_->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    details_->setAccessibleName(tr("The chosen format, with sample lines"));
    connect(search, &QLineEdit::textChanged, filtered_,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &FormatList::showFormat);

    // The first catalogue of a program compiles every pattern: too long for this thread.
    auto* watcher = new QFutureWatcher<std::shared_ptr<Gathered>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this,
            [this, watcher] { take(std::move(*watcher->result())); });
    watcher->setFuture(QtConcurrent::run([options = std::move(options), file] {
        auto gathered = std::make_shared<Gathered>(Gathered{std::unexpected(Error{}), {}});
        gathered->catalogue = catalogueFor(options, file, gathered->refused);
        return gathered;
    }));
    wait_ = [watcher] { watcher->waitForFinished(); };
}

FormatList::~FormatList() {
    wait_();
}

void FormatList::take(Gathered gathered) {
    if (!gathered.catalogue) {
        counts_->setText(shown(describe(gathered.catalogue.error())));
        return;
    }
    model_->show(gathered.catalogue->formats());
    table_->resizeColumnsToContents();
    // The title gives way, so that no column is cut off.
    table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table_->selectRow(0);
    QStringList said{tr("%n formats", "", model_->rowCount())};
    for (const Error& refused : gathered.refused)
        said << tr("not taken: %1").arg(shown(describe(refused)));
    counts_->setText(said.join(QLatin1Char('\n')));
}

void FormatList::showFormat() {
    const QModelIndex index = filtered_->mapToSource(table_->currentIndex());
    if (!index.isValid()) return details_->clear();
    const Format& format = model_->at(index.row());
    QStringList lines{shown(format.title()), tr("Name: %1").arg(shown(format.name()))};
    if (!format.reader().empty()) lines << tr("Read by: %1").arg(shown(format.reader()));
    if (!format.origin().empty()) lines << tr("File: %1").arg(shown(format.origin()));
    if (const auto samples = format.samples(); !samples.empty()) {
        lines << QString() << tr("Lines that it reads:");
        for (const std::string& sample : samples)
            for (const QString& line : QString::fromStdString(sample).split(QLatin1Char('\n')))
                lines << shown(line.toStdString());
    }
    details_->setPlainText(lines.join(QLatin1Char('\n')));
}

} // namespace postlude
