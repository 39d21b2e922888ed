// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/opener.h"

#include "ui/common/casefolder.h"

namespace postlude {

Opener::Opener(QObject* parent)
    : QObject(parent) {
    pool_.setMaxThreadCount(1); // two must not make a case for the same bundle
}

Opener::~Opener() {
    stop_.request_stop();
    pool_.waitForDone();
}

void Opener::open(const std::vector<std::filesystem::path>& paths,
                  const std::filesystem::path& isOpen) {
    stop_.request_stop();
    stop_ = {};
    busy_ = true;
    pool_.start([this, paths, isOpen, stop = stop_.get_token(), ticket = ++ticket_] {
        auto result = std::make_shared<Result<OpenedCase>>(openFromDisk(paths, isOpen, stop));
        QMetaObject::invokeMethod(
            this, [this, ticket, result] { finish(ticket, result); }, Qt::QueuedConnection);
    });
    Q_EMIT changed();
}

void Opener::discard(const std::filesystem::path& file) {
    pool_.start([file] { removeUnwrittenCase(file); });
}

void Opener::cancel() {
    if (!busy_) return;
    stop_.request_stop();
    ++ticket_;
    busy_ = false;
    Q_EMIT changed();
}

void Opener::finish(quint64 ticket, const std::shared_ptr<Result<OpenedCase>>& result) {
    if (ticket != ticket_) return;
    busy_ = false;
    Q_EMIT changed();
    if (*result)
        Q_EMIT opened(std::make_shared<OpenedCase>(std::move(**result)));
    else
        Q_EMIT failed(result->error());
}

} // namespace postlude
