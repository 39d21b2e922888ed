// SPDX-License-Identifier: GPL-3.0-or-later
// The names and values that fields have in the case that is open, for completion. Read off the GUI
// thread when they are first asked for, and kept until more records are read.
#pragma once

#include "ui/common/session.h"

#include <QSet>

namespace postlude {

struct FieldValue {
    QString text;            ///< as it is shown
    QString written;         ///< as the filter language writes it
    std::uint64_t count = 0; ///< how often; of a sample where there are very many records
};

class FieldValues : public QObject {
    Q_OBJECT
public:
    explicit FieldValues(QObject* parent = nullptr);
    void setSession(Session* session);
    /// The filter's own and those that the logs have besides, by name; without the quotation marks
    /// that fieldForFilter() puts around some.
    [[nodiscard]] QStringList fields();
    /// Those of the logs are among fields().
    [[nodiscard]] bool isComplete() const { return complete_; }
    /// Most frequent first; empty until changed() told of them, or if there are none.
    [[nodiscard]] std::vector<FieldValue> values(const QString& field);
    [[nodiscard]] bool isNumeric(const QString& field) const;

Q_SIGNALS:
    void changed(); ///< fields() or values() have more to tell

private:
    using Read = std::vector<std::pair<std::string, std::uint64_t>>;
    void forget();
    void sample();
    void read(const QString& field);
    [[nodiscard]] Read fixed(const QString& field) const;

    Session* session_ = nullptr;
    QHash<QString, std::vector<FieldValue>> known_;
    QSet<QString> asked_, numeric_;
    QStringList names_;
    bool sampled_ = false, complete_ = false;
};

} // namespace postlude
