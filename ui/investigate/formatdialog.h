// SPDX-License-Identifier: GPL-3.0-or-later
// How a source is read: the formats that fit, what its first lines are then, and the user's
// correction of format, zone and year.
#pragma once

#include "core/ingest/corrections.h"
#include "core/ingest/preview.h"
#include "ui/common/session.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableView;

namespace postlude {

class ChoicesModel;
class PreviewModel;

class FormatDialog : public QDialog {
    Q_OBJECT
public:
    /// `session` outlives the dialog.
    FormatDialog(Session& session, const SourceInfo& source, QWidget* parent);

private:
    struct Loaded {
        Result<SourceSample> sample;
        std::shared_ptr<const Catalogue> catalogue;
        FormatChoices choices;
    };
    void addChoices(QWidget* side);
    void addSettings(QWidget* side);
    void addString(QWidget* side);
    void addPreview(QWidget* side);
    void addButtons();
    void load();
    void take(Loaded loaded);
    void choose(const std::shared_ptr<const Format>& format);
    void putFirst(FormatChoice judged);
    void tryString();
    void renew(); ///< the preview
    void showPreview(Preview preview);
    void apply();
    void applyAutomatic();
    void readAgain(const Corrections& stated);
    [[nodiscard]] std::shared_ptr<const Format> chosen() const;
    [[nodiscard]] std::optional<Zone> zone() const; ///< nothing: none is stated, or no such zone
    [[nodiscard]] bool zoneIsRight() const;

    Session& session_;
    SourceInfo source_;
    Corrections stated_; ///< of the case, with the string tried last
    std::size_t stringsOfCase_ = 0;
    std::shared_ptr<const SourceSample> sample_;
    std::shared_ptr<const Catalogue> catalogue_; ///< with the string tried last
    std::shared_ptr<const Catalogue> known_;     ///< without it
    ChoicesModel* choices_;
    PreviewModel* preview_;
    QTableView* list_ = nullptr;
    QTableView* table_ = nullptr;
    QComboBox* others_ = nullptr;
    QComboBox* zones_ = nullptr;
    QSpinBox* year_ = nullptr;
    QComboBox* dialect_ = nullptr;
    QLineEdit* string_ = nullptr;
    QLabel* what_ = nullptr;
    QLabel* fault_ = nullptr;
    QLabel* counts_ = nullptr;
    QPushButton* again_ = nullptr;
    QPushButton* automatic_ = nullptr;
};

} // namespace postlude
