# SPDX-License-Identifier: GPL-3.0-or-later
"""A zip that holds itself, and so no end of archives.

Its blocks of deflate are of two kinds, of five bytes each: one that writes what stands behind it, and one that writes the last bytes
once more. Put in the order of `body` below they write themselves (Russ Cox, "Zip Files All the Way Down"). The checksum, which is a
part of what it is the checksum of, is the solution of 32 linear equations.
"""
import struct
import zlib


def codes(start, first, extras):
    """(least number, extra bits, code) of deflate's lengths or distances; extras: (extra bits, how many codes)."""
    out, code = [], first
    for extra, count in extras:
        for _ in range(count):
            out.append((start, extra, code))
            start += 1 << extra
            code += 1
    return out


LENGTHS = codes(3, 1, [(0, 8), (1, 4), (2, 4), (3, 4), (4, 4)])
DISTANCES = codes(1, 0, [(0, 4)] + [(extra, 2) for extra in range(1, 14)])


def block_of(bits):
    return sum(bit << i for i, bit in enumerate(bits)).to_bytes((len(bits) + 7) // 8, "little")


def literal(size):
    return struct.pack("<BHH", 0, size, size ^ 0xFFFF)


def repeated(size, *lengths, last=0):
    """Writes the last `size` bytes once more. Unless it is the last, its end lies in the zeros of the literal behind it."""
    bits = [last, 1, 0]

    def put(rows, width, number):
        least, extra, code = next(row for row in reversed(rows) if row[0] <= number)
        bits.extend(code >> i & 1 for i in reversed(range(width)))
        bits.extend(number - least >> i & 1 for i in range(extra))

    for length in lengths:
        put(LENGTHS, 7, length)
        put(DISTANCES, 5, size)
    return block_of(bits + [0] * 7 * last)


def archive(name, crc, packed, whole):
    about = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, crc, packed, whole, len(name), 0)
    head = b"PK\3\4" + about + name
    listed = b"PK\1\2" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    tail = listed + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(listed), len(head) + packed, 0)
    none, one, four, first = literal(0), literal(5), literal(20), literal(len(head) + 5)
    again, same = repeated(len(head) + 5, 18, len(head) - 13), repeated(20, 10, 10)
    end = repeated(len(tail) + 4, len(tail) + 4, last=1)
    last = literal(len(tail) + len(end))
    body = b"".join((first, head, first, again, one, again, one, one, four, again, one, one, four, same, four, same, four, same, four,
                     same, four, same, none, none, last, same, none, none, last, end, tail, end))
    return head + body + tail, len(body)


def quine(name=b"r/r.zip"):
    whole, packed = archive(name, 0, 0, 0)

    def checksum(stated):
        return zlib.crc32(archive(name, stated, packed, len(whole))[0])

    solved, left, stated = [], checksum(0), 0
    for bit in range(32):  # what each bit of the stated checksum changes, in the one that comes out and in itself
        change, bits = checksum(1 << bit) ^ checksum(0) ^ 1 << bit, 1 << bit
        for other, its in solved:
            if change ^ other < change:
                change, bits = change ^ other, bits ^ its
        if change:
            solved = sorted([*solved, (change, bits)], reverse=True)
    for change, bits in solved:
        if left ^ change < left:
            left, stated = left ^ change, stated ^ bits
    assert left == 0, "another name would do"
    return archive(name, stated, packed, len(whole))[0]
