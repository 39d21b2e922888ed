// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/checkspane.h"

#include "core/base/text.h"
#include "ui/common/session.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>
#include <cstdio>
#include <ranges>

namespace postlude {

namespace {

// Of a group: who has thousands of faults mends the first, and sees the next.
constexpr std::size_t kMostShown = 500;

constexpr int kSoonMs = 400;
enum Role : int { PlaceRole = Qt::UserRole, ClaimRole, DetailRole, GroupRole };
enum Group : int { Remarks, Differing, Faults, Unknown, Agreeing };

/// Rows as tall as their text: a tree view by itself breaks lines but leaves no room for them.
class Wrapping : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override {
        const auto* tree = qobject_cast<const QTreeView*>(option.widget);
        if (!tree) return QStyledItemDelegate::sizeHint(option, index);
        const int depth = index.parent().isValid() ? 2 : 1;
        const int line = option.fontMetrics.height();
        const int width =
            std::max(tree->viewport()->width() - depth * tree->indentation() - line, 4 * line);
        const QRect room(0, 0, width, 100 * line);
        const int height =
            option.fontMetrics
                .boundingRect(room, Qt::TextWordWrap, index.data(Qt::DisplayRole).toString())
                .height();
        return {width, height + line / 3};
    }
};

QString onOneLine(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return shown(text);
}

QString titleOf(const Claim& claim) {
    const QString what = onOneLine(claim.what);
    const QString stated = onOneLine(claim.stated);
    if (claim.kind == Claim::Kind::Order)
        return claim.by.empty() ? what : what + QStringLiteral(": ") + onOneLine(claim.by);
    if (claim.state == Claim::State::Differs)
        return ChecksPane::tr("%1: stated %2, the logs say %3")
            .arg(what, stated, onOneLine(claim.logs));
    if (stated.isEmpty())
        return ChecksPane::tr("%1: nothing stated, the logs say %2")
            .arg(what, onOneLine(claim.logs));
    return what.contains(stated) ? what : what + QStringLiteral(": ") + stated;
}

QString detailOf(const Claim& claim) {
    QStringList parts;
    if (!claim.by.empty()) parts << onOneLine(claim.by);
    if (!claim.logs.empty()) parts << ChecksPane::tr("logs: %1").arg(onOneLine(claim.logs));
    if (!claim.how.empty()) parts << onOneLine(claim.how);
    if (parts.isEmpty())
        parts << ChecksPane::tr("Nothing in the logs was found to compare it with");
    return parts.join(QStringLiteral(" · "));
}

} // namespace

ChecksPane::ChecksPane(Document& document, QWidget* parent)
    : QWidget(parent)
    , document_(document)
    , tree_(new QTreeWidget(this))
    , detail_(new QLabel(this))
    , take_(new QPushButton(tr("Use the logs' value"), this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, fontMetrics().height() / 2);
    column->addWidget(tree_, 1);
    column->addWidget(detail_);
    column->addWidget(take_, 0, Qt::AlignLeft);
    tree_->setObjectName(QStringLiteral("checks"));
    tree_->setAccessibleName(tr("Checks"));
    tree_->header()->hide();
    tree_->setWordWrap(true);
    tree_->setItemDelegate(new Wrapping(tree_));
    connect(tree_->header(), &QHeaderView::sectionResized, this,
            [this] { QTimer::singleShot(0, tree_, [this] { tree_->doItemsLayout(); }); });
    tree_->setFrameShape(QFrame::NoFrame);
    tree_->setRootIsDecorated(true);
    tree_->setIndentation(fontMetrics().height());
    tree_->setTextElideMode(Qt::ElideNone);
    tree_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    detail_->setTextFormat(Qt::PlainText);
    detail_->setWordWrap(true);
    setRole(detail_, "muted");
    take_->setObjectName(QStringLiteral("takeLogsValue"));
    soon_.setSingleShot(true);
    connect(&soon_, &QTimer::timeout, this, &ChecksPane::compare);
    connect(&document, &Document::changed, this, &ChecksPane::compareSoon);
    connect(&document, &Document::analysisChanged, this, &ChecksPane::compareSoon);
    connect(&document, &Document::accessChanged, this, &ChecksPane::offer);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, &ChecksPane::fill);
    connect(tree_, &QTreeWidget::currentItemChanged, this, &ChecksPane::offer);
    const auto go = [this](const QTreeWidgetItem* item) {
        const QString place = item->data(0, PlaceRole).toString();
        if (!place.isEmpty()) Q_EMIT placeWanted(place);
    };
    connect(tree_, &QTreeWidget::itemActivated, this, go);
    connect(tree_, &QTreeWidget::itemClicked, this, go);
    connect(take_, &QPushButton::clicked, this, &ChecksPane::takeSelected);
    offer();
}

