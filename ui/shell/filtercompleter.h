// SPDX-License-Identifier: GPL-3.0-or-later
// What may be typed next into a filter, in a list below it: fields, comparisons, values of the
// data with how often they occur.
#pragma once

#include "ui/common/fieldvalues.h"
#include "ui/common/filtergap.h"

#include <QCompleter>
#include <QLineEdit>

class QStandardItemModel;

namespace postlude {

class FilterCompleter : public QCompleter {
    Q_OBJECT
public:
    explicit FilterCompleter(QLineEdit* edit);
    void setSession(Session* session) { values_->setSession(session); }
    /// Shows what fits at the cursor; hides itself if nothing does. `asked`: by the user, who
    /// wants to see it even where nothing is typed yet.
    void offer(bool asked = false);
    [[nodiscard]] bool isOpen() const;
    /// True if one of the list is marked, so that Enter takes it.
    [[nodiscard]] bool hasChoice() const;
    /// So much below the field is somebody else's.
    void leaveRoom(int pixels);
    void takeFirst(); ///< the marked one, else the first
    [[nodiscard]] QStringList offered() const;
    /// All fields that lines have; empty until it is known which.
    [[nodiscard]] QStringList fields();

Q_SIGNALS:
    void fieldsKnown();

private:
    struct Offer {
        QString shown, written;
        std::uint64_t count = 0;
    };
    [[nodiscard]] std::vector<Offer> offersAt(const FilterGap& gap);
    [[nodiscard]] std::vector<Offer> comparisons(const QString& field) const;
    void fill(const std::vector<Offer>& offers);
    void take(const QModelIndex& index);
    void place();

    QLineEdit* edit_;
    FieldValues* values_;
    QStandardItemModel* model_;
    FilterGap gap_;
    int room_ = 0; ///< left between the field and the list
    bool asked_ = false;
    bool waiting_ = false; ///< for names or values that are being read
};

} // namespace postlude
