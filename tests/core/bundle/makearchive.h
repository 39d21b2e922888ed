// SPDX-License-Identifier: GPL-3.0-or-later
// Archives made on the spot, good and bad ones, for the tests of bundle/ and ingest/.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace postlude::test {

namespace fs = std::filesystem;

struct Entry {
    std::string path;
    std::string text;
    unsigned type = AE_IFREG;
    std::string link = {};
};

inline void writeFile(const fs::path& file, const std::string& bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

inline std::string readFile(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What kind of archive follows from the name: .tar, .tar.gz, .tar.zst, .tar.xz, .tar.bz2, .zip,
/// .7z; a single compressed file for .gz, .zst, .xz and .bz2 alone.
inline void makeArchive(const fs::path& file, const std::vector<Entry>& entries) {
    fs::create_directories(file.parent_path());
    const std::string name = file.filename().string();
    const bool tar = name.find(".tar") != std::string::npos;
    archive* a = archive_write_new();
    if (name.ends_with(".gz")) archive_write_add_filter_gzip(a);
    if (name.ends_with(".zst")) archive_write_add_filter_zstd(a);
    if (name.ends_with(".xz")) archive_write_add_filter_xz(a);
    if (name.ends_with(".bz2")) archive_write_add_filter_bzip2(a);
    if (tar)
        archive_write_set_format_pax_restricted(a);
    else if (name.ends_with(".zip"))
        archive_write_set_format_zip(a);
    else if (name.ends_with(".7z"))
        archive_write_set_format_7zip(a);
    else
        archive_write_set_format_raw(a);
    archive_write_open_filename(a, file.c_str());
    for (const Entry& e : entries) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, e.path.c_str());
        archive_entry_set_filetype(entry, e.type);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_mtime(entry, 1705312800, 0);
        archive_entry_set_size(entry, static_cast<la_int64_t>(e.text.size()));
        if (e.type == AE_IFLNK)
            archive_entry_set_symlink(entry, e.link.c_str());
        else if (!e.link.empty())
            archive_entry_set_hardlink(entry, e.link.c_str());
        archive_write_header(a, entry);
        archive_write_data(a, e.text.data(), e.text.size());
        archive_entry_free(entry);
    }
    archive_write_close(a);
    archive_write_free(a);
}

} // namespace postlude::test
