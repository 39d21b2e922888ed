// SPDX-License-Identifier: GPL-3.0-or-later
// The main windows of the program. Each has a case of its own; closing one leaves the others.
#pragma once

#include "ui/shell/mainwindow.h"

namespace postlude {

class Windows : public QObject {
    Q_OBJECT
public:
    using Paths = std::vector<std::filesystem::path>;
    /// `reading`: how bundles are read that are opened in any of them.
    explicit Windows(ImportOptions reading, QObject* parent = nullptr);
    ~Windows() override; ///< with all that are open

    /// One more, shown; it opens `paths`, or begins with the welcome page.
    MainWindow& add(const Paths& paths = {});
    /// Those that were not closed, the oldest first.
    [[nodiscard]] std::vector<MainWindow*> all() const;
    /// As when all are closed: what each had open, which is nothing on a welcome page.
    std::vector<Paths> leave();

private:
    void place(MainWindow& fresh) const;

    ImportOptions reading_;
    std::vector<QPointer<MainWindow>> windows_;
};

} // namespace postlude
