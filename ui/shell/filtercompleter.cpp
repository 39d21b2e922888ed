// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/filtercompleter.h"

#include "core/query/quoted.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace postlude {

namespace {

constexpr std::size_t kMostOffers = 60;
constexpr int kRows = 10;

enum Role : int { WrittenRole = Qt::UserRole + 50, CountRole };

/// How often a value occurs stands at the right.
class OfferDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const QString count = index.data(CountRole).toString();
        painter->save();
        painter->setFont(Theme::current().small());
        painter->setPen(Theme::current().muted);
        painter->drawText(option.rect.adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter,
                          count);
        painter->restore();
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(90, 6);
    }
};

} // namespace

FilterCompleter::FilterCompleter(QLineEdit* edit)
    : QCompleter(edit)
    , edit_(edit)
    , values_(new FieldValues(this))
    , model_(new QStandardItemModel(this)) {
    setModel(model_);
    setWidget(edit);
    setCompletionMode(UnfilteredPopupCompletion);
    setMaxVisibleItems(kRows);
    popup()->setItemDelegate(new OfferDelegate(popup()));
    popup()->setObjectName(QStringLiteral("filterOffers"));
    popup()->setAccessibleName(tr("What may be typed here"));
    const auto dress = [this] {
        const Theme& theme = Theme::current();
        popup()->setStyleSheet(
            QStringLiteral("QListView { background: %1; color: %2; border: 1px solid %3; }"
                           "QListView::item:selected { background: %4; color: %2; }")
                .arg(theme.raised.name(), theme.text.name(), theme.accent.name(),
                     theme.selection.name()));
    };
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, dress);
    dress();
    connect(this, qOverload<const QModelIndex&>(&QCompleter::activated), this,
            [this](const QModelIndex& index) { take(index); });
    connect(values_, &FieldValues::changed, this, &FilterCompleter::fieldsKnown);
    connect(values_, &FieldValues::changed, this, [this] {
        // Its window may not be the active one while a list is being closed.
        const bool typing = edit_->window()->focusWidget() == edit_;
        if (typing && (isOpen() || waiting_)) offer(asked_);
    });
}

bool FilterCompleter::isOpen() const {
    return popup()->isVisible();
}

bool FilterCompleter::hasChoice() const {
    return isOpen() && popup()->currentIndex().isValid();
}

QStringList FilterCompleter::fields() {
    const QStringList all = values_->fields();
    return values_->isComplete() ? all : QStringList{};
}

QStringList FilterCompleter::offered() const {
    QStringList all;
    for (int row = 0; row < model_->rowCount(); ++row)
        all << model_->item(row)->text();
    return all;
}

std::vector<FilterCompleter::Offer> FilterCompleter::comparisons(const QString& field) const {
    const auto offer = [](const char* sign, const QString& meaning) {
        return Offer{QString::fromUtf8(sign) + QStringLiteral("   ") + meaning,
                     QString::fromUtf8(sign), 0};
    };
    std::vector<Offer> all{offer("=", tr("is")), offer("!=", tr("is not"))};
    const bool counts = values_->isNumeric(field) || field == QLatin1String("time") ||
                        field == QLatin1String("line") || field == QLatin1String("level");
    if (counts)
        for (const auto& [sign, meaning] : {std::pair(">=", tr("at least")),
                                            {"<=", tr("at most")},
                                            {">", tr("more than")},
                                            {"<", tr("less than")}})
            all.push_back(offer(sign, meaning));
    else
        for (const auto& [sign, meaning] : {std::pair("contains", tr("has these letters in it")),
                                            {"~", tr("matches a regular expression")}})
            all.push_back(offer(sign, meaning));
    all.push_back(offer("in", tr("is one of a list in brackets")));
    return all;
}