struct ChecksPane::Found {
    std::vector<Fault> faults;
    Result<std::vector<Claim>> claims;
};

void ChecksPane::setSession(Session* session) {
    session_ = session;
    claims_.clear();
    faults_.clear();
    remarks_.clear();
    fill();
    compareSoon();
}

void ChecksPane::setRemarks(std::vector<ReadingRemark> remarks) {
    remarks_ = std::move(remarks);
    fill();
}

int ChecksPane::agreeing() const {
    return int(std::ranges::count(claims_, Claim::State::Agrees, &Claim::state));
}
int ChecksPane::differing() const {
    return int(std::ranges::count(claims_, Claim::State::Differs, &Claim::state));
}

void ChecksPane::compareSoon() {
    if (!soon_.isActive()) soon_.start(kSoonMs);
}

/// Without logs there are only faults.
void ChecksPane::compare() {
    if (!session_ || !document_.isLoaded()) {
        claims_.clear();
        faults_ = document_.isLoaded() ? faultsOf(document_.now()) : std::vector<Fault>{};
        return fill();
    }
    session_->run(
        QStringLiteral("claims"), this,
        [document = document_.now(),
         analysis = document_.analysis() ? session_->analysis() : nullptr,
         query = session_->sharedQuery()](std::stop_token stop) {
            return Found{faultsOf(document), analysis
                                                 ? claimsOf(document, *analysis, query.get(), stop)
                                                 : Result<std::vector<Claim>>()};
        },
        [this](Found found) { take(std::move(found)); });
}

void ChecksPane::take(Found found) {
    faults_ = std::move(found.faults);
    if (found.claims)
        claims_ = std::move(*found.claims);
    else
        session_->tellFault(found.claims.error());
    fill();
}

QTreeWidgetItem* ChecksPane::addGroup(int id, const QString& title, const QColor& colour) {
    auto* group = new QTreeWidgetItem(tree_, {title});
    group->setForeground(0, colour);
    QFont font = tree_->font();
    font.setWeight(QFont::DemiBold);
    group->setFont(0, font);
    group->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    group->setData(0, GroupRole, id);
    return group;
}

void ChecksPane::addFaults() {
    const Theme& theme = Theme::current();
    if (faults_.empty()) return;
    QTreeWidgetItem* group = addGroup(Faults, tr("To mend (%1)").arg(faults_.size()), theme.bad);
    for (const Fault& fault : faults_ | std::views::take(kMostShown)) {
        // What is of no one place says at least of which part it is.
        const std::string what = fault.place.empty() ? fault.part + ": " + fault.what : fault.what;
        auto* item = new QTreeWidgetItem(group, {onOneLine(what)});
        item->setData(0, PlaceRole, onOneLine(fault.place.empty() ? fault.part : fault.place));
    }
    addMore(group, faults_.size());
}

void ChecksPane::addMore(QTreeWidgetItem* group, std::size_t all) {
    if (all <= kMostShown) return;
    auto* more = new QTreeWidgetItem(group, {tr("… and %1 more").arg(all - kMostShown)});
    more->setForeground(0, Theme::current().muted);
}

/// What the entry says that an instant is of: its kind alone may be that of many.
QString ChecksPane::entryText(const Claim& claim) const {
    constexpr qsizetype longest = 80;
    const std::vector<TimelineEntry>& timeline = document_.now().timeline;
    if (claim.kind != Claim::Kind::Moment) return {};
    std::size_t i = 0;
    if (std::sscanf(claim.place.c_str(), "timeline[%zu]", &i) != 1 || i >= timeline.size())
        return {};
    const QString text = onOneLine(timeline[i].text);
    return QStringLiteral(" – ") +
           (text.size() > longest ? text.left(longest) + QStringLiteral(" …") : text);
}

