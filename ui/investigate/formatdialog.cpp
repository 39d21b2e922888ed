// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/formatdialog.h"

#include "ui/common/plaintable.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/previewmodel.h"

#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QTableView>
#include <QTimeZone>
#include <QVBoxLayout>

namespace postlude {

namespace {

constexpr int kNoYear = 1969; ///< of the spin box: none is stated

QLabel* plainLabel(const QString& text, const char* role, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("role", QByteArray(role));
    return label;
}

/// Typed names are looked for anywhere in the entries.
void searchable(QComboBox* box) {
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->completer()->setFilterMode(Qt::MatchContains);
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
}

} // namespace

FormatDialog::FormatDialog(Session& session, const SourceInfo& source, QWidget* parent)
    : QDialog(parent)
    , session_(session)
    , source_(source)
    , stated_(correctionsOf(session.caseFile()))
    , stringsOfCase_(stated_.logFormats.size())
    , choices_(new ChoicesModel(this))
    , preview_(new PreviewModel(this)) {
    setObjectName(QStringLiteral("formatDialog"));
    setWindowTitle(tr("How %1 is read").arg(shown(source.path)));
    resize(parent ? parent->window()->size() * 0.85 : QSize(1100, 700));
    auto* column = new QVBoxLayout(this);
    what_ = plainLabel(tr("Reading the first lines …"), "title", this);
    column->addWidget(what_);
    auto* splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    column->addWidget(splitter, 1);
    auto* left = new QWidget(splitter);
    auto* side = new QVBoxLayout(left);
    side->setContentsMargins(0, 0, 8, 0);
    addChoices(left);
    addSettings(left);
    addString(left);
    auto* right = new QWidget(splitter);
    (new QVBoxLayout(right))->setContentsMargins(8, 0, 0, 0);
    addPreview(right);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    addButtons();
    load();
}

void FormatDialog::addChoices(QWidget* side) {
    list_ = plainTable(choices_, tr("Formats that may fit"), side);
    list_->setObjectName(QStringLiteral("choices"));
    list_->horizontalHeader()->setStretchLastSection(true);
    side->layout()->addWidget(list_);
    connect(list_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &FormatDialog::renew);
}

void FormatDialog::addSettings(QWidget* side) {
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    others_ = new QComboBox(side);
    searchable(others_);
    others_->setObjectName(QStringLiteral("otherFormat"));
    form->addRow(tr("&Another format:"), others_);
    zones_ = new QComboBox(side);
    zones_->addItem(tr("As the lines say, else UTC"));
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds())
        zones_->addItem(QString::fromLatin1(id));
    searchable(zones_);
    zones_->setObjectName(QStringLiteral("zone"));
    zones_->setToolTip(plainTip(tr("Zone of the clock that wrote the lines: a name, or +hh:mm")));
    form->addRow(tr("Time &zone:"), zones_);
    year_ = new QSpinBox(side);
    year_->setRange(kNoYear, 2200);
    year_->setSpecialValueText(tr("By the file's date"));
    year_->setObjectName(QStringLiteral("year"));
    form->addRow(tr("&Year of the first line:"), year_);
    static_cast<QVBoxLayout*>(side->layout())->addLayout(form);

    const auto it = stated_.sources.find(source_.path);
    if (it != stated_.sources.end()) {
        if (!it->second.zone.empty())
            zones_->setCurrentText(QString::fromStdString(it->second.zone));
        if (it->second.year) year_->setValue(*it->second.year);
    }
    connect(others_, &QComboBox::activated, this, [this](int row) {
        if (catalogue_) choose(catalogue_->named(others_->itemData(row).toString().toStdString()));
    });
    connect(zones_, &QComboBox::currentTextChanged, this, &FormatDialog::renew);
    connect(year_, &QSpinBox::valueChanged, this, &FormatDialog::renew);
}

void FormatDialog::addString(QWidget* side) {
    auto* row = new QHBoxLayout;
    dialect_ = new QComboBox(side);
    for (const char* name : {"haproxy", "nginx", "apache", "envoy", "postgresql", "squid"})
        dialect_->addItem(QString::fromLatin1(name));
    dialect_->setObjectName(QStringLiteral("dialect"));
    dialect_->setAccessibleName(tr("Server that writes by the format string"));
    string_ = new QLineEdit(side);
    string_->setPlaceholderText(tr("The server's own format string"));
    string_->setAccessibleName(tr("Format string"));
    string_->setObjectName(QStringLiteral("formatString"));
    auto* button = new QPushButton(tr("&Try"), side);
    button->setAutoDefault(false);
    row->addWidget(dialect_);
    row->addWidget(string_, 1);
    row->addWidget(button);
    static_cast<QVBoxLayout*>(side->layout())->addLayout(row);
    fault_ = plainLabel({}, "bad", side);
    fault_->hide();
    side->layout()->addWidget(fault_);
    connect(button, &QPushButton::clicked, this, &FormatDialog::tryString);
    connect(string_, &QLineEdit::returnPressed, this, &FormatDialog::tryString);
}

