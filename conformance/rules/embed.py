#!/usr/bin/env python3
"""Turns a table into rows of a C++ initialiser, one string literal a cell, so that programs need no file beside them.

usage: embed.py TABLE.tsv COLUMN...
"""
import csv
import json
import sys

path, *columns = sys.argv[1:]
with open(path, encoding="utf-8", newline="") as file:
    table = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    head = next(table)
    if head != columns:
        sys.exit(f"{path}:1: the columns are {head}, not {columns}")
    for row in table:
        if len(row) != len(columns):
            sys.exit(f"{path}:{table.line_num}: {len(row)} cells, not {len(columns)}")
        # A JSON string is a C++ string literal as long as it is ASCII without \\u; other characters stand as they are.
        print("{" + ", ".join(json.dumps(cell, ensure_ascii=False) for cell in row) + "},")
