// SPDX-License-Identifier: GPL-3.0-or-later
// Opens what the user asks for on a thread of its own; the newest wish alone counts.
#pragma once

#include "ui/common/opening.h"

#include <QObject>
#include <QThreadPool>

namespace postlude {

class Opener : public QObject {
    Q_OBJECT
public:
    explicit Opener(QObject* parent = nullptr);
    ~Opener() override; ///< stops and waits
    void open(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& isOpen);
    void cancel(); ///< nothing more comes of it
    /// Removes a case that came to nothing, unless there is a document in it; what is opened after
    /// that waits for it.
    void discard(const std::filesystem::path& file);
    [[nodiscard]] bool isBusy() const { return busy_; }

Q_SIGNALS:
    void changed(); ///< it is busy now, or no longer
    void opened(const std::shared_ptr<postlude::OpenedCase>& opened);
    void failed(const postlude::Error& error);

private:
    void finish(quint64 ticket, const std::shared_ptr<Result<OpenedCase>>& result);
    quint64 ticket_ = 0;
    bool busy_ = false;
    std::stop_source stop_;
    QThreadPool pool_;
};

} // namespace postlude
