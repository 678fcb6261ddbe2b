#!/usr/bin/env python3
"""Holds the tables that are found against the test sets of other programs.

usage: public_tables.py GOUJI FOLDER [--peers] [--each]

GOUJI    the program.
FOLDER   holds checkouts of tabula-java, camelot and pdfplumber, or some of them, under any names; none of it is kept here.
--peers  the same of pdfplumber, PyMuPDF and camelot, if they are installed.
--each   every file, with relations that were expected and not found, or found and not expected.

What is expected: the structures of the ICDAR 2013 competition, which tabula-java holds, its CSV files, and what camelot's
tests expect. Counted are pairs of cells side by side or one above the other, blank ones passed over, as that competition
counts them; of a cell count letters and digits.
"""
import ast, collections, csv, re, subprocess, sys, unicodedata
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

# `[2, 1x3: "text"]` of `gouji extract --dump grids`: column, rows and columns if not one, text.
CELL = re.compile(r' \[(\d+)(?:, (\d+)x(\d+))?: ("(?:[^"\\]|\\.)*")\]')


def bare(text):
    return "".join(it for it in unicodedata.normalize("NFKC", text or "") if it.isalnum()).lower()


def relations(cells):
    """Neighbors of a table of (row, column, rows, columns, text)."""
    place = {}
    for at, (row, column, rows, columns, text) in enumerate(cells):
        if bare(text):
            for r in range(row, row + rows):
                for c in range(column, column + columns):
                    place[r, c] = at
    acc = set()
    for key, direction in ((lambda it: it, "right"), (lambda it: (it[1], it[0]), "below")):
        before = None
        for where in sorted(place, key=key):
            line = key(where)[0]
            if before and before[0] == line and before[1] != place[where]:
                acc.add((direction, before[1], place[where]))
            before = (line, place[where])
    return collections.Counter((way, bare(cells[a][4]), bare(cells[b][4])) for way, a, b in acc)


