/* SPDX-License-Identifier: ISC */
/*
 * old.h - the tables as each version before this one made them, for tests of
 * the upgrade: row i is schema i + 1.  Written once, never changed.
 */
#ifndef PAUTA_OLD_H
#define PAUTA_OLD_H

#include "../../server/store/store.h"

// clang-format off
static const char *const old_schemas[SCHEMA_VERSION - 1] = {
    "CREATE TABLE events(seq INTEGER PRIMARY KEY, kase INTEGER NOT NULL,"
    " prev INTEGER NOT NULL, op BLOB NOT NULL, salt BLOB, leaf BLOB NOT NULL,"
    " chain BLOB NOT NULL, body TEXT) STRICT;"
    "CREATE TABLE tails(kase INTEGER PRIMARY KEY, seq INTEGER NOT NULL)"
    " STRICT;"
    "CREATE TABLE checkpoints(n INTEGER PRIMARY KEY, text TEXT NOT NULL,"
    " sig TEXT NOT NULL) STRICT;"
    "CREATE TABLE cases(id INTEGER PRIMARY KEY, folio TEXT NOT NULL,"
    " procedure TEXT NOT NULL, revision TEXT, start TEXT, title TEXT,"
    " office TEXT, opened_by TEXT, priority TEXT, day TEXT,"
    " state INTEGER NOT NULL, opened INTEGER NOT NULL,"
    " closed INTEGER NOT NULL, updated INTEGER NOT NULL, n INTEGER NOT NULL,"
    " text TEXT) STRICT;"
    "CREATE UNIQUE INDEX cases_folio ON cases(folio);"
    "CREATE INDEX cases_day ON cases(day, procedure) WHERE day IS NOT NULL;"
    "CREATE TABLE tasks(kase INTEGER, step TEXT, row INTEGER,"
    " kind INTEGER NOT NULL, roles TEXT, assignee TEXT,"
    " since INTEGER NOT NULL, due INTEGER NOT NULL, warn INTEGER NOT NULL,"
    " n INTEGER NOT NULL, returned INTEGER NOT NULL, round INTEGER NOT NULL,"
    " PRIMARY KEY(kase, step, row)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE records(kase INTEGER, seq INTEGER, record TEXT NOT NULL,"
    " step TEXT, gone TEXT, row INTEGER NOT NULL, serial INTEGER NOT NULL,"
    " at INTEGER NOT NULL, PRIMARY KEY(kase, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE persons(login TEXT PRIMARY KEY, name TEXT, lang TEXT,"
    " active INTEGER NOT NULL, added INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE keys(login TEXT, fingerprint BLOB, comment TEXT, blob BLOB,"
    " active INTEGER NOT NULL, added INTEGER NOT NULL,"
    " PRIMARY KEY(login, fingerprint)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE grants(id INTEGER PRIMARY KEY, login TEXT NOT NULL,"
    " role TEXT NOT NULL, office TEXT, for_login TEXT, scope TEXT,"
    " reason TEXT, since INTEGER NOT NULL, until INTEGER NOT NULL,"
    " active INTEGER NOT NULL) STRICT;"
    "CREATE INDEX grants_login ON grants(login);"
    "CREATE TABLE procedures(code TEXT, revision TEXT, file TEXT, source TEXT,"
    " seq INTEGER NOT NULL, current INTEGER NOT NULL,"
    " PRIMARY KEY(code, revision)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE settings(kind TEXT, name TEXT, value TEXT NOT NULL,"
    " PRIMARY KEY(kind, name)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE drafts(kase INTEGER, step TEXT, row INTEGER, field TEXT,"
    " value TEXT NOT NULL, login TEXT, at INTEGER NOT NULL,"
    " PRIMARY KEY(kase, step, row, field)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE places(login TEXT PRIMARY KEY, json TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE answers(op BLOB, login TEXT, answer TEXT NOT NULL,"
    " at INTEGER NOT NULL, PRIMARY KEY(op, login)) STRICT, WITHOUT ROWID;",
};
// clang-format on

#endif
