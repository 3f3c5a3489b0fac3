"""The tables of what was seen, in a database that its owner opens and closes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS watch_sources (
  name TEXT PRIMARY KEY,
  place TEXT NOT NULL,
  etag TEXT,
  modified TEXT,
  body_sha TEXT,
  stated_s REAL,
  next_due REAL NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  last_ok REAL,
  ended REAL,
  moved_to TEXT,
  begun REAL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watch_articles (
  id INTEGER PRIMARY KEY,
  first_seen REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS watch_keys (
  key BLOB PRIMARY KEY,
  article INTEGER NOT NULL,
  print TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watch_versions (
  article INTEGER NOT NULL,
  number INTEGER NOT NULL,
  text_sha TEXT NOT NULL,
  text TEXT NOT NULL,
  title TEXT,
  published REAL,
  publisher TEXT,
  uri TEXT,
  fetched_at REAL NOT NULL,
  source TEXT NOT NULL,
  read_from TEXT NOT NULL,
  metadata TEXT NOT NULL,
  layout TEXT NOT NULL,
  taken INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (article, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS watch_versions_not_taken ON watch_versions (taken)
  WHERE taken = 0;
CREATE INDEX IF NOT EXISTS watch_versions_of ON watch_versions (source, fetched_at);
CREATE TABLE IF NOT EXISTS watch_pages (
  key BLOB PRIMARY KEY,
  etag TEXT,
  modified TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watch_waiting (
  source TEXT NOT NULL,
  guid TEXT NOT NULL,
  article INTEGER NOT NULL,
  item TEXT NOT NULL,
  host TEXT NOT NULL,
  quiet INTEGER NOT NULL DEFAULT 0,
  due REAL NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (source, guid)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watch_again (
  source TEXT NOT NULL,
  guid TEXT NOT NULL,
  article INTEGER NOT NULL,
  item TEXT NOT NULL,
  host TEXT NOT NULL,
  visits INTEGER NOT NULL,
  due REAL NOT NULL,
  PRIMARY KEY (source, guid)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS watch_again_due ON watch_again (due);
CREATE INDEX IF NOT EXISTS watch_again_article ON watch_again (article);
CREATE INDEX IF NOT EXISTS watch_waiting_article ON watch_waiting (article);
CREATE INDEX IF NOT EXISTS watch_waiting_due ON watch_waiting (due);
"""


def prepare(db: sqlite3.Connection) -> None:
    """Make the tables, and have every commit on the disk before it counts."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.executescript(_TABLES)


@contextmanager
def together(db: sqlite3.Connection) -> Iterator[None]:
    """Write all or nothing; within a transaction of the caller's it is part of that."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()
