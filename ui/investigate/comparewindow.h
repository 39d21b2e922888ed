// SPDX-License-Identifier: GPL-3.0-or-later
// What the bad requests of a window have that the good ones have not, or what all of a window have
// that those of another have not.
#pragma once

#include "ui/investigate/insightwindow.h"

namespace postlude {

class CompareWindow : public InsightWindow {
    Q_OBJECT
public:
    CompareWindow(Session& session, QWidget* parent);

protected:
    void ask() override;
    void periodsChanged() override;

private:
    void take(const Result<Comparison>& result, bool good);

    QComboBox* with_;
    std::vector<Period> others_; ///< behind the first choice, which is "the good ones"
};

} // namespace postlude