void FormatDialog::addPreview(QWidget* side) {
    table_ = plainTable(preview_, tr("First lines as they are read"), side);
    table_->setObjectName(QStringLiteral("firstLines"));
    side->layout()->addWidget(table_);
    counts_ = plainLabel({}, "muted", side);
    side->layout()->addWidget(counts_);
}

void FormatDialog::addButtons() {
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    again_ = buttons->addButton(tr("&Read again like this"), QDialogButtonBox::ActionRole);
    setRole(again_, "primary");
    automatic_ = buttons->addButton(tr("Leave it to &Postlude"), QDialogButtonBox::ResetRole);
    automatic_->setToolTip(
        plainTip(tr("Forgets what was stated about this source, and reads it again")));
    automatic_->setEnabled(stated_.sources.contains(source_.path));
    again_->setEnabled(false);
    layout()->addWidget(buttons);
    // Return in a field tries what was typed there; it must not read the source again (which it
    // would with a button of the accepting role, whatever autoDefault says).
    const auto all = findChildren<QPushButton*>();
    for (QPushButton* button : all)
        button->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(again_, &QPushButton::clicked, this, &FormatDialog::apply);
    connect(automatic_, &QPushButton::clicked, this, &FormatDialog::applyAutomatic);
}

void FormatDialog::load() {
    session_.run(
        QStringLiteral("format.sample"), this,
        [&file = session_.caseFile(), options = session_.reading(), path = source_.path,
         format = source_.format](std::stop_token) {
            Loaded loaded{sampleOf(file, path), nullptr, {}};
            std::vector<Error> refused;
            auto catalogue = catalogueFor(withCorrections(options, file), &file, refused);
            if (catalogue)
                loaded.catalogue = std::make_shared<const Catalogue>(std::move(*catalogue));
            if (loaded.sample && loaded.catalogue)
                loaded.choices = formatChoices(*loaded.catalogue, *loaded.sample, format);
            return loaded;
        },
        [this](Loaded loaded) { take(std::move(loaded)); });
}

void FormatDialog::take(Loaded loaded) {
    if (!loaded.sample || !loaded.catalogue) {
        what_->setText(loaded.sample ? tr("The formats could not be loaded.")
                                     : shown(describe(loaded.sample.error())));
        return setRole(what_, "bad");
    }
    sample_ = std::make_shared<const SourceSample>(std::move(*loaded.sample));
    known_ = catalogue_ = std::move(loaded.catalogue);
    what_->setText(tr("By itself Postlude takes this for: %1").arg(shown(loaded.choices.what)));
    auto formats = catalogue_->formats();
    std::ranges::sort(formats, {}, &Format::title);
    for (const auto& format : formats)
        others_->addItem(shown(format->title()), QString::fromStdString(format->name()));
    others_->setCurrentIndex(-1);
    others_->lineEdit()->setPlaceholderText(tr("%n known", "", static_cast<int>(formats.size())));
    choices_->show(std::move(loaded.choices.list));
    list_->resizeColumnToContents(0);
    list_->setColumnWidth(0, std::min(list_->columnWidth(0), list_->width() / 2));
    list_->resizeColumnToContents(1);
    for (std::size_t i = 0; i < choices_->choices().size(); ++i)
        if (choices_->choices()[i].format->name() == source_.format)
            return list_->selectRow(static_cast<int>(i));
    if (!choices_->choices().empty()) list_->selectRow(0);
}

/// Judging a format takes as long as detecting one.
void FormatDialog::choose(const std::shared_ptr<const Format>& format) {
    if (!format || !sample_) return;
    session_.run(
        QStringLiteral("format.judge"), this,
        [sample = sample_, catalogue = catalogue_, format](std::stop_token) {
            auto judged = formatChoices(*catalogue, *sample, format->name(), 1).list;
            return judged.empty() ? FormatChoice{format, 0, {}} : std::move(judged.front());
        },
        [this](FormatChoice judged) { putFirst(std::move(judged)); });
}

