#!/usr/bin/env python3
"""Measures how fast PDFs are read and how many cells of their tables are right, side by side with what others use.

usage: compare_pdf.py GOUJI FOLDER... [--pdf-extract PROGRAM] [--no-tables]

GOUJI   the program, built for release.
FOLDER  where PDFs are: `cargo xtask score --drawn --rendered all` leaves some under target/rendered/*/docs, with the grids
        that were printed beside them.
PROGRAM what `cargo bench -p xtask --bench pdf_extract --no-run` built.

Takes 60 files with 300 pages in all, or as near to that as there are. Every reader has one thread and is run five times, in
turn with the others; printed are the medians of wall time and of processor time, pages a second of the latter, which other
work on the machine does not change, and the peak memory of its process. `once` is one process over all files, `each` one
process a file. Readers of tables that take minutes are run once. Readers that are not installed are left out.

A cell is right if its whole text stands in one cell that was found, blanks aside. The peers are given what is known to mend
them: radicals become the characters that they stand for, PyMuPDF is kept from tearing figures apart, camelot sees thin lines.
"""
import collections, json, os, re, statistics, subprocess, sys, tempfile, time, unicodedata
from pathlib import Path

N_FILES, N_PAGES, N_RUNS = 60, 300, 5

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
}
# Readers of tables: they print, for each file, the texts of the cells.
TABLES = {
    "pdfplumber, tables": """
import pdfplumber
def cells(path):
    with pdfplumber.open(path) as pdf:
        return [it for page in pdf.pages for table in page.extract_tables() for row in table for it in row if it]
""",
    "PyMuPDF, tables": """
import pymupdf
pymupdf.table.FLAGS &= ~pymupdf.TEXT_ACCURATE_BBOXES
def cells(path):
    return [it for page in pymupdf.open(path) for table in page.find_tables().tables for row in table.extract() for it in row if it]
""",
    "camelot, lattice": """
import camelot
def cells(path):
    return [it for table in camelot.read_pdf(path, pages="all", flavor="lattice", line_scale=60) for row in table.df.values.tolist()
            for it in row if it]
""",
}
TABLES_TAIL = """
import json, sys
acc = {}
for path in paths:
    try:
        acc[path] = cells(path)
    except Exception as error:
        acc[path] = []
        print(path, error, file=sys.stderr)
json.dump(acc, open(out, "w"))
"""
# `[2, 1x3: "text"]` of `gouji extract --dump grids`.
CELL = re.compile(r' \[\d+(?:, \d+x\d+)?: ("(?:[^"\\]|\\.)*")\]')


def pages(path):
    out = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=False).stdout
    return next((int(line.split()[1]) for line in out.splitlines() if line.startswith("Pages:")), 0)


def chosen(found):
    """60 files with 300 pages: those with five or nearly so, until the rest must make up the sum."""
    left = sorted(found, key=lambda it: (abs(it[0] - N_PAGES // N_FILES), it[1]))
    acc = left[:N_FILES]
    for spare in left[N_FILES:]:
        lacking = N_PAGES - sum(it[0] for it in acc)
        worst = min(range(len(acc)), key=lambda at: abs(lacking + acc[at][0] - spare[0]), default=0)
        if lacking and abs(lacking + acc[worst][0] - spare[0]) < abs(lacking):
            acc[worst] = spare
    return sorted(acc, key=lambda it: it[1])


def bare(text):
    """Without blanks, radicals folded: the Supplement is not folded by compatibility, so that its few are named."""
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("⻋⻔⻅⻉⻓⻘⻛⻢⻰⻚⻝⻦⻬⻥", "车门见贝长青风马龙页食鸟齐鱼"))
    return re.sub(r"\s", "", text)


def printed(path):
    """The texts of the cells that were printed; none if it is not known."""
    grid = Path(path).parent.parent / "grids" / f"{Path(path).name.split('.')[0]}.json"
    if not grid.exists():
        return []
    blocks = json.loads(grid.read_text(encoding="utf-8"))["blocks"]
    return [it["text"] for block in blocks if block["kind"] == "table" for row in block["rows"] for it in row if it["text"]]


def share(found, paths):
    """Cells that are right, and cells that were printed."""
    n_right = n_all = 0
    for path in paths:
        want, got = (collections.Counter(map(bare, it)) for it in (printed(path), found[path]))
        n_right, n_all = n_right + sum((want & got).values()), n_all + sum(want.values())
    return f"{n_right}/{n_all} {n_right / max(n_all, 1):.2%}"


def of_gouji(gouji, paths):
    out = subprocess.run([gouji, "extract", "--dump", "grids", *paths], capture_output=True, text=True, check=False).stdout
    acc, path = {it: [] for it in paths}, None
    for line in out.splitlines():
        if line.startswith("== "):
            path = line[3:]
        elif line.startswith("  "):
            acc[path] += [unescaped(it) for it in CELL.findall(line)]
    return acc


def unescaped(text):
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda it: chr(int(it[1], 16)), text[1:-1])
    return re.sub(r"\\(.)", lambda it: {"n": "\n", "t": "\t", "r": "\r"}.get(it[1], it[1]), text)


def child(words):
    """Seconds on the wall and of the processor, and peak megabytes, of a process and those that it started."""
    start = time.perf_counter()
    with open(os.devnull, "wb") as null:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=null, stderr=null)
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


