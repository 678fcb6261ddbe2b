#!/usr/bin/env python3
"""Writes the PDFs under crates/ingest-pdf/tests/odd: one small table, a file for every way in which PDFs are odd.

usage: odd_pdfs.py FOLDER FONT

FOLDER  where they go.
FONT    a TrueType font or collection with Chinese characters, of which a few are embedded; the files that are there were
        made with WenQuanYi Zen Hei.

Needs pikepdf, fonttools and reportlab. What each file is stands in `FILES`.
"""
import io, random, sys, zlib
from pathlib import Path

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont
from pikepdf import Array, Dictionary, Name, Stream
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

# (column, row, columns, rows, text): one label over two rows, one cell over two columns.
CELLS = [
    (0, 0, 1, 1, "一级指标"), (1, 0, 1, 1, "三级指标"), (2, 0, 1, 1, "分值"), (3, 0, 1, 1, "得分"),
    (0, 1, 1, 2, "产出指标"), (1, 1, 1, 1, "新建道路里程"), (2, 1, 1, 1, "10"), (3, 1, 1, 1, "9.5"),
    (1, 2, 1, 1, "革命遗址目录"), (2, 2, 1, 1, "20"), (3, 2, 1, 1, "20"),
    (0, 3, 2, 1, "总分"), (2, 3, 1, 1, "100"), (3, 3, 1, 1, "98.6"),
]
TITLE = "项目支出绩效自评表"
# The day that files were attached: the same in every file that is made again.
MADE = "D:20260101000000Z"
XS, ROW, TOP, SIZE = (60, 140, 300, 380, 460), 24, 700, 10


def lines():
    """The ends of every edge of every cell."""
    for column, row, columns, rows, _ in CELLS:
        x0, x1 = XS[column], XS[column + columns]
        y0, y1 = TOP - row * ROW, TOP - (row + rows) * ROW
        yield from (((x0, y0), (x1, y0)), ((x0, y1), (x1, y1)), ((x0, y0), (x0, y1)), ((x1, y0), (x1, y1)))


def texts():
    yield XS[1], TOP + 30, TITLE
    for column, row, _, rows, text in CELLS:
        yield XS[column] + 6, TOP - row * ROW - rows * ROW / 2 - 4, text


def content(encode, *, bold=False, twice=False, fills=False, edges=True, invisible=False):
    acc = []
    for (x0, y0), (x1, y1) in lines() if edges else ():
        if fills:
            wide, high = max(x1 - x0, 0.5), max(abs(y1 - y0), 0.5)
            acc.append(f"{x0} {min(y0, y1)} {wide} {high} re f*")
        else:
            acc.append(f"{x0} {y0} m {x1} {y1} l S")
    for x, y, text in texts():
        mode = "3 Tr" if invisible else "2 Tr 0.3 w" if bold and text == TITLE else "0 Tr"
        shown = f"<{encode(text).hex()}> Tj"
        acc.append(f"BT {mode} /F1 {SIZE} Tf 1 0 0 1 {x} {y} Tm {shown} ET")
        if twice:
            acc.append(f"BT /F1 {SIZE} Tf 1 0 0 1 {x + 0.3} {y} Tm {shown} ET")
    return "\n".join(acc).encode()


def predefined(pdf, encoding, font_file=None):
    """A font of a predefined encoding; the widths of Latin characters are half of the em."""
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name("/STSong-Light"), Flags=4, ItalicAngle=0, Ascent=880,
                            Descent=-120, CapHeight=880, StemV=80, FontBBox=Array([0, -120, 1000, 880]))
    if font_file:
        descriptor.FontFile2 = pdf.make_indirect(Stream(pdf, font_file))
    name = Name("/ABCDEF+SimSun") if font_file else Name("/STSong-Light")
    descriptor.FontName = name
    narrow = Array([1, 95, 500, 814, 939, 500])
    family = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2 if font_file else Name.CIDFontType0, BaseFont=name,
                        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=2), DW=1000, W=narrow,
                        FontDescriptor=pdf.make_indirect(descriptor))
    if font_file:
        family.CIDToGIDMap = Name.Identity
    return Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/" + encoding),
                      DescendantFonts=Array([pdf.make_indirect(family)]))


def page(pdf, font, stream, **keys):
    pdf.add_blank_page(page_size=(595, 842))
    it = pdf.pages[-1]
    it.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    it.Contents = pdf.make_indirect(Stream(pdf, stream))
    for key, value in keys.items():
        it[f"/{key}"] = value
    return it


def simple(encoding="GBK-EUC-H", codec="gbk", keys=None, **how):
    pdf = pikepdf.new()
    page(pdf, predefined(pdf, encoding), content(lambda it: it.encode(codec), **how), **(keys or {}))
    return pdf


