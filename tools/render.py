#!/usr/bin/env python3
"""Prints drawn forms as the files that public bodies publish, by the programs that they use.

usage: render.py FOLDER KIND...

FOLDER  what `cargo xtask generate` wrote: grids/NAME.json (lines and tables with spans) and, for Chromium, docs/NAME.html.
KIND    xlsx, xlsx-office, xls, ods, docx, docx-office, html-sheet, html-word, html-web, pdf-sheet, pdf-word, pdf-web, scan, ocr; or `all`.

Writes docs/NAME.KIND.EXT beside the text renderings. The same grid gives the same picture of the page: every choice
(number formats, damage of a scan) comes from the name. A program that is missing is named, with the way to get it, and
its kinds are left out; exit status 3 then.
"""
import json, math, random, re, shutil, subprocess, sys, tempfile, zlib
from pathlib import Path

# A scan is made from the Word rendering's pages. 150 dpi is what phones and cheap scanners publish, 300 what archives do.
RESOLUTIONS = (150, 200, 300)
# Seconds for one call of a foreign program; LibreOffice needs about 1 s a document after its start of 5 s.
PATIENCE = 600
# Width of a column in characters of a Latin font, half as many Chinese ones; height of a line in points.
COLUMN_WIDTH, LINE_HEIGHT = 14, 16
NUMBER = re.compile(r"-?\d{1,13}(\.\d{1,6})?")
THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d{1,6})?")
COUNTED = re.compile(r"(\d{1,9}(?:\.\d{1,4})?)([\u4e00-\u9fff]{1,3})")
PERCENT = re.compile(r"(-?\d{1,6}(?:\.\d{1,4})?)%")


def chance(name, what):
    """A stream of choices for one purpose, the same on every machine."""
    return random.Random(zlib.crc32(f"{name}/{what}".encode()))


# ---------------------------------------------------------------- spreadsheet