std::vector<FilterCompleter::Offer> FilterCompleter::offersAt(const FilterGap& gap) {
    using What = FilterGap::What;
    std::vector<Offer> all;
    switch (gap.what) {
    case What::Field:
        for (const QString& field : values_->fields())
            all.push_back({field, QString::fromStdString(fieldForFilter(field.toStdString())), 0});
        break;
    case What::Comparison:
        return comparisons(gap.field);
    case What::Value:
        for (const FieldValue& value : values_->values(gap.field))
            all.push_back({value.text, value.written, value.count});
        break;
    case What::Joint:
        if (gap.quoted && values_->fields().contains(gap.field)) all = comparisons(gap.field);
        all.insert(all.end(), {{QStringLiteral("and"), QStringLiteral("and"), 0},
                               {QStringLiteral("or"), QStringLiteral("or"), 0}});
        break;
    default:
        break;
    }
    // What begins like it, then what has it somewhere.
    const auto rank = [&](const Offer& offer) {
        if (offer.shown.startsWith(gap.typed, Qt::CaseInsensitive)) return 0;
        return offer.shown.contains(gap.typed, Qt::CaseInsensitive) ? 1 : 2;
    };
    std::erase_if(all, [&](const Offer& offer) { return rank(offer) == 2; });
    std::ranges::stable_sort(all, {}, rank);
    if (all.size() > kMostOffers) all.resize(kMostOffers);
    return all;
}

void FilterCompleter::fill(const std::vector<Offer>& offers) {
    model_->clear();
    for (const Offer& offer : offers) {
        auto* item = new QStandardItem(offer.shown);
        item->setData(offer.written, WrittenRole);
        item->setData(offer.count ? shortCount(offer.count) : QString(), CountRole);
        item->setData(offer.count ? tr("%1, %2 times", nullptr, counted(offer.count))
                                        .arg(offer.shown, wholeCount(offer.count))
                                  : offer.shown,
                      Qt::AccessibleTextRole);
        model_->appendRow(item);
    }
}

void FilterCompleter::offer(bool asked) {
    asked_ = asked;
    gap_ = filterGapAt(edit_->text(), edit_->cursorPosition());
    const bool nothing = gap_.typed.isEmpty() && gap_.what != FilterGap::What::Value && !asked &&
                         !(gap_.what == FilterGap::What::Comparison);
    const std::vector<Offer> offers = nothing ? std::vector<Offer>{} : offersAt(gap_);
    const bool unread = gap_.what == FilterGap::What::Value ||
                        (gap_.what == FilterGap::What::Field && !values_->isComplete());
    waiting_ = !nothing && offers.empty() && unread;
    // A list of the one thing that is there already is in the way.
    const bool there = offers.size() == 1 &&
                       (offers.front().shown == gap_.typed || offers.front().written == gap_.typed);
    if (offers.empty() || there) return popup()->hide();
    fill(offers);
    popup()->setFont(Theme::current().mono());
    place();
    popup()->setCurrentIndex({});
}

void FilterCompleter::place() {
    const int x = edit_->inputMethodQuery(Qt::ImCursorRectangle).toRect().left();
    const int wide =
        popup()->sizeHintForColumn(0) + 2 * popup()->verticalScrollBar()->sizeHint().width();
    complete(QRect(std::max(0, x - 12), 2, std::clamp(wide, 220, 640), edit_->height() + room_));
}

/// The field tells it after the list was opened: what is wrong is known only then.
void FilterCompleter::leaveRoom(int pixels) {
    if (room_ == pixels) return;
    const int by = pixels - std::exchange(room_, pixels);
    if (isOpen()) popup()->move(popup()->pos() + QPoint(0, by));
}

void FilterCompleter::takeFirst() {
    const QModelIndex chosen = popup()->currentIndex();
    take(chosen.isValid() ? chosen : completionModel()->index(0, 0));
}

/// The list goes on with what may come next.
void FilterCompleter::take(const QModelIndex& index) {
    if (!index.isValid()) return;
    popup()->hide();
    const QString written = index.data(WrittenRole).toString();
    const bool list = gap_.what != FilterGap::What::Field && gap_.what != FilterGap::What::Value &&
                      written == QLatin1String("in");
    const QString behind = edit_->text().mid(gap_.to);
    QString put = written + (list ? QStringLiteral(" (") : QString());
    if (!list && !behind.startsWith(QLatin1Char(' ')) && gap_.what != FilterGap::What::Value)
        put += QLatin1Char(' ');
    edit_->setSelection(static_cast<int>(gap_.from), static_cast<int>(gap_.to - gap_.from));
    edit_->insert(put);
    if (gap_.what != FilterGap::What::Value) offer(true);
}

} // namespace postlude