def python(code):
    return lambda paths: child([sys.executable, "-c", f"paths = {paths!r}\n{code}"])


def main():
    words = sys.argv[1:]
    pdf_extract = None
    if "--pdf-extract" in words:
        at = words.index("--pdf-extract")
        pdf_extract = words[at + 1]
        del words[at:at + 2]
    has_tables = "--no-tables" not in words
    words = [it for it in words if it != "--no-tables"]
    if len(words) < 2:
        sys.exit(__doc__)
    gouji = words[0]
    found = [str(path) for folder in words[1:] for path in sorted(Path(folder).glob("*.pdf"))]
    counted = chosen([(pages(path), path) for path in found])
    paths, n_pages = [it[1] for it in counted], sum(it[0] for it in counted)
    readers = {
        # Characters, rulings, tables, joins over pages; no forms. What is read is printed, too.
        "gouji, reading alone, once": lambda paths: child([gouji, "extract", "--dump", "grids", *paths]),
        "gouji check --jobs 1, once": lambda paths: child([gouji, "check", "--jobs", "1", "--format", "jsonl", *paths]),
        "gouji check --jobs 1, each": each(lambda path: [gouji, "check", "--jobs", "1", "--format", "jsonl", path]),
        "pdftotext -bbox, each": each(lambda path: ["pdftotext", "-bbox", path, os.devnull]),
        "start of gouji, each": each(lambda path: [gouji, "--version"]),
        "start of pdftotext, each": each(lambda path: ["pdftotext", "-v"]),
    }
    if pdf_extract:
        readers["pdf-extract, text, once"] = lambda paths: child([pdf_extract, *paths])
    for name, code in PEERS.items():
        if is_installed(code):
            readers[f"{name}, once"] = python(code)
    print(f"{len(paths)} files, {n_pages} pages, {sum(os.path.getsize(it) for it in paths) >> 20} MB\n")
    times, peaks = {name: [] for name in readers}, dict.fromkeys(readers, 0.0)
    for _ in range(N_RUNS):
        for name, run in readers.items():
            wall, work, peak = run(paths)
            times[name].append((wall, work))
            peaks[name] = max(peaks[name], peak)
    print("| | wall s | processor s | pages/s | peak MB | cells right |\n|---|---|---|---|---|---|")
    for name, all_times in times.items():
        wall, work = (statistics.median(it[k] for it in all_times) for k in (0, 1))
        n_read = 0 if name.startswith("start") else n_pages
        cells = share(of_gouji(gouji, paths), paths) if name.startswith("gouji, reading") else ""
        print(f"| {name} | {wall:.2f} | {work:.2f} | {n_read / work:.0f} | {peaks[name]:.0f} | {cells} |", flush=True)
    for name, code in TABLES.items() if has_tables else ():
        if is_installed(code):
            with tempfile.NamedTemporaryFile() as out:
                wall, work, peak = python(f"out = {out.name!r}\n{code}{TABLES_TAIL}")(paths)
                cells = share(json.loads(Path(out.name).read_bytes()), paths)
            print(f"| {name}, once | {wall:.2f} | {work:.2f} | {n_pages / work:.0f} | {peak:.0f} | {cells} |", flush=True)


def is_installed(code):
    done = subprocess.run([sys.executable, "-c", f"import {code.split()[1]}"], capture_output=True, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    main()
