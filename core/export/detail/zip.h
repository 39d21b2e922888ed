// SPDX-License-Identifier: GPL-3.0-or-later
// Private to core/export: an archive as OpenDocument wants it. libarchive's zip writer puts extra
// fields (times, owners) behind each name and the length behind the bytes; of its first member,
// "mimetype", OpenDocument wants neither, for readers tell the kind of document by the bytes at a
// fixed place (`file` would say "Zip archive").
#pragma once

#include <QByteArray>
#include <QString>
#include <string>

namespace postlude {

/// In memory. The first member is not packed and has nothing between its name and its bytes; the
/// same members have the same bytes, whenever they are packed.
class Zip {
public:
    void add(const QString& name, const QByteArray& bytes);
    [[nodiscard]] std::string finished() const;

private:
    QByteArray bytes_, entries_;
    quint32 count_ = 0;
};

} // namespace postlude
