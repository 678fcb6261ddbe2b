#!/usr/bin/env python3
"""Measures how fast saved pages are read, side by side with pandas.read_html (lxml), which others use.

usage: compare_html.py GOUJI FOLDER

GOUJI   the program, built for release.
FOLDER  where pages of drawn forms are: `cargo xtask score --drawn --rendered html-web` leaves some under
        target/rendered/*/docs.

Takes 200 pages as they are, and the same pages filled to 200 KB with the menus, scripts and links that sites put around a
form. Every reader has one thread and one process over all pages and is run five times, in turn with the other; printed are
medians of wall time and of processor time without the start of the process, which is measured by a run over one page
of one word, and the peak memory. gouji does all of it: tables, forms, checks, output.
Run it with a Python that has pandas and lxml.
"""
import statistics, subprocess, sys, tempfile
from pathlib import Path

N_PAGES, N_RUNS, LARGE_BYTES = 200, 5, 200 << 10
PANDAS = """
import sys, io, pandas
from pathlib import Path
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        pandas.read_html(io.BytesIO(path.read_bytes()), flavor="lxml", encoding="utf-8")
    except ValueError:
        pass
"""


def filled(page):
    """The page with what a site puts around it, half before and half behind."""
    text = page.decode("utf-8")
    menu = '<ul class="nav">' + "".join(
        f'<li><a href="/zwgk/{n}.html" title="信息公开">信息公开栏目{n}</a></li>' for n in range(40)) + "</ul>"
    script = "<script>var items=[" + ",".join(f'{{"id":{n},"name":"x"}}' for n in range(200)) + "];</script>"
    piece = f'<div class="menu">{menu}</div>{script}<div class="links"><p>友情链接</p>{menu}</div>'
    n = max(0, LARGE_BYTES - len(page)) // (2 * len(piece.encode())) + 1
    head, mark, rest = text.partition("<body")
    mark2, rest = rest.split(">", 1) if mark else ("", text)
    start = head + mark + mark2 + ">" if mark else ""
    return (start + piece * n + rest + piece * n).encode("utf-8")


# Run by a process that holds nothing, as the peak memory of a process counts from that of the one that started it.
SPENT = """
import os, subprocess, sys, time
before = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, _, usage = os.wait4(child.pid, 0)
print(time.perf_counter() - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""


def spent(words):
    done = subprocess.run([sys.executable, "-S", "-c", SPENT, *words], capture_output=True, text=True, check=True)
    return tuple(map(float, done.stdout.split()))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    gouji = [sys.argv[1], "check", "--jobs", "1", "--quiet", "--format", "jsonl"]
    pages = [p.read_bytes() for p in sorted(Path(sys.argv[2]).glob("*.html"))][:N_PAGES]
    readers = {"gouji check": lambda it: [*gouji, str(it)], "pandas.read_html": lambda it: [sys.executable, "-c", PANDAS, str(it)]}
    with tempfile.TemporaryDirectory() as scratch:
        sets = {"one word": [b"<html><p>x</p></html>"], "as they are": pages, "200 KB": [filled(it) for it in pages]}
        for name, all_pages in sets.items():
            folder = Path(scratch) / name
            folder.mkdir()
            for n, page in enumerate(all_pages):
                (folder / f"{n:04}.html").write_bytes(page)
        found = {}
        for _ in range(N_RUNS):
            for of in sets:
                for reader, words in readers.items():
                    found.setdefault((of, reader), []).append(spent(words(Path(scratch) / of)))
    start = {reader: [statistics.median(it[i] for it in found["one word", reader]) for i in (0, 1)] for reader in readers}
    print("| pages | bytes a page | reader | wall s | processor s | pages/s of a processor | peak MB |\n|---|---|---|---|---|---|---|")
    for of, all_pages in sets.items():
        size = sum(map(len, all_pages)) // len(all_pages)
        for reader in readers:
            wall, processor, peak = (statistics.median(it[i] for it in found[of, reader]) for i in (0, 1, 2))
            if of == "one word":
                print(f"| start | | {reader} | {wall:.2f} | {processor:.2f} | | {peak:.0f} |")
                continue
            wall, processor = wall - start[reader][0], processor - start[reader][1]
            print(f"| {len(all_pages)}, {of} | {size} | {reader} | {wall:.2f} | {processor:.2f} | "
                  f"{len(all_pages) / max(processor, 0.001):.0f} | {peak:.0f} |")


if __name__ == "__main__":
    main()