def embedded(font, encoding="GBK-EUC-H", codec="gbk"):
    """A predefined encoding and a font that is embedded without a table to Unicode. Its glyphs do not matter."""
    pdf = pikepdf.new()
    page(pdf, predefined(pdf, encoding, some_glyphs(font)), content(lambda it: it.encode(codec)))
    return pdf


def some_glyphs(path):
    fonts = TTCollection(path).fonts if path.suffix == ".ttc" else [TTFont(path)]
    options = subset.Options(notdef_outline=True, name_IDs=["*"])
    it = subset.Subsetter(options)
    it.populate(text=TITLE)
    it.subset(fonts[0])
    out = io.BytesIO()
    fonts[0].save(out)
    return out.getvalue()


def untold(font):
    """Identity-H, embedded, without a table to Unicode: nothing says what is printed."""
    return embedded(font, "Identity-H", "gbk")


def unknown_code():
    """A character of four bytes that the encoding does not know, two of them digits, behind a figure."""
    pdf = pikepdf.new()
    encode = lambda it: (it + "☑" if it == "9.5" else it).encode("gb18030")
    page(pdf, predefined(pdf, "GBK2K-H"), content(encode))
    return pdf


def sideways():
    """The whole table printed up the page."""
    pdf = pikepdf.new()
    stream = b"q 0 1 -1 0 800 40 cm\n" + content(lambda it: it.encode("gbk")) + b"\nQ"
    page(pdf, predefined(pdf, "GBK-EUC-H"), stream)
    return pdf


def cropped():
    """The crop box begins elsewhere; what lies outside is not seen."""
    pdf = simple(keys={"CropBox": Array([50, 500, 500, 760])})
    extra = b"\nBT /F1 10 Tf 1 0 0 1 60 100 Tm <%s> Tj ET" % "页面之外".encode("gbk").hex().encode()
    it = pdf.pages[0]
    it.Contents = pdf.make_indirect(Stream(pdf, it.Contents.read_bytes() + extra))
    return pdf


def reportlab(_font):
    out = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setFont("STSong-Light", SIZE)
    for (x0, y0), (x1, y1) in lines():
        canvas.line(x0, y0, x1, y1)
    for x, y, text in texts():
        canvas.drawString(x, y, text)
    canvas.save()
    return pikepdf.open(io.BytesIO(out.getvalue()))


def picture(pdf, it, width=124, height=175):
    """A scan over the whole page."""
    draw = random.Random(1)
    grey = bytes(255 - 200 * (draw.random() < 0.1) for _ in range(width * height))
    image = Stream(pdf, zlib.compress(grey, 9), Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height,
                   ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.FlateDecode)
    it.Resources.XObject = Dictionary(Im1=pdf.make_indirect(image))
    it.Contents = pdf.make_indirect(Stream(pdf, b"q 595 0 0 842 0 0 cm /Im1 Do Q\n" + it.Contents.read_bytes()))


def scan(stream=b""):
    pdf = pikepdf.new()
    picture(pdf, page(pdf, predefined(pdf, "GBK-EUC-H"), stream))
    return pdf


def searchable():
    """A scan with the text that an engine recognised, not painted."""
    return scan(content(lambda it: it.encode("gbk"), invisible=True, edges=False))


def stamped():
    """A scan with a printed page number."""
    return scan(b"BT /F1 9 Tf 1 0 0 1 290 30 Tm <2d2031202d> Tj ET")


def below():
    """A scan painted over the text that an engine recognised, which is painted as ordinary text."""
    pdf = scan(content(lambda it: it.encode("gbk"), edges=False))
    it = pdf.pages[0]
    picture, text = it.Contents.read_bytes().split(b"Q\n", 1)
    it.Contents = pdf.make_indirect(Stream(pdf, text + b"\n" + picture + b"Q"))
    return pdf


def stamped_twice():
    """A searchable scan with a line that a program printed over it."""
    text = "本页由扫描软件生成，仅供查阅使用，不得外传".encode("gbk").hex().encode()
    pdf = searchable()
    it = pdf.pages[0]
    stamp = b"\nBT 0 Tr /F1 9 Tf 1 0 0 1 60 30 Tm <%s> Tj ET" % text
    it.Contents = pdf.make_indirect(Stream(pdf, it.Contents.read_bytes() + stamp))
    return pdf


def background():
    """The table over a picture that covers the page."""
    return scan(content(lambda it: it.encode("gbk")))


