#!/usr/bin/env python3
"""Writes the archives and Word documents that the fuzz targets begin with, and that tests replay.

usage: odd_archives.py FOLDER      FOLDER is fuzz/corpus

What each file is stands where it is written. The same script gives the same bytes.
"""
import io, struct, sys, zipfile
from pathlib import Path

TEXT = "项目支出绩效自评表\n".encode()


def packed(members, how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, how)
    return out.getvalue()


def with_gbk_names(data, name):
    """The archive as Windows writes it: the name in GBK, and no mark that says otherwise."""
    utf8, gbk = name.encode(), name.encode("gbk")
    # Names of the same length keep every offset.
    assert len(utf8) >= len(gbk)
    data = data.replace(utf8, gbk + b"_" * (len(utf8) - len(gbk)))
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = out.find(mark)
        while start >= 0:
            flags = struct.unpack_from("<H", out, start + at)[0] & ~0x800
            struct.pack_into("<H", out, start + at, flags)
            start = out.find(mark, start + 4)
    return bytes(out)


def locked(data):
    """The archive with the mark of a password on its first member."""
    out = bytearray(data)
    out[6] |= 1
    out[out.find(b"PK\x01\x02") + 8] |= 1
    return bytes(out)


def archives():
    plain = packed([("b.txt", TEXT), ("a/c.txt", TEXT)])
    deep = plain
    for _ in range(4):
        deep = packed([("deeper.zip", deep)])
    yield "plain.zip", plain
    yield "stored.zip", packed([("a.txt", TEXT)], zipfile.ZIP_STORED)
    yield "gbk.zip", with_gbk_names(packed([("自评表.txt", TEXT)]), "自评表.txt")
    yield "outside.zip", packed([("../../a.txt", TEXT), ("/etc/b.txt", TEXT), ("C:\\c.txt", TEXT)])
    yield "junk.zip", packed([("__MACOSX/._a.txt", b"x"), (".DS_Store", b"x"), ("Thumbs.db", b"x"), ("a.txt", TEXT)])
    yield "deep.zip", deep
    yield "locked.zip", locked(plain)
    yield "cut.zip", plain[:-30]
    yield "bomb.zip", packed([("a.txt", bytes(60_000)), ("b.txt", bytes(100_000))])
    yield "many.zip", packed([(f"{n}.txt", b"") for n in range(101)])
    yield "empty.zip", packed([])


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def span(n):
    return f'<w:gridSpan w:val="{n}"/>'


def bodies():
    down = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    yield "table.xml", (f"<w:tbl><w:tr>{cell('产出指标', down[0])}{cell('10')}</w:tr>"
                        f"<w:tr>{cell('', down[1])}{cell('9.5')}</w:tr>"
                        f"<w:tr>{cell('总分', span(2))}</w:tr></w:tbl>")
    yield "nested.xml", (f"<w:tbl><w:tr><w:tc><w:tbl><w:tr>{cell('a')}{cell('b')}</w:tr></w:tbl><w:p/></w:tc>{cell('c')}"
                         f"</w:tr><w:tr>{cell('d')}{cell('e')}</w:tr></w:tbl>")
    box = f"<w:txbxContent>{paragraph('框')}</w:txbxContent>"
    yield "box.xml", ("<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">" + box +
                      "</mc:Choice><mc:Fallback>" + box + "</mc:Fallback></mc:AlternateContent></w:r></w:p>")
    yield "changes.xml", ("<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>"
                          f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell('a')}</w:tr><w:tr>{cell('b')}{cell('c')}</w:tr></w:tbl>")
    yield "fields.xml", ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=1+1</w:instrText></w:r>'
                         '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
                         '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    yield "wide.xml", f"<w:tbl><w:tr>{cell('a', span(10**9))}{cell('b')}</w:tr></w:tbl>"
    yield "object.xml", '<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="rId5"/></w:object></w:r></w:p>'


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    for name, data in archives():
        (folder / "archive").mkdir(parents=True, exist_ok=True)
        (folder / "archive" / name).write_bytes(data)
    for name, body in bodies():
        (folder / "ingest_docx").mkdir(parents=True, exist_ok=True)
        (folder / "ingest_docx" / name).write_text(body, encoding="utf-8")
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    whole = head + paragraph("自评表") + "</w:body></w:document>"
    (folder / "ingest_docx" / "whole.docx").write_bytes(packed([("word/document.xml", whole.encode())]))


if __name__ == "__main__":
    main()
