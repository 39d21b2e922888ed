// SPDX-License-Identifier: GPL-3.0-or-later
// What one sees before a case is open: open something, go on with something, try a sample.
#pragma once

#include <QStringList>
#include <QWidget>
#include <memory>

namespace postlude {

struct EndedRun;

class WelcomePage : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePage(QWidget* parent = nullptr);
    ~WelcomePage() override;
    /// Case files or bundles, newest first; those that are gone are left out.
    void setRecent(const QStringList& paths);
    /// Says that the program ended badly the last time, and offers to go on where it was.
    void tellEnded(const EndedRun& run);

Q_SIGNALS:
    void openRequested(const QStringList& paths);
    void openFileRequested();
    void openFolderRequested();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace postlude
