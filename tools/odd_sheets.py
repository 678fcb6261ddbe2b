#!/usr/bin/env python3
"""Writes the workbooks under crates/ingest-sheet/tests/odd: one small form, by every program that public bodies use.

usage: odd_sheets.py FOLDER

Needs openpyxl, xlsxwriter, pandas and xlwt; LibreOffice makes the files whose names end in -office. What each file is
stands in `FILES`. The test beside the folder says what is read of them.
"""
import datetime, subprocess, sys, tempfile, zipfile
from pathlib import Path

ROWS = [
    ["项目绩效自评表"],
    ["项目名称", "阅览室修缮", None, "实施单位", "某市图书馆"],
    ["一级指标", "三级指标", "年度指标值", "实际完成值", "得分"],
    ["产出指标", "修缮面积", "≥735平方米", 735, 29.1898],
    [None, "旧数", "90%", 0.9, 1],
    [None, "验收合格率", "100%", 0.97, 30],
    [None, "完工", datetime.date(2020, 12, 1), datetime.date(2020, 11, 28), "10"],
    ["总分", None, None, None, 69.19],
]
FORMATS = {"D4": '0"平方米"', "E4": "0.00", "D5": "0%", "D6": "0.00%", "C7": 'yyyy"年"m"月"d"日"', "D7": "yyyy/m/d", "E8": "0.00"}


def by_openpyxl(path, formula=None):
    """Merged labels, formats, a hidden row, column and sheet, a truth value, an error, two lines in a cell."""
    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    book = Workbook()
    sheet = book.active
    sheet.title = "自评表"
    for row in ROWS:
        sheet.append(row)
    for name, code in FORMATS.items():
        sheet[name].number_format = code
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("A4:A7")
    sheet.row_dimensions[5].hidden = True
    sheet["G4"], sheet["G4"].number_format = 0.5, "0%"
    sheet.column_dimensions["G"].hidden = True
    sheet["B10"], sheet["C10"], sheet["D10"] = "备注\n两行", True, CellRichText("一", TextBlock(InlineFont(b=True), "二"))
    sheet["E10"] = "#DIV/0!"
    if formula:
        sheet["E8"] = formula
    old = book.create_sheet("去年")
    old.sheet_state = "hidden"
    old.append(["项目绩效自评表"])
    old.append(["项目名称", "别的项目"])
    # Formats to the end of the sheet, where nothing stands.
    last = book.create_sheet("附表")
    last["A1"] = "单位:万元"
    last["XFD1048576"].number_format = "0.00"
    book.save(path)


def by_xlsxwriter(path):
    """Results of formulas, runs, a phonetic sign's neighbour, days since 1904, formats of whole columns."""
    import xlsxwriter
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    sheet = book.add_worksheet("表1")
    percent, money = book.add_format({"num_format": "0.00%"}), book.add_format({"num_format": "#,##0.00"})
    sheet.set_column("A:XFD", 9, money)
    sheet.write_row("A1", ["全年预算数", "全年执行数", "执行率"])
    sheet.write_row("A2", [547.98, 541.6], money)
    sheet.write_formula("C2", "=B2/A2", percent, 541.6 / 547.98)
    sheet.write_formula("D2", '=IF(A2>0,"已执行","")', None, "已执行")
    sheet.write_formula("E2", "=1/0", None, "#DIV/0!")
    sheet.write_rich_string("A3", "优", book.add_format({"bold": True}), "良", "中")
    sheet.write_datetime("B3", datetime.datetime(2020, 3, 5), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_string("C3", "007")
    book.close()


def by_pandas(path):
    """What a notebook writes."""
    import pandas
    frame = pandas.DataFrame([["产出指标", "修缮面积", 735, 0.97], ["效益指标", "读者满意度", None, 1.0]],
                             columns=["一级指标", "三级指标", "实际完成值", "完成率"])
    frame.to_excel(path, index=False)


def by_xlwt(path):
    """Formulas that nobody has calculated stand as zero; merged cells; a hidden row."""
    import xlwt
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表1")
    percent = xlwt.easyxf(num_format_str="0.00%")
    sheet.write_merge(0, 0, 0, 2, "预算执行情况")
    for column, text in enumerate(["全年预算数", "全年执行数", "执行率"]):
        sheet.write(1, column, text)
    sheet.write(2, 0, 547.98)
    sheet.write(2, 1, 541.6)
    sheet.write(2, 2, 541.6 / 547.98, percent)
    sheet.write(3, 0, "旧数")
    sheet.row(3).hidden = True
    sheet.write(4, 0, "x" * 9000)
    book.save(str(path))


def office(source, to, folder):
    with tempfile.TemporaryDirectory() as profile, tempfile.TemporaryDirectory() as out:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to,
                        "--outdir", out, str(source)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        made = next(Path(out).iterdir())
        (folder / f"{source.stem}-office{made.suffix}").write_bytes(made.read_bytes())


FILES = {
    "openpyxl.xlsx": by_openpyxl,
    "formula.xlsx": lambda path: by_openpyxl(path, "=SUM(E4:E7)"),
    "xlsxwriter.xlsx": by_xlsxwriter,
    "pandas.xlsx": by_pandas,
    "xlwt.xls": by_xlwt,
}


def packed(path):
    """The same members, packed as small as they go."""
    with zipfile.ZipFile(path) as old:
        members = [(it.filename, old.read(it)) for it in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name, data in members:
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, kind)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in FILES.items():
        write(folder / name)
    for to in ("xlsx", "xls", "ods"):
        office(folder / "openpyxl.xlsx", to, folder)
    for path in folder.iterdir():
        if path.suffix in (".xlsx", ".ods"):
            packed(path)


if __name__ == "__main__":
    main()
