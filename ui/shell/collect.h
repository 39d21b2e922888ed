// SPDX-License-Identifier: GPL-3.0-or-later
// What to collect after an outage: a checklist, and a command that gathers a host's logs.
#pragma once

#include <QWidget>

namespace postlude {

class TextLabel;

class CollectBox : public QWidget {
    Q_OBJECT
public:
    explicit CollectBox(QWidget* parent = nullptr);
    [[nodiscard]] TextLabel* heading() const { return heading_; }

    /// The script that comes with the program (resources/collect/postlude-collect).
    static QByteArray script();
    /// For pasting into a shell: the script, run by sh for the last day.
    static QString command();

private:
    void saveScript();

    TextLabel* heading_;
    TextLabel* told_;
};

} // namespace postlude