def write_xlsx(name, grid, path):
    """One sheet; figures are numbers under a number format or text, as their author happened to type them."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    draw, of_cells = chance(name, "xlsx"), chance(name, "cells")
    typed = draw.random() < 0.6
    book = Workbook()
    sheet = book.active
    sheet.title = draw.choice(["Sheet1", "自评表", "附件"])
    line = Side(style="thin")
    width = max((b["width"] for b in grid["blocks"] if b["kind"] == "table"), default=1)
    at = 1
    for block in grid["blocks"]:
        if block["kind"] == "line":
            if block["text"]:
                sheet.cell(at, 1, block["text"]).font = Font(bold=block["is_title"], size=16 if block["is_title"] else 11)
                if width > 1:
                    sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
                    sheet.cell(at, 1).alignment = Alignment(
                        horizontal="center" if block["is_title"] else None, wrap_text=True)
            at += 1
            continue
        for row in block["rows"]:
            for item in row:
                cell = sheet.cell(at, item["column"] + 1)
                put(cell, item["text"], typed, of_cells)
                cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
                for r in range(item["rows"]):
                    for c in range(item["columns"]):
                        sheet.cell(at + r, item["column"] + 1 + c).border = Border(line, line, line, line)
            sheet.row_dimensions[at].height = LINE_HEIGHT * lines_needed(row)
            at += 1
        at_first = at - len(block["rows"])
        for r, row in enumerate(block["rows"]):
            for item in row:
                if item["rows"] > 1 or item["columns"] > 1:
                    first = item["column"] + 1
                    sheet.merge_cells(start_row=at_first + r, start_column=first, end_row=at_first + r + item["rows"] - 1,
                                      end_column=first + item["columns"] - 1)
        at += draw.choice([0, 1])
    for column in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = COLUMN_WIDTH
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.save(path)


def lines_needed(row):
    """How many lines the highest cell of a row needs; spans over rows share theirs."""
    fits = COLUMN_WIDTH // 2
    return max((math.ceil(len(item["text"]) / (fits * item["columns"]) / item["rows"]) for item in row), default=1) or 1


def put(cell, text, typed, draw):
    """A figure as a number whose format prints the same text, if `typed`; else text."""
    if not text:
        return
    # Single figures are typed as text in sheets of numbers; some have decimals that their format hides, or a unit in it.
    as_text, hides, has_unit = draw.random() < 0.1, draw.random() < 0.1, draw.random() < 0.3
    percent, thousands, counted = PERCENT.fullmatch(text), THOUSANDS.fullmatch(text), COUNTED.fullmatch(text)
    digits = percent[1] if percent else counted[1] if counted and has_unit else text.replace(",", "") if thousands else text
    if not typed or as_text or not NUMBER.fullmatch(digits) or leading_zero(digits):
        cell.value = text
        cell.data_type = "s"
        return
    decimals = len(digits.partition(".")[2])
    value = float(digits)
    if hides and value:
        # Less than half of the last digit that is shown.
        value += math.copysign(draw.randint(1, 4) * 10.0 ** -(decimals + 1), value)
    shape = "0" + ("." + "0" * decimals if decimals else "")
    if percent:
        cell.value, cell.number_format = round(value / 100, decimals + 5), shape + "%"
    elif thousands:
        cell.value, cell.number_format = round(value, decimals + 2), "#,##" + shape
    elif counted and has_unit:
        cell.value, cell.number_format = round(value, decimals + 2), f'{shape}"{counted[2]}"'
    else:
        cell.value = round(value, decimals + 2) if decimals or hides else int(value)
        is_plain = not hides and (not decimals or not text.endswith("0"))
        # What people choose, and what programs of accountants do.
        cell.number_format = "General" if is_plain else draw.choice([shape, shape + "_ ", shape + "_);[Red]\\-" + shape])


def leading_zero(text):
    digits = text.lstrip("-")
    return len(digits) > 1 and digits[0] == "0" and digits[1] != "."


# ---------------------------------------------------------------- Word

def write_docx(name, grid, path):
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    draw = chance(name, "docx")
    book = Document()
    style = book.styles["Normal"]
    style.font.name, style.font.size = "Noto Sans CJK SC", Pt(draw.choice([8, 9, 10]))
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if draw.random() < 0.4:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(draw.choice([12, 15, 20])))
    for block in grid["blocks"]:
        if block["kind"] == "line":
            if block["text"]:
                paragraph = book.add_paragraph()
                run = paragraph.add_run(block["text"])
                if block["is_title"]:
                    paragraph.alignment, run.bold, run.font.size = WD_ALIGN_PARAGRAPH.CENTER, True, Pt(15)
            continue
        if not block["width"]:
            continue
        table = book.add_table(len(block["rows"]), block["width"])
        table.style = "Table Grid"
        for r, row in enumerate(block["rows"]):
            for item in row:
                cell = table.cell(r, item["column"])
                if item["rows"] > 1 or item["columns"] > 1:
                    cell = cell.merge(table.cell(r + item["rows"] - 1, item["column"] + item["columns"] - 1))
                cell.text = item["text"]
    book.save(path)


# ---------------------------------------------------------------- other programs

class Missing(Exception):
    """A program that is not installed."""


def program(*names):
    for name in names:
        if shutil.which(name):
            return name
    raise Missing(names[0])


def run(*words):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE, check=False)
    if done.returncode:
        raise RuntimeError(f"{words[0]}: exit {done.returncode}: {done.stdout.decode(errors='replace')[-400:]}")


def office(files, to, out):
    """Converts many files by one start of LibreOffice, in a profile of its own."""
    soffice = program("soffice", "libreoffice")
    with tempfile.TemporaryDirectory() as profile:
        run(soffice, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to, "--outdir", str(out),
            *map(str, files))


def print_web(page, path):
    with tempfile.TemporaryDirectory() as profile:
        run(program("chromium", "chromium-browser", "google-chrome"), "--headless", "--no-sandbox", "--disable-gpu",
            "--no-first-run", "--disable-background-networking", f"--user-data-dir={profile}", "--no-pdf-header-footer",
            f"--print-to-pdf={path}", page.resolve().as_uri())


def save_web(page, path):
    """The page as a browser saves it: the tree that it built, written out."""
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [program("chromium", "chromium-browser", "google-chrome"), "--headless", "--no-sandbox", "--disable-gpu",
             "--no-first-run", "--disable-background-networking", f"--user-data-dir={profile}", "--dump-dom",
             page.resolve().as_uri()], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=PATIENCE, check=True)
    path.write_bytes(done.stdout)


# ---------------------------------------------------------------- scans

def scan(name, pdf, out):
    """The pages as a scanner or a telephone would publish them; returns the pictures."""
    from PIL import Image, ImageDraw, ImageFilter

    draw = chance(name, "scan")
    resolution = draw.choice(RESOLUTIONS)
    skew, blur, noise = draw.uniform(-1.2, 1.2), draw.choice([0, 0, 0.6, 1.0]), draw.choice([0, 6, 14])
    quality, seal = draw.choice([40, 60, 85]), draw.choice([None, "red", "grey"])
    with tempfile.TemporaryDirectory() as folder:
        run(program("pdftoppm"), "-r", str(resolution), "-png", str(pdf), f"{folder}/page")
        pages = []
        for path in sorted(Path(folder).glob("page*.png")):
            page = Image.open(path).convert("RGB")
            page = page.rotate(skew, expand=False, fillcolor="white", resample=Image.BICUBIC)
            if seal:
                page = sealed(page, resolution, draw, seal, Image, ImageDraw)
            if blur:
                page = page.filter(ImageFilter.GaussianBlur(blur * resolution / 200))
            if noise:
                grain = Image.effect_noise(page.size, noise).convert("RGB")
                page = Image.blend(page, grain, 0.08)
            pages.append(page)
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=resolution, quality=quality)
    return pages


def sealed(page, resolution, draw, colour, Image, ImageDraw):
    """A round seal of 42 mm over the lower half, as the law on seals sizes it for county bodies."""
    radius = int(21 / 25.4 * resolution)
    x, y = draw.uniform(0.45, 0.8) * page.width, draw.uniform(0.3, 0.8) * page.height
    ink = Image.new("RGBA", page.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(ink)
    tone = (200, 30, 40, 170) if colour == "red" else (90, 90, 90, 150)
    box = [x - radius, y - radius, x + radius, y + radius]
    pen.ellipse(box, outline=tone, width=max(2, resolution // 50))
    points = [(x + radius * (0.38 if i % 2 == 0 else 0.15) * math.sin(i * math.pi / 5),
               y - radius * (0.38 if i % 2 == 0 else 0.15) * math.cos(i * math.pi / 5)) for i in range(10)]
    pen.polygon(points, fill=tone)
    return Image.alpha_composite(page.convert("RGBA"), ink).convert("RGB")


def recognise(pages, path):
    """Whole pages through Tesseract, as most converters do it."""
    tesseract = program("tesseract")
    with tempfile.TemporaryDirectory() as folder:
        acc = []
        for at, page in enumerate(pages):
            picture = f"{folder}/{at}.png"
            page.save(picture)
            run(tesseract, picture, f"{folder}/{at}", "-l", "chi_sim", "--psm", "6", "-c", "preserve_interword_spaces=1")
            acc.append(Path(f"{folder}/{at}.txt").read_text(encoding="utf-8"))
    Path(path).write_text("\n\f\n".join(acc), encoding="utf-8")


# ---------------------------------------------------------------- the whole

KINDS = ("xlsx", "xlsx-office", "xls", "ods", "docx", "docx-office", "html-sheet", "html-word", "html-web", "pdf-sheet",
         "pdf-word", "pdf-web", "scan", "ocr")


def render(folder, kinds):
    """Prints every grid in every kind; returns the programs that were missing."""
    docs, missing = folder / "docs", {}
    grids = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted((folder / "grids").glob("*.json"))}
    if not grids:
        sys.exit(f"render.py: {folder}/grids holds no grid; `cargo xtask generate --render grid` writes them")

    def attempt(kind, work):
        try:
            work()
        except Missing as it:
            missing[kind] = str(it)
        except ModuleNotFoundError as it:
            missing[kind] = f"the Python library {it.name}"

    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        sheets, words = scratch / "sheet", scratch / "word"
        sheets.mkdir()
        words.mkdir()
        wants = lambda *names: any(kind in kinds for kind in names)
        if wants("xlsx", "xlsx-office", "xls", "ods", "pdf-sheet", "html-sheet"):
            attempt("xlsx", lambda: [write_xlsx(n, g, sheets / f"{n}.xlsx") for n, g in grids.items()])
        if wants("docx", "docx-office", "html-word", "pdf-word", "scan", "ocr"):
            attempt("docx", lambda: [write_docx(n, g, words / f"{n}.docx") for n, g in grids.items()])
        books, texts = sorted(sheets.iterdir()), sorted(words.iterdir())
        if wants("xlsx"):
            for path in books:
                shutil.copy(path, docs / f"{path.stem}.sheet.xlsx")
        if wants("docx"):
            for path in texts:
                shutil.copy(path, docs / f"{path.stem}.word.docx")
        for kind, files, to, mark in (("xlsx-office", books, "xlsx", "office"), ("xls", books, "xls", "sheet"),
                                      ("ods", books, "ods", "sheet"), ("pdf-sheet", books, "pdf", "sheet"),
                                      ("html-sheet", books, "html", "sheet"), ("html-word", texts, "html", "word"),
                                      ("docx-office", texts, "docx", "office"),
                                      ("pdf-word", texts, "pdf", "word")):
            if files and (wants(kind) or kind == "pdf-word" and wants("scan", "ocr")):
                out = scratch / kind
                attempt(kind, lambda: office(files, to, out))
                for path in sorted(out.glob("*")) if out.exists() and wants(kind) else []:
                    shutil.copy(path, docs / f"{path.stem}.{mark}.{to}")
        if wants("pdf-web"):
            for name in grids:
                attempt("pdf-web", lambda: print_web(docs / f"{name}.html", docs / f"{name}.web.pdf"))
        if wants("html-web"):
            for name in grids:
                attempt("html-web", lambda: save_web(docs / f"{name}.html", docs / f"{name}.web.html"))
        if wants("scan", "ocr"):
            for path in sorted((scratch / "pdf-word").glob("*.pdf")):
                def photograph():
                    pages = scan(path.stem, path, docs / f"{path.stem}.scan.pdf")
                    if wants("ocr"):
                        recognise(pages, docs / f"{path.stem}.ocr.txt")
                    if not wants("scan"):
                        (docs / f"{path.stem}.scan.pdf").unlink()
                attempt("scan", photograph)
    return missing


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    kinds = KINDS if "all" in sys.argv[2:] else sys.argv[2:]
    for kind in kinds:
        if kind not in KINDS:
            sys.exit(f"render.py: no rendering is called {kind}; there are {', '.join(KINDS)}")
    missing = render(Path(sys.argv[1]), kinds)
    for kind, what in missing.items():
        print(f"render.py: {kind} was left out: {what} is missing; tools/install-renderers installs it", file=sys.stderr)
    sys.exit(3 if missing else 0)


if __name__ == "__main__":
    main()
