#!/usr/bin/env python3
"""Reads the same workbooks with gouji and with openpyxl (read only), and prints the time and memory that each takes.

usage: compare_sheets.py GOUJI FOLDER [TIMES]

GOUJI   the program, built with `cargo build --release -p gouji-cli`.
FOLDER  holds workbooks, such as target/rendered/*/docs after `cargo xtask score --drawn --rendered xlsx --forms 320`.

gouji does all it does: reads, rebuilds the forms, checks them and prints what it finds. openpyxl only hands out the cells.
Times are medians; the processor's time changes little when others use the machine. The start of either program is measured
apart, on no workbook, and not taken off.
"""
import json, os, resource, statistics, subprocess, sys, tempfile, time
from pathlib import Path

READ = """
import sys
from openpyxl import load_workbook
n = 0
for path in sys.argv[1:]:
    book = load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            n += sum(value is not None for value in row)
    book.close()
"""


def measured(words):
    """Wall seconds, processor seconds and peak MB of one run, children included."""
    script = ("import json, resource, subprocess, sys, time\n"
              "start = time.monotonic()\n"
              "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)\n"
              "wall = time.monotonic() - start\n"
              "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
              "print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))")
    out = subprocess.run([sys.executable, "-c", script, *words], stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    gouji, folder = sys.argv[1], Path(sys.argv[2])
    times = int(sys.argv[3]) if 3 < len(sys.argv) else 5
    books = sorted(map(str, folder.glob("*.xlsx")))
    if not books:
        sys.exit(f"compare_sheets.py: {folder} holds no workbook")
    size = sum(os.path.getsize(it) for it in books)
    print(f"{len(books)} workbooks, {size / 1e6:.1f} MB, medians of {times}\n")
    print("| | wall s | processor s | workbooks/s | peak MB |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as empty:
        runs = [("gouji check --jobs 1", [gouji, "check", "--jobs", "1", *books], len(books)),
                ("start of gouji", [gouji, "check", "--jobs", "1", empty], 0),
                ("openpyxl, read only, values of all cells", [sys.executable, "-c", READ, *books], len(books)),
                ("start of Python with openpyxl", [sys.executable, "-c", READ], 0)]
        for name, words, n in runs:
            taken = [measured(words) for _ in range(times)]
            wall, processor, peak = (statistics.median(it[nth] for it in taken) for nth in range(3))
            rate = f"{n / processor:.0f}" if n else ""
            print(f"| {name} | {wall:.2f} | {processor:.2f} | {rate} | {peak:.0f} |")


if __name__ == "__main__":
    main()
