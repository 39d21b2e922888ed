// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/detail/zip.h"

#include <isa-l/crc.h>

namespace postlude {

namespace {

/// Little-endian, as archives have their numbers.
void number(QByteArray& to, quint32 value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        to.append(static_cast<char>(value >> (8 * i)));
}

unsigned char* bytesOf(const QByteArray& bytes) {
    return reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.constData()));
}

} // namespace

void Zip::add(const QString& name, const QByteArray& bytes) {
    const bool packed = !entries_.isEmpty();
    // Behind its length and the head of zlib, before its checksum.
    const QByteArray data = packed ? qCompress(bytes).mid(6).chopped(4) : bytes;
    QByteArray about;
    number(about, 20, 2);              // what it takes to unpack it: version 2.0
    number(about, 1U << 11U, 2);       // the name is UTF-8
    number(about, packed ? 8 : 0, 2);  // deflate, or nothing
    number(about, 0, 2);               // midnight,
    number(about, (1U << 5U) | 1U, 2); // 1 January 1980: the same document has the same bytes
    number(about, crc32_gzip_refl(0, bytesOf(bytes), static_cast<quint64>(bytes.size())), 4);
    number(about, static_cast<quint32>(data.size()), 4);
    number(about, static_cast<quint32>(bytes.size()), 4);
    const QByteArray called = name.toUtf8();
    number(about, static_cast<quint32>(called.size()), 2);
    number(about, 0, 2);
    entries_ += QByteArrayLiteral("PK\x01\x02\x14") + '\0' + about;
    number(entries_, 0, 2); // no comment,
    number(entries_, 0, 2); // on the first disk,
    number(entries_, 0, 2); // nothing else to be said of it
    number(entries_, 0, 4);
    number(entries_, static_cast<quint32>(bytes_.size()), 4);
    entries_ += called;
    bytes_ += QByteArrayLiteral("PK\x03\x04") + about + called + data;
    ++count_;
}

std::string Zip::finished() const {
    QByteArray end = QByteArrayLiteral("PK\x05\x06");
    number(end, 0, 4);
    number(end, count_, 2);
    number(end, count_, 2);
    number(end, static_cast<quint32>(entries_.size()), 4);
    number(end, static_cast<quint32>(bytes_.size()), 4);
    number(end, 0, 2);
    return (bytes_ + entries_ + end).toStdString();
}

} // namespace postlude