void ChecksPane::addClaims(int id, const QString& title, Claim::State state, const QColor& colour) {
    QTreeWidgetItem* group = nullptr;
    std::size_t all = 0;
    for (std::size_t i = 0; i < claims_.size(); ++i) {
        const Claim& claim = claims_[i];
        if (claim.state != state) continue;
        if (!group) group = addGroup(id, title, colour);
        if (++all > kMostShown) continue;
        auto* item = new QTreeWidgetItem(group, {titleOf(claim) + entryText(claim)});
        item->setData(0, PlaceRole, onOneLine(claim.place));
        item->setData(0, ClaimRole, int(i));
        item->setData(0, DetailRole, detailOf(claim));
        item->setToolTip(0, plainTip(detailOf(claim)));
    }
    if (!group) return;
    group->setText(0, title.arg(all));
    addMore(group, all);
}

void ChecksPane::addRemarks() {
    if (remarks_.empty()) return;
    QTreeWidgetItem* group =
        addGroup(Remarks, tr("Remarks on the document that was read (%1)").arg(remarks_.size()),
                 Theme::current().warning);
    for (const ReadingRemark& remark : remarks_)
        new QTreeWidgetItem(
            group, {remark.line > 0 ? tr("Line %1: %2").arg(remark.line).arg(onOneLine(remark.text))
                                    : onOneLine(remark.text)});
}

/// Groups stay open or closed as they were, and the selected line stays so.
void ChecksPane::fill() {
    const Theme& theme = Theme::current();
    const QSignalBlocker quiet(tree_);
    for (int i = 0; i < tree_->topLevelItemCount(); ++i) {
        const QTreeWidgetItem* group = tree_->topLevelItem(i);
        const int id = group->data(0, GroupRole).toInt();
        group->isExpanded() ? (void)closed_.erase(id) : (void)closed_.insert(id);
    }
    const QString selected = tree_->currentItem() ? tree_->currentItem()->text(0) : QString();
    tree_->clear();
    addRemarks();
    addClaims(Differing, tr("Differs from the logs (%1)"), Claim::State::Differs, theme.bad);
    addFaults();
    addClaims(Unknown, tr("Nothing in the logs to compare with (%1)"), Claim::State::NoData,
              theme.muted);
    addClaims(Agreeing, tr("Agrees with the logs (%1)"), Claim::State::Agrees, theme.good);
    for (int i = 0; i < tree_->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = tree_->topLevelItem(i);
        group->setExpanded(!closed_.contains(group->data(0, GroupRole).toInt()));
        for (int k = 0; k < group->childCount(); ++k)
            if (group->child(k)->text(0) == selected) tree_->setCurrentItem(group->child(k));
    }
    offer();
    document_.setDiffering(std::size_t(differing()));
    Q_EMIT refreshed();
}

void ChecksPane::offer() {
    const QTreeWidgetItem* item = tree_->currentItem();
    detail_->setText(item ? item->data(0, DetailRole).toString() : QString());
    detail_->setVisible(!detail_->text().isEmpty());
    const QVariant index = item ? item->data(0, ClaimRole) : QVariant();
    const auto usable = [&](const Claim& claim) {
        // What was kept as it stood has no field to put a value into.
        return claim.state != Claim::State::Agrees && !claim.logs.empty() &&
               !claim.place.starts_with("kept[");
    };
    take_->setVisible(index.isValid() && !document_.isReadOnly() &&
                      usable(claims_[std::size_t(index.toInt())]));
}

void ChecksPane::takeSelected() {
    const QTreeWidgetItem* item = tree_->currentItem();
    if (!item || !item->data(0, ClaimRole).isValid()) return;
    const Claim claim = claims_[std::size_t(item->data(0, ClaimRole).toInt())];
    document_.edit(claim.place + " from the logs", [&](Postmortem& d) { takeLogsValue(d, claim); });
}

} // namespace postlude
