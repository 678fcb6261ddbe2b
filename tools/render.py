#!/usr/bin/env python3
"""Prints drawn forms as the files that public bodies publish, by the programs that they use.

usage: render.py FOLDER KIND...

FOLDER  what `cargo xtask generate` wrote: grids/NAME.json (lines and tables with spans) and, for Chromium, docs/NAME.html.
KIND    xlsx, xlsx-office, xls, ods, docx, docx-office, html-sheet, html-word, html-web, pdf-sheet, pdf-word, pdf-web,
        pdf-webfont, pdf-weasy, pdf-report, pdf-odd, scan, ocr; or `all`.

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


def print_webfont(page, path):
    """By Chromium again, in a TrueType font: it embeds those as such, and others as drawings of their characters."""
    style = "<style>* { font-family: 'WenQuanYi Zen Hei' !important; }</style>"
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / "page.html"
        text = page.read_text(encoding="utf-8")
        at = text.find("</head>")
        other.write_text(style + text if at < 0 else text[:at] + style + text[at:], encoding="utf-8")
        print_web(other, path)


def print_weasy(page, path):
    from weasyprint import HTML
    HTML(string=page.read_text(encoding="utf-8")).write_pdf(path, presentational_hints=True)


# ---------------------------------------------------------------- reports, as programs of offices write them

# The predefined encodings of simplified Chinese in a font that is not embedded, and what their codes are.
ENCODINGS = (("GBK-EUC-H", "gbk"), ("UniGB-UCS2-H", "utf-16-be"), ("GBK2K-H", "gb18030"), ("UniGB-UTF16-H", "utf-16-be"),
             ("GBKp-EUC-H", "gbk"), ("GB-EUC-H", "gb2312"))
# What these fonts have for a ticked box.
TICKED = "√"
# Page sizes in points; the smaller ones make documents of many pages.
REPORT_PAGES = ((595, 842), (842, 595), (595, 842), (420, 595), (595, 420))
# Room between the text of a cell and its lines, height of a line in ems.
ROOM, LEADING = 3, 1.25


def encodings_for(grids):
    """One encoding a document, in turn, so that every one has its share; the next if a character is not in it. None if
    the font has no such character: then another one is embedded, as programs do."""
    acc = {}
    for at, (name, grid) in enumerate(grids.items()):
        texts = "".join(c["text"] for b in grid["blocks"] if b["kind"] == "table" for row in b["rows"] for c in row)
        texts += "".join(b["text"] for b in grid["blocks"] if b["kind"] == "line")

        def fits(encoding, codec):
            try:
                texts.encode(codec)
                texts.encode("gbk")
            except UnicodeEncodeError:
                return False
            # The middle dot of Latin has no place in these.
            return not (encoding.startswith("Uni") and "\u00b7" in texts)
        texts = texts.replace("☑", TICKED)
        turns = (ENCODINGS[(at + k) % len(ENCODINGS)] for k in range(len(ENCODINGS)))
        acc[name] = next((it for it in turns if fits(*it)), None)
    return acc


class Report:
    """Tables drawn cell by cell. A row that is higher than what is left of the page is cut if it is long, else it moves."""

    def __init__(self, name, path, is_embedded):
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        draw = chance(name, "report")
        self.font = "WenQuanYi" if is_embedded else "STSong-Light"
        if is_embedded:
            pdfmetrics.registerFont(TTFont(self.font, "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"))
        else:
            pdfmetrics.registerFont(UnicodeCIDFont(self.font))
        self.width, self.height = draw.choice(REPORT_PAGES)
        self.size, self.margin = draw.choice((7, 8, 9, 10)), draw.choice((30, 40, 56))
        self.pitch = self.size * LEADING
        # Whether a line is drawn at the end of a page where a cell goes on; whether lines are thin areas.
        self.is_closed, self.is_filled, self.is_numbered = (draw.random() < p for p in (0.5, 0.3, 0.4))
        self.canvas = Canvas(str(path), pagesize=(self.width, self.height), invariant=1)
        self.width_of = lambda text, size: sum(0.5 if it < "\x7f" else 1 for it in text) * size
        self.number, self.y = 1, self.height - self.margin

    def wrap(self, text, width, size=None):
        size, acc = size or self.size, []
        for part in text.split("\n"):
            line = ""
            for word in re.findall(r"[!-~]+|.", part):
                if line and self.width_of(line + word, size) > width:
                    acc.append(line.rstrip())
                    line = ""
                while self.width_of(word, size) > width and len(word) > 1:
                    n = max(1, int(width // (size / 2)))
                    acc.append(word[:n])
                    word = word[n:]
                line += word
            acc.append(line)
        return acc if text else []

    def show(self, x, y, text, size=None):
        self.canvas.setFont(self.font, size or self.size)
        self.canvas.drawString(x, y, text)

    def edge(self, x0, y0, x1, y1):
        if self.is_filled:
            self.canvas.rect(x0, y0, max(x1 - x0, 0.6), max(y1 - y0, 0.6), stroke=0, fill=1)
        else:
            self.canvas.setLineWidth(0.6)
            self.canvas.line(x0, y0, x1, y1)

    def next_page(self):
        if self.is_numbered:
            self.show(self.width / 2 - 10, self.margin / 2, f"- {self.number} -")
        self.canvas.showPage()
        self.number, self.y = self.number + 1, self.height - self.margin

    def line(self, text, is_title):
        size = self.size + 5 if is_title else self.size
        for it in self.wrap(text, self.width - 2 * self.margin, size):
            if self.y - size * LEADING < self.margin:
                self.next_page()
            self.y -= size * LEADING
            x = (self.width - self.width_of(it, size)) / 2 if is_title else self.margin
            self.show(x, self.y + size * 0.25, it, size)

    def table(self, rows, width):
        need = [self.size * 3] * width
        for row in rows:
            for it in row:
                share = min(self.width_of(it["text"], self.size), 14 * self.size) / it["columns"]
                for column in range(it["column"], it["column"] + it["columns"]):
                    need[column] = max(need[column], share)
        scale = (self.width - 2 * self.margin) / sum(need)
        xs = [self.margin + scale * sum(need[:column]) for column in range(width + 1)]
        # Each cell as [first row, rows, x0, x1, lines that are still to be shown].
        cells = [[r, it["rows"], xs[it["column"]], xs[it["column"] + it["columns"]],
                  self.wrap(it["text"], xs[it["column"] + it["columns"]] - xs[it["column"]] - 2 * ROOM)]
                 for r, row in enumerate(rows) for it in row]
        heights = [self.pitch + 2 * ROOM] * len(rows)
        for r, n, _, _, lines in sorted(cells, key=lambda it: it[1]):
            # What goes on over a page loses up to a line and its margins there.
            spare = 2 * (self.pitch + 2 * ROOM) if n > 1 else 0
            lacking = len(lines) * self.pitch + 2 * ROOM + spare - sum(heights[r:r + n])
            if lacking > 0:
                heights[r + n - 1] += lacking
        at, left, self.y = 0, None, self.y - 4
        while at < len(rows):
            # What of the table stands on this page: rows from `at`, the first with what is left of its height.
            room, bands, cut = self.y - self.margin, [], None
            for r in range(at, len(rows)):
                height = left if r == at and left is not None else heights[r]
                if height > room:
                    n = int((room - 2 * ROOM) // self.pitch)
                    is_long = height > 6 * self.pitch or height > self.height - 2 * self.margin - 10
                    if is_long and n >= 2:
                        bands.append((r, n * self.pitch + 2 * ROOM))
                        cut = height - n * self.pitch
                    break
                bands.append((r, height))
                room -= height
            if bands:
                self.bands(cells, bands, is_cut=cut is not None, is_first=left is None)
            end = bands[-1][0] + (cut is None) if bands else at
            at, left = end, cut
            if at < len(rows):
                self.next_page()
        self.y -= 6

    def bands(self, cells, bands, is_cut, is_first):
        tops = {}
        for r, height in bands:
            tops[r] = self.y
            self.y -= height
        first, last, foot = bands[0][0], bands[-1][0], self.y
        for cell in cells:
            r, n, x0, x1, lines = cell
            if r + n <= first or last < r:
                continue
            top = tops[max(r, first)]
            ends = r + n <= last + 1 and not (is_cut and r + n == last + 1)
            bottom = tops.get(r + n, foot) if ends else foot
            goes_on = r < first or (r == first and not is_first)
            self.edge(x0, bottom, x0, top)
            self.edge(x1, bottom, x1, top)
            if not goes_on or self.is_closed:
                self.edge(x0, top, x1, top)
            if ends or self.is_closed:
                self.edge(x0, bottom, x1, bottom)
            n_fit = len(lines) if ends else int((top - bottom - 2 * ROOM + 0.01) // self.pitch)
            shown, cell[4] = lines[:n_fit], lines[n_fit:]
            y = top - ROOM if not ends or goes_on else (top + bottom + len(shown) * self.pitch) / 2
            for it in shown:
                y -= self.pitch
                self.show(x0 + ROOM, y + self.size * 0.25, it)

    def save(self):
        self.next_page()
        self.canvas.save()


def print_report(name, grid, path, encoding):
    """By reportlab; its strings are then written in the encoding that is asked for."""
    import pikepdf

    report = Report(name, path, encoding is None)
    for block in json.loads(json.dumps(grid).replace(r"\u2611", TICKED))["blocks"]:
        if block["kind"] == "line":
            report.line(block["text"], block["is_title"])
        elif block["width"]:
            report.table(block["rows"], block["width"])
    report.save()
    if encoding is None:
        return
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                if font.Subtype == "/Type0":
                    font.Encoding = pikepdf.Name("/" + encoding[0])
                    # Latin characters have half an em, proportional ones and those of a typewriter.
                    font.DescendantFonts[0].W = pikepdf.Array([1, 95, 500, 814, 939, 500])
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(recoded(page, encoding[1])))
        pdf.save(path, deterministic_id=True)


def recoded(page, codec):
    import pikepdf

    is_chinese = False
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            is_chinese = page.Resources.Font[operands[0]].Subtype == "/Type0"
        if str(operator) == "Tj" and is_chinese:
            operands = [pikepdf.String(bytes(operands[0]).decode("utf-16-be").encode(codec))]
        yield operands, operator


def make_odd(name, files, path):
    """One of the files, as it is turned, locked without a password, or packed."""
    import pikepdf

    draw = chance(name, "odd")
    locks = (None, pikepdf.Encryption(owner="o", user="", R=2, aes=False, metadata=False),
             pikepdf.Encryption(owner="o", user="", R=3, aes=False, metadata=False),
             pikepdf.Encryption(owner="o", user="", R=4), pikepdf.Encryption(owner="o", user="", R=6))
    turn, lock = draw.choice((0, 90, 180, 270)), draw.choice(locks)
    streams = draw.choice((pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable))
    with pikepdf.open(draw.choice(files)) as pdf:
        for page in pdf.pages:
            page.Rotate = (int(page.get("/Rotate", 0)) + turn) % 360
        pdf.save(path, object_stream_mode=streams, encryption=lock or False)


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
         "pdf-word", "pdf-web", "pdf-webfont", "pdf-weasy", "pdf-report", "pdf-odd", "scan", "ocr")


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
        if wants("docx", "docx-office", "html-word", "pdf-word", "pdf-odd", "scan", "ocr"):
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
            if files and (wants(kind) or kind == "pdf-word" and wants("pdf-odd", "scan", "ocr")):
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
        if wants("pdf-webfont"):
            for name in grids:
                attempt("pdf-webfont", lambda: print_webfont(docs / f"{name}.html", docs / f"{name}.webfont.pdf"))
        if wants("pdf-weasy"):
            for name in grids:
                attempt("pdf-weasy", lambda: print_weasy(docs / f"{name}.html", docs / f"{name}.weasy.pdf"))
        if wants("pdf-report", "pdf-odd"):
            encodings = encodings_for(grids)
            for name, grid in grids.items():
                attempt("pdf-report", lambda: print_report(name, grid, scratch / f"{name}.report.pdf", encodings[name]))
        if wants("pdf-report"):
            for path in sorted(scratch.glob("*.report.pdf")):
                shutil.copy(path, docs / path.name)
        if wants("pdf-odd"):
            for name in grids:
                files = [scratch / f"{name}.report.pdf", scratch / "pdf-word" / f"{name}.pdf"]
                attempt("pdf-odd", lambda: make_odd(name, [it for it in files if it.exists()], docs / f"{name}.odd.pdf"))
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