def hidden():
    """A figure under a white box with another one upon it, a note in white, and a head in white on a dark ground."""
    def show(x, y, text):
        return b"BT /F1 10 Tf 1 0 0 1 %d %d Tm <%s> Tj ET\n" % (x, y, text.encode("gbk").hex().encode())
    pdf = simple()
    it = pdf.pages[0]
    x, y = XS[3] + 6, TOP - 1.5 * ROW - 4
    table = it.Contents.read_bytes()
    replaced = b"\n1 g %d %d 60 16 re f 0 g\n" % (x - 3, y - 4) + show(x, y, "8.5")
    note = b"1 g\n" + show(XS[1], TOP + 60, "内部版本") + b"0 g\n"
    head = b"0 0 0.5 rg %d %d 120 20 re f 1 g\n" % (XS[1] - 4, TOP + 84) + show(XS[1], TOP + 90, "附件二") + b"0 g\n"
    it.Contents = pdf.make_indirect(Stream(pdf, table + replaced + note + head))
    return pdf


def filled_in():
    """A figure in a field of a form, a tick that has no appearance when it is not set, and a comment, which stays out."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(predefined(pdf, "GBK-EUC-H"))
    table = content(lambda it: it.encode("gbk")).replace(b"<%s> Tj" % b"9.5".hex().encode(), b"<> Tj")
    it = page(pdf, font, table)

    def appearance(text, width):
        form = Stream(pdf, b"BT /F1 10 Tf 1 0 0 1 2 4 Tm <%s> Tj ET" % text.encode("gbk").hex().encode(), Type=Name.XObject,
                      Subtype=Name.Form, BBox=Array([0, 0, width, 16]))
        form.Resources = Dictionary(Font=Dictionary(F1=font))
        return pdf.make_indirect(form)

    x, y = XS[3] + 4, int(TOP - 1.5 * ROW - 8)
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="score", V="9.5", F=4,
                       Rect=Array([x, y, x + 60, y + 16]), AP=Dictionary(N=appearance("9.5", 60)))
    tick = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T="tick", AS=Name.Off, F=4,
                      Rect=Array([500, 700, 510, 710]), AP=Dictionary(N=Dictionary(Yes=appearance("是", 10))))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents="请核对", F=4, Rect=Array([500, 600, 520, 620]))
    it.Annots = Array([pdf.make_indirect(field), pdf.make_indirect(tick), pdf.make_indirect(note)])
    return pdf


def attached():
    """A workbook and a picture in the tree of names, and a table of values hanging on the page."""
    pdf = simple()
    head = b"PK\x03\x04 of a workbook"
    pdf.attachments["自评表.xlsx"] = pikepdf.AttachedFileSpec(pdf, head, filename="自评表.xlsx", creation_date=MADE, mod_date=MADE)
    pdf.attachments["seal.png"] = pikepdf.AttachedFileSpec(pdf, b"\x89PNG", filename="seal.png", creation_date=MADE, mod_date=MADE)
    file = pikepdf.AttachedFileSpec(pdf, "指标,分值\n新建,10\n".encode(), filename="附表.csv", creation_date=MADE, mod_date=MADE)
    pin = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([500, 600, 520, 620]), FS=file.obj)
    pdf.pages[0].Annots = Array([pdf.make_indirect(pin)])
    return pdf


def broken_font():
    """The family of a composite font is missing; readers put another font in its place."""
    pdf = simple()
    del pdf.pages[0].Resources.Font.F1.DescendantFonts
    return pdf


def scan_behind(_font):
    """A table, and a scan on the next page."""
    pdf = simple()
    picture(pdf, page(pdf, predefined(pdf, "GBK-EUC-H"), b""))
    return pdf


def cover(_font):
    """A scan, a page with a line of text, and a table."""
    pdf = pikepdf.new()
    font = predefined(pdf, "GBK-EUC-H")
    picture(pdf, page(pdf, font, b""))
    page(pdf, font, b"BT /F1 12 Tf 1 0 0 1 100 600 Tm <%s> Tj ET" % "目录".encode("gbk").hex().encode())
    page(pdf, font, content(lambda it: it.encode("gbk")))
    return pdf


def outlined():
    """Text as outlines: curves, no characters."""
    curves = [f"{60 + i % 40 * 12} {750 - i // 40 * 20} m {63 + i % 40 * 12} {760 - i // 40 * 20} "
              f"{66 + i % 40 * 12} {748 - i // 40 * 20} {68 + i % 40 * 12} {755 - i // 40 * 20} c h f"
              for i in range(600)]
    pdf = pikepdf.new()
    page(pdf, predefined(pdf, "GBK-EUC-H"), "\n".join(curves).encode())
    return pdf


def running():
    """Three pages with a running head inside the frame of the page, page numbers, and a table on each."""
    pdf = pikepdf.new()
    font = predefined(pdf, "GBK-EUC-H")
    for number in range(1, 4):
        head = b"BT /F1 9 Tf 1 0 0 1 60 800 Tm <%s> Tj ET\n" % "绩效自评材料汇编".encode("gbk").hex().encode()
        foot = b"\nBT /F1 9 Tf 1 0 0 1 280 30 Tm <%s> Tj ET" % f"第{number}页 共3页".encode("gbk").hex().encode()
        page(pdf, font, head + content(lambda it: it.encode("gbk")) + foot)
    return pdf


def unruled():
    """No line is drawn."""
    return simple(edges=False)


def bomb():
    """A page of four gigabytes behind two compressions."""
    squeeze = zlib.compressobj(9)
    once = b"".join(squeeze.compress(b" " * (1 << 20)) for _ in range(4096)) + squeeze.flush()
    pdf = pikepdf.new()
    it = page(pdf, predefined(pdf, "GBK-EUC-H"), b"")
    it.Contents = pdf.make_indirect(Stream(pdf, b""))
    it.Contents.write(zlib.compress(once, 9), filter=Array([Name.FlateDecode] * 2))
    return pdf


def maze():
    """Forms that paint each other ten times over, twelve deep: a million million rectangles."""
    pdf = pikepdf.new()
    it = page(pdf, predefined(pdf, "GBK-EUC-H"), b"/Fm Do")
    inner = None
    for deep in range(12):
        stream = b"0 0 1 1 re f" if inner is None else b"/Fm Do " * 10
        form = Stream(pdf, stream, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
        form.Resources = Dictionary(XObject=Dictionary(Fm=inner)) if inner is not None else Dictionary()
        inner = pdf.make_indirect(form)
    it.Resources.XObject = Dictionary(Fm=inner)
    return pdf


PLAIN, ONE = pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate
FILES = {
    "gb-euc-h": lambda font: simple("GB-EUC-H", "gb2312"),
    "gbk-euc-h": lambda font: simple(),
    "gbkp-euc-h": lambda font: simple("GBKp-EUC-H"),
    "gbk2k-h": lambda font: simple("GBK2K-H", "gb18030"),
    "unigb-ucs2-h": lambda font: simple("UniGB-UCS2-H", "utf-16-be"),
    "unigb-utf16-h": lambda font: simple("UniGB-UTF16-H", "utf-16-be"),
    "reportlab": reportlab,
    "embedded-gbk": embedded,
    "embedded-ucs2": lambda font: embedded(font, "UniGB-UCS2-H", "utf-16-be"),
    "unknown-code": lambda font: unknown_code(),
    "untold": untold,
    "bold": lambda font: simple(bold=True),
    "printed-twice": lambda font: simple(twice=True),
    "thin-fills": lambda font: simple(fills=True),
    "rotate-90": lambda font: simple(keys={"Rotate": 90}),
    "rotate-270": lambda font: simple(keys={"Rotate": 270}),
    "sideways": lambda font: sideways(),
    "cropped": lambda font: cropped(),
    "object-streams": lambda font: simple(),
    "no-password": lambda font: simple(),
    "password": lambda font: simple(),
    "rc4": lambda font: simple(),
    "scan": lambda font: scan(),
    "searchable-scan": lambda font: searchable(),
    "stamped-scan": lambda font: stamped(),
    "text-below-scan": lambda font: below(),
    "stamped-searchable": lambda font: stamped_twice(),
    "background": lambda font: background(),
    "hidden": lambda font: hidden(),
    "filled-in": lambda font: filled_in(),
    "attached": lambda font: attached(),
    "broken-font": lambda font: broken_font(),
    "scan-behind": scan_behind,
    "cover": cover,
    "outlined": lambda font: outlined(),
    "running-heads": lambda font: running(),
    "unruled": lambda font: unruled(),
    "bomb": lambda font: bomb(),
    "maze": lambda font: maze(),
}
LOCKS = {
    "no-password": pikepdf.Encryption(owner="owner", user="", R=6),
    "password": pikepdf.Encryption(owner="owner", user="user", R=6),
    "rc4": pikepdf.Encryption(owner="owner", user="", R=3, aes=False, metadata=False),
}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, font = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        pdf = make(font)
        if name in LOCKS:
            pdf.save(folder / f"{name}.pdf", object_stream_mode=PLAIN, encryption=LOCKS[name])
        else:
            streams = ONE if name == "object-streams" else PLAIN
            pdf.save(folder / f"{name}.pdf", object_stream_mode=streams, deterministic_id=True,
                     compress_streams=name != "bomb", stream_decode_level=pikepdf.StreamDecodeLevel.none)


if __name__ == "__main__":
    main()
