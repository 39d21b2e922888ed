// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of a case file. PRAGMA application_id says that it is one, user_version which.
#pragma once

namespace postlude {

inline constexpr int kApplicationId = 0x504C5544; // "PLUD"
inline constexpr int kSchemaVersion = 3;

/// Times are ns since 1970 (UTC), spans ns; NULL = not known.
inline constexpr const char* kSchema = R"sql(
CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    host TEXT NOT NULL, role INTEGER NOT NULL, format TEXT NOT NULL, what TEXT NOT NULL,
    zone TEXT NOT NULL, zone_from TEXT NOT NULL,
    bytes INTEGER NOT NULL, lines INTEGER NOT NULL, records INTEGER NOT NULL,
    unread INTEGER NOT NULL, first INTEGER, last INTEGER,
    read_offset INTEGER NOT NULL DEFAULT 0, read_lines INTEGER NOT NULL DEFAULT 0,
    read_unread INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0,
    text_complete INTEGER NOT NULL DEFAULT 0);
CREATE TABLE source_part (
    source INTEGER NOT NULL, part INTEGER NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (source, part)) WITHOUT ROWID;
CREATE TABLE source_file (
    source INTEGER NOT NULL, part INTEGER NOT NULL, path BLOB NOT NULL,
    bytes INTEGER NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (source, part)) WITHOUT ROWID;
CREATE TABLE clock (
    host TEXT PRIMARY KEY, offset INTEGER NOT NULL, uncertainty INTEGER NOT NULL,
    pairs INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE text_block (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, start INTEGER NOT NULL,
    size INTEGER NOT NULL, data BLOB NOT NULL);
CREATE UNIQUE INDEX text_block_place ON text_block (source, start, size);
CREATE TABLE segment (
    number INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, rows INTEGER NOT NULL,
    time_min INTEGER, time_max INTEGER, first_line INTEGER NOT NULL, last_line INTEGER NOT NULL,
    kinds INTEGER NOT NULL, summary BLOB NOT NULL);
CREATE TABLE segment_column (
    id INTEGER PRIMARY KEY, segment INTEGER NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL);
CREATE UNIQUE INDEX segment_column_name ON segment_column (segment, name);
CREATE TABLE series (
    segment INTEGER NOT NULL, start INTEGER NOT NULL, backend TEXT NOT NULL,
    server TEXT NOT NULL, requests INTEGER NOT NULL, failed INTEGER NOT NULL,
    slow INTEGER NOT NULL, bytes INTEGER NOT NULL, durations BLOB NOT NULL);
CREATE INDEX series_segment ON series (segment);
CREATE TABLE source_state (source INTEGER PRIMARY KEY, state BLOB NOT NULL);
CREATE TABLE issue (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, kind INTEGER NOT NULL, what TEXT NOT NULL,
    place TEXT NOT NULL, line INTEGER NOT NULL, start INTEGER NOT NULL, remedy TEXT NOT NULL);
CREATE TABLE bookmark (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, record INTEGER,
    note TEXT NOT NULL);
CREATE TABLE revision (
    number INTEGER PRIMARY KEY AUTOINCREMENT, saved INTEGER NOT NULL, why TEXT NOT NULL,
    json TEXT NOT NULL);
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE bundle_path (number INTEGER PRIMARY KEY, path BLOB NOT NULL);
CREATE TABLE import (only INTEGER PRIMARY KEY CHECK (only = 1), complete INTEGER NOT NULL);
INSERT INTO import VALUES (1, 0);
)sql";

/// Several postmortems in a case. Cases of version 3 may be without: it is added when they are
/// opened for writing, and programs that know nothing of it go on with the first one.
inline constexpr const char* kDocumentSchema = R"sql(
CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, deleted INTEGER);
ALTER TABLE revision ADD COLUMN document INTEGER NOT NULL DEFAULT 1;
CREATE INDEX revision_document ON revision (document, number);
INSERT INTO document VALUES (1, '', NULL);
)sql";

} // namespace postlude