void FormatDialog::putFirst(FormatChoice judged) {
    auto choices = choices_->choices();
    const std::string name = judged.format->name();
    std::erase_if(choices, [&](const FormatChoice& c) { return c.format->name() == name; });
    choices.insert(choices.begin(), std::move(judged));
    choices_->show(std::move(choices));
    list_->selectRow(0);
}

void FormatDialog::tryString() {
    if (!catalogue_) return;
    const std::string dialect = dialect_->currentText().toStdString();
    const std::string string = string_->text().toStdString();
    // The case keeps the string that is taken, not those that were tried before it.
    stated_.logFormats.resize(stringsOfCase_);
    Catalogue more = *known_;
    const std::string name = "own:" + std::to_string(stated_.logFormats.size() + 1);
    const auto added = more.addDialect(dialect, name, string);
    fault_->setVisible(!added);
    string_->setProperty("valid", QByteArray(added ? "yes" : "no"));
    setRole(string_, "");
    if (!added) {
        fault_->setText(shown(added.error().what)); // names the column
        return string_->setCursorPosition(static_cast<int>(added.error().place.offset));
    }
    stated_.logFormats.emplace_back(dialect, string);
    const auto format = more.formats().back();
    catalogue_ = std::make_shared<const Catalogue>(std::move(more));
    choose(format);
}

std::shared_ptr<const Format> FormatDialog::chosen() const {
    const int row = list_->currentIndex().row();
    const auto& all = choices_->choices();
    return row >= 0 && static_cast<std::size_t>(row) < all.size()
               ? all[static_cast<std::size_t>(row)].format
               : nullptr;
}

std::optional<Zone> FormatDialog::zone() const {
    if (zones_->currentIndex() == 0 && zones_->currentText() == zones_->itemText(0)) return {};
    return Zone::named(zones_->currentText().trimmed().toStdString());
}

bool FormatDialog::zoneIsRight() const {
    return zones_->currentText() == zones_->itemText(0) || zone().has_value();
}

void FormatDialog::renew() {
    const auto format = chosen();
    zones_->lineEdit()->setProperty("valid", QByteArray(zoneIsRight() ? "" : "no"));
    setRole(zones_->lineEdit(), "");
    again_->setEnabled(format != nullptr && zoneIsRight() &&
                       session_.caseFile().mode() == OpenMode::ReadWrite);
    if (!format || !sample_ || !zoneIsRight()) return;
    ReadAs as{format, zone(), {}};
    if (year_->value() != kNoYear) as.year = year_->value();
    session_.run(
        QStringLiteral("format.preview"), this,
        [sample = sample_, as](std::stop_token) { return preview(*sample, as); },
        [this](Preview done) { showPreview(std::move(done)); });
}

void FormatDialog::showPreview(Preview done) {
    QStringList said{tr("%1 records in the sample", nullptr, counted(done.records))
                         .arg(wholeCount(done.records)),
                     tr("%1 further lines of theirs", nullptr, counted(done.continued))
                         .arg(wholeCount(done.continued)),
                     tr("%1 unread", nullptr, counted(done.unread)).arg(wholeCount(done.unread))};
    if (done.zoneless > 0) said << tr("their times state no zone");
    if (done.yearless > 0) said << tr("their dates state no year");
    if (!done.fault.empty()) said << shown(done.fault);
    counts_->setText(said.join(QStringLiteral("; ")));
    year_->setEnabled(done.yearless > 0 || year_->value() != kNoYear);
    preview_->show(std::move(done), session_.selection().zone());
    table_->resizeColumnsToContents();
    for (int i = 0; i < preview_->columnCount(); ++i)
        if (table_->columnWidth(i) > 320) table_->setColumnWidth(i, 320);
}

void FormatDialog::apply() {
    const auto format = chosen();
    if (!format) return;
    Correction& mine = stated_.sources[source_.path];
    mine.format = format->name();
    mine.zone = zone() ? zones_->currentText().trimmed().toStdString() : std::string();
    mine.year = year_->value() == kNoYear ? std::nullopt : std::optional<int>(year_->value());
    readAgain(stated_);
}

void FormatDialog::applyAutomatic() {
    stated_ = correctionsOf(session_.caseFile());
    stated_.sources.erase(source_.path);
    readAgain(stated_);
}

void FormatDialog::readAgain(const Corrections& stated) {
    session_.readAgain(source_.path, stated);
    accept();
}

} // namespace postlude
