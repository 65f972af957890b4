#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""generate_epsg.py PROJ.DB OUTPUT: writes the EPSG register's coordinate reference systems as a C++ table.

Reads PROJ's database, which Debian's proj-data has. Rows are sorted by code."""

import sqlite3
import sys

KINDS = {"geographic 2D": "geographic_2d", "geographic 3D": "geographic_3d", "geocentric": "geocentric",
         "projected": "projected", "vertical": "vertical", "compound": "compound"}


def main():
    database, output = sys.argv[1:]
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    rows = connection.execute("SELECT code, type, deprecated FROM crs_view WHERE auth_name = 'EPSG'").fetchall()
    entries = sorted((int(code), KINDS.get(kind, "other"), bool(deprecated)) for code, kind, deprecated in rows)
    if len(entries) < 5000:
        sys.exit(f"{database}: only {len(entries)} reference systems")
    with open(output, "w", encoding="utf-8") as file:
        for code, kind, deprecated in entries:
            file.write(f"{{{code}, EpsgKind::{kind}, {str(deprecated).lower()}}},\n")


if __name__ == "__main__":
    main()
