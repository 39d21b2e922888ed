// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/measured.h"

namespace postlude {

void Measured::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    session_ = session;
    all_.reset();
    reading_ = false;
    if (!session_) return;
    connect(session_, &Session::dataChanged, this, [this] {
        session_->drop(QStringLiteral("measured"));
        all_.reset();
        reading_ = false;
    });
}

std::shared_ptr<const std::vector<Metric>> Measured::all() {
    if (all_ || reading_ || !session_) return all_;
    reading_ = true;
    session_->run(
        QStringLiteral("measured"), this,
        [query = session_->sharedQuery()](std::stop_token stop) {
            return gatherMetrics(*query, query->sources(), std::move(stop));
        },
        [this](Result<std::vector<Metric>> read) {
            reading_ = false;
            all_ = std::make_shared<const std::vector<Metric>>(read ? std::move(*read)
                                                                    : std::vector<Metric>{});
            Q_EMIT changed();
        });
    return nullptr;
}

} // namespace postlude
