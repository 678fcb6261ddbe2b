#!/usr/bin/env python3
"""Checks hostile Word documents, pages and archives, and measures what each costs.

usage: hostile.py GOUJI      GOUJI is the program, built for release

Prints a line a file: what it is, what is said of it, seconds and the peak memory of the largest process. Exit status 1 if
one takes more than 2 s of processor time or 200 MB, or crashes the program.
"""
import io, json, os, subprocess, sys, tempfile, time, zipfile
from pathlib import Path

MOST_SECONDS, MOST_MB = 2.0, 200
HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
TAIL = "</w:body></w:document>"
TEXT = "<w:p><w:r><w:t>项目支出绩效自评表</w:t></w:r></w:p>"


def packed(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def docx(body, prolog=""):
    return packed([("word/document.xml", prolog + HEAD + body + TAIL)])


def large(n_bytes):
    """A member of blanks, packed without holding it in memory."""
    out = io.BytesIO()
    with (zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
          archive.open("word/document.xml", "w", force_zip64=True) as member):
        for _ in range(n_bytes >> 20):
            member.write(b" " * (1 << 20))
    return out.getvalue()


def nested(n):
    data = packed([(f"{i}.txt", b"x" * 1000) for i in range(50)])
    for _ in range(n):
        data = packed([(f"{i}.zip", data) for i in range(20)])
    return data


def cell(n):
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{n}"/></w:tcPr>{TEXT}</w:tc>'


def ole(stream):
    name = (stream + "\0").encode("utf-16-le")
    return b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".ljust(512, b"\0") + name.ljust(128, b"\0") + bytes(4096)


def files():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    yield "bomb.docx", large(1 << 30)
    yield "laughs.docx", docx("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>')
    yield "wide.docx", docx(f"<w:tbl><w:tr>{cell(10**9)}{cell(1)}</w:tr></w:tbl>")
    yield "many-wide.docx", docx(f"<w:tbl>{f'<w:tr>{cell(900)}{cell(1)}</w:tr>' * 20000}</w:tbl>")
    yield "deep.docx", docx("<w:tbl><w:tr><w:tc>" * 200000)
    yield "endless-text.docx", docx("<w:p><w:r><w:t>" + "表" * (20 << 20))
    yield "cut.docx", docx(TEXT * 1000)[:-100]
    yield "locked.docx", ole("EncryptedPackage")
    yield "bomb.zip", large(1 << 30)
    yield "nested.zip", nested(5)
    yield "many.zip", packed([(f"{i}.txt", b"") for i in range(150_000)])
    yield "wide.html", ("<table>" + f'<tr><td colspan={10**9} rowspan={10**9}>a<td>b' * 3000).encode()
    yield "deep.html", b"<div>" * 3_000_000
    yield "deep-table.html", b"<table><tr><td>" * 500_000
    yield "lists.html", ("<div>" + "<div><div>a</div><div>b</div><div>c</div><div>d</div></div>" * 20_000 + "</div>").encode()


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--write":
        for name, data in files():
            (Path(sys.argv[2]) / name).write_bytes(data)
        return
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    bad = False
    with tempfile.TemporaryDirectory() as folder:
        # By another process: the peak memory of a process counts from that of the one that started it.
        subprocess.run([sys.executable, __file__, "--write", folder], check=True)
        for path in sorted(Path(folder).iterdir()):
            start = time.perf_counter()
            child = subprocess.Popen([sys.argv[1], "check", "--quiet", "--jobs", "1", "--format", "jsonl", str(path)],
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            out = child.stdout.read().decode()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = status
            wall, processor, peak = time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
            lines = [json.loads(it) for it in out.splitlines()]
            told = {f"{it['kind']} {it.get('code', '')} {it.get('reason', '')}" for it in lines if it["kind"] in ("unread", "formless", "document")}
            first = sorted(told)[0][:120] if told else f"status {status}"
            is_bad = not told or processor > MOST_SECONDS or peak > MOST_MB or "E05" in first
            bad |= is_bad
            print(f"{'BAD ' if is_bad else ''}{path.name} ({path.stat().st_size} bytes): {first} | {wall:.2f} s, of a processor {processor:.2f} s, {peak:.0f} MB")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