def of_rows(rows):
    return [(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]


# ---------------------------------------------------------------- what is expected

def of_icdar(path):
    """Tables by page."""
    acc = []
    for region in ElementTree.parse(path).getroot().iter("region"):
        cells = []
        for it in region.iter("cell"):
            row, column = int(it.get("start-row")), int(it.get("start-col"))
            end = lambda name, start: int(it.get(name) or start) + 1 - start
            cells.append((row, column, end("end-row", row), end("end-col", column), it.findtext("content")))
        acc.append((int(region.get("page")), cells))
    return acc


def expected(folder):
    """(set, file, pages that count or all, tables)"""
    for path in sorted(folder.rglob("*-str.xml")):
        if "camelot" not in str(path):
            tables = of_icdar(path)
            pdf = Path(str(path).replace("-str.xml", ".pdf"))
            if pdf.exists():
                yield "ICDAR 2013", pdf, None, [it[1] for it in tables]
    for path in sorted(folder.rglob("technology/tabula/csv/*.csv")):
        pdf = path.parent.parent / f"{path.stem}.pdf"
        if pdf.exists():
            # Tabula was pointed at one page, and mostly at one area, of these.
            page = {"us-020": 2}.get(path.stem, 1)
            with open(path, encoding="utf-8", newline="") as file:
                yield "tabula-java", pdf, {page}, [of_rows(csv.reader(file))]
    for tests in sorted(folder.rglob("tests/test_lattice.py")):
        yield from of_camelot(tests.parent)


def of_camelot(tests):
    values = {}
    for node in ast.parse((tests / "data.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            try:
                values[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                # Made of other values; none of the tests below needs it.
                continue
    seen = set()
    for name in ("test_lattice.py", "test_stream.py"):
        text = (tests / name).read_text(encoding="utf-8")
        for body in re.split(r"\ndef ", text)[1:]:
            tables = [values[it] for it in re.findall(r"\bdata_\w+", body) if it in values]
            page = re.search(r'pages="(\d+)"', body)
            for file in re.findall(r'"([^"]+\.pdf)"', body):
                # Told to look at an area or at columns, a table is not what the page shows.
                if tables and not re.search("area|region|columns=|password|split_text|strip_text", body) and (name, file) not in seen:
                    seen.add((name, file))
                    kind = "camelot, lattice" if "lattice" in name else "camelot, stream"
                    yield kind, tests / "files" / file, {int(page[1]) if page else 1}, [of_rows(it) for it in tables]


# ---------------------------------------------------------------- what is found

def by_gouji(gouji, path, pages):
    """A table belongs to the page on which it begins."""
    words = [gouji, "extract", "--dump", "grids", str(path)]
    out = subprocess.run(words, capture_output=True, text=True, check=False)
    tables, page, keep = [], 1, True
    for line in out.stdout.splitlines():
        head = re.match(r"table of .* on page (\d+)", line)
        if line.startswith("table of "):
            page = int(head[1]) if head else page
            keep = not pages or page in pages
            if keep:
                tables.append([])
        elif line.startswith("  ") and keep and tables:
            row = int(re.match(r"  (\d+)", line)[1])
            for column, rows, columns, text in CELL.findall(line):
                tables[-1].append((row, int(column), int(rows or 1), int(columns or 1), unescaped(text)))
    return tables


def unescaped(text):
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda it: chr(int(it[1], 16)), text[1:-1])
    return re.sub(r"\\(.)", lambda it: {"n": "\n", "t": "\t", "r": "\r"}.get(it[1], it[1]), text)


def by_pdfplumber(_gouji, path, pages):
    import pdfplumber
    with pdfplumber.open(path) as pdf:
        return [of_rows(table) for page in pdf.pages if not pages or page.page_number in pages
                for table in page.extract_tables()]


def by_pymupdf(_gouji, path, pages):
    import pymupdf
    # Without this figures are torn apart.
    pymupdf.table.FLAGS &= ~pymupdf.TEXT_ACCURATE_BBOXES
    return [of_rows(table.extract()) for page in pymupdf.open(path) if not pages or page.number + 1 in pages
            for table in page.find_tables().tables]


def by_camelot(_gouji, path, pages, flavor="lattice", **how):
    import camelot
    which = ",".join(map(str, sorted(pages))) if pages else "all"
    return [of_rows(it.df.values.tolist()) for it in camelot.read_pdf(str(path), pages=which, flavor=flavor, **how)]


def by_camelot_stream(gouji, path, pages):
    return by_camelot(gouji, path, pages, "stream")


READERS = {"gouji": by_gouji, "pdfplumber": by_pdfplumber, "PyMuPDF": by_pymupdf, "camelot lattice": by_camelot,
           "camelot stream": by_camelot_stream}


def compare(task):
    reader, gouji, kind, path, pages, tables = task
    want = sum(map(relations, tables), collections.Counter())
    try:
        got = sum(map(relations, READERS[reader](gouji, path, pages)), collections.Counter())
    except Exception as error:
        got, want["failed", type(error).__name__, str(error)[:60]] = collections.Counter(), 0
    return reader, kind, path.name, want, got


def main():
    words = [it for it in sys.argv[1:] if not it.startswith("--")]
    if len(words) != 2:
        sys.exit(__doc__)
    gouji, folder = words[0], Path(words[1])
    readers = list(READERS) if "--peers" in sys.argv else ["gouji"]
    tasks = [(reader, gouji, *it) for it in expected(folder) for reader in readers]
    totals = collections.defaultdict(lambda: [0, 0, 0, 0, 0])
    with ProcessPoolExecutor(2) as pool:
        for reader, kind, name, want, got in pool.map(compare, tasks):
            n_right = sum((want & got).values())
            it = totals[kind, reader]
            for at, n in enumerate((n_right, sum(want.values()), sum(got.values()), 1, want == got)):
                it[at] += n
            if "--each" in sys.argv:
                print(f"{kind} {reader} {name}: {n_right} of {sum(want.values())} expected, {sum(got.values())} found")
                for mark, rest in (("-", want - got), ("+", got - want)):
                    for line in sorted(rest)[:6]:
                        print(f"    {mark} {line}")
    print("| set | reader | files | exact | found of expected | right of found |\n|---|---|---|---|---|---|")
    for (kind, reader), (n_right, n_want, n_got, n_files, n_exact) in sorted(totals.items()):
        print(f"| {kind} | {reader} | {n_files} | {n_exact} | {n_right}/{n_want} {n_right / max(n_want, 1):.1%} "
              f"| {n_right}/{n_got} {n_right / max(n_got, 1):.1%} |")


if __name__ == "__main__":
    main()
