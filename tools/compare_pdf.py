#!/usr/bin/env python3
"""Measures how fast PDFs are read, side by side with the programs that others use.

usage: compare_pdf.py GOUJI FOLDER...

GOUJI   the program, built for release.
FOLDER  where PDFs are: `cargo xtask score --drawn --rendered all` leaves some under target/rendered/*/docs.

Takes the 60 files with the most pages. Every reader has one thread and is run five times, in turn with the others; printed
are the medians of wall time and of processor time, pages a second of the latter, which other work on the machine does not
change, and the peak memory of its process. `once` is one process over all files, `each`
one process a file. Readers that are not installed are left out.
"""
import os, statistics, struct, subprocess, sys, tempfile, time
from pathlib import Path

# Readers of tables that take minutes are run once, over every tenth file.
N_FILES, N_RUNS = 60, 5

# One process over all files: what a script by hand would do.
PEERS = {
    "pypdfium2, characters with boxes": """
import pypdfium2
for path in paths:
    for page in pypdfium2.PdfDocument(path):
        text = page.get_textpage()
        for i in range(text.count_chars()):
            text.get_charbox(i)
""",
    "PyMuPDF, characters and drawings": """
import pymupdf
for path in paths:
    for page in pymupdf.open(path):
        page.get_text("rawdict"); page.get_drawings()
""",
    "PyMuPDF, tables": """
import pymupdf
for path in paths:
    for page in pymupdf.open(path):
        for table in page.find_tables().tables:
            table.extract()
""",
    "pdfplumber, tables": """
import pdfplumber
for path in paths:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
""",
}
TENTH = 10
SLOW = ("PyMuPDF, tables", "pdfplumber, tables")


def pages(path):
    out = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=False).stdout
    return next((int(line.split()[1]) for line in out.splitlines() if line.startswith("Pages:")), 0)


def child(words, stdin=None):
    """Seconds on the wall and of the processor, and peak megabytes, of a process and those that it started."""
    start = time.perf_counter()
    with open(os.devnull, "wb") as null:
        process = subprocess.Popen(words, stdin=stdin or subprocess.DEVNULL, stdout=null, stderr=null)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 3):
        raise RuntimeError(f"{words[0]}: exit {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def each(words):
    def run(paths):
        done = [child([*words(path)]) for path in paths]
        return sum(it[0] for it in done), sum(it[1] for it in done), max(it[2] for it in done)
    return run


def worker(gouji):
    """Reading alone: characters, rulings, tables, text; no forms. Documents go to a worker as the program sends them."""
    def run(paths):
        with tempfile.TemporaryFile() as asked:
            for path in paths:
                data = Path(path).read_bytes()
                asked.write(struct.pack("<4Q", 64 << 20, 4 << 20, 2_000_000, len(data)) + data)
            asked.seek(0)
            return child([gouji, "worker", str(2 << 30), "20"], asked)
    return run


def python(code):
    return lambda paths: child([sys.executable, "-c", f"paths = {paths!r}\n{code}"])


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    gouji = sys.argv[1]
    found = [str(path) for folder in sys.argv[2:] for path in sorted(Path(folder).glob("*.pdf"))]
    counted = sorted(((pages(path), path) for path in found), key=lambda it: (-it[0], it[1]))[:N_FILES]
    paths, n_pages = [it[1] for it in counted], sum(it[0] for it in counted)
    readers = {
        "gouji, reading alone, once": worker(gouji),
        "gouji check --jobs 1, once": lambda paths: child([gouji, "check", "--jobs", "1", "--format", "jsonl", *paths]),
        "gouji check --jobs 1, each": each(lambda path: [gouji, "check", "--jobs", "1", "--format", "jsonl", path]),
        "pdftotext -bbox, each": each(lambda path: ["pdftotext", "-bbox", path, os.devnull]),
        "start of gouji, each": each(lambda path: [gouji, "--version"]),
        "start of pdftotext, each": each(lambda path: ["pdftotext", "-v"]),
    }
    for name, code in PEERS.items():
        module = code.split()[1]
        if subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0:
            readers[f"{name}, once"] = python(code)
    print(f"{len(paths)} files, {n_pages} pages, {sum(os.path.getsize(it) for it in paths) >> 20} MB\n")
    times, peaks = {name: [] for name in readers}, dict.fromkeys(readers, 0.0)
    for turn in range(N_RUNS):
        for name, run in readers.items():
            if turn and name.startswith(SLOW):
                continue
            wall, work, peak = run(paths[::TENTH] if name.startswith(SLOW) else paths)
            times[name].append((wall, work))
            peaks[name] = max(peaks[name], peak)
    print("| | wall s | processor s | pages/s | peak MB |\n|---|---|---|---|---|")
    for name, all_times in times.items():
        wall, work = (statistics.median(it[k] for it in all_times) for k in (0, 1))
        some = counted[::TENTH] if name.startswith(SLOW) else counted
        n_read = 0 if name.startswith("start") else sum(it[0] for it in some)
        print(f"| {name} | {wall:.2f} | {work:.2f} | {n_read / work:.0f} | {peaks[name]:.0f} |")


if __name__ == "__main__":
    main()
