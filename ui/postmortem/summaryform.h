// SPDX-License-Identifier: GPL-3.0-or-later
// Head and issue summary: what, who, from when to when, how many — each number with what the
// logs say of it.
#pragma once

#include "ui/postmortem/document.h"
#include "ui/postmortem/fieldgrid.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace postlude {

/// Title, status, severity, people.
class HeadForm : public FieldGrid {
    Q_OBJECT
public:
    explicit HeadForm(Document& document, QWidget* parent = nullptr);
};

/// Start, end, causes and resolution; or how many were hit.
class SummaryForm : public FieldGrid {
    Q_OBJECT
public:
    enum class Part : std::uint8_t { Summary, Impact };
    SummaryForm(Document& document, Part part, QWidget* parent = nullptr);

private:
    void addTimes();
    /// A time of this case as the fields are written.
    [[nodiscard]] QString example() const;
    [[nodiscard]] QString notRead(const std::string& written) const;
    void addShares();
    /// What a person wrote that was read as something else: there if there is any.
    void addAsWritten();
    void addText(const QString& label, const char* name, std::string& (*part)(Postmortem&));
    QLineEdit* makeTime(const char* name, const std::string& what,
                        std::optional<Instant> Summary::* part, std::string Summary::* written);
    Document& document_;
};

/// "✓ logs: 39.6 % of clients", with a button that puts the logs' value in the field.
class ClaimLine : public QWidget {
    Q_OBJECT
public:
    using Check = ClaimCheck (*)(const Postmortem&, const Analysis&);
    using Use = std::function<void(Postmortem&, const std::string& logs)>;
    /// `place` as in claims: pointing at the line tells how much the number hangs on what was
    /// chosen.
    ClaimLine(Document& document, std::string what, std::string place, Check check, Use use,
              QWidget* parent);
    /// What is wrong with the field, whatever the logs say; empty: nothing.
    using Fault = std::function<QString(const Postmortem&)>;
    void setFault(Fault fault);
    [[nodiscard]] ClaimCheck::State state() const { return state_; }

protected:
    bool event(QEvent* event) override;

private:
    void refresh();
    void askSensitivity();
    Document& document_;
    Check check_;
    Use use_;
    Fault fault_;
    std::string what_, place_, logs_;
    QString sensitivity_; ///< empty: not asked yet
    bool asked_ = false;
    ClaimCheck::State state_ = ClaimCheck::State::NoData;
    QLabel* wrong_;
    QLabel* label_;
    QPushButton* button_;
};

} // namespace postlude
