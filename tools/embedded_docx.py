#!/usr/bin/env python3
"""Writes a Word document that prints a form as a workbook embedded in it, as Word does with a pasted sheet.

usage: embedded_docx.py GRID FILE      GRID is what `cargo xtask generate --render grid` writes

The text around it is python-docx's, the workbook openpyxl's; the picture that Word keeps beside it is a blank one.
"""
import json, sys, tempfile
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from render import write_xlsx

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OBJECT = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:object>'
    '<v:shape id="s1" style="width:400pt;height:500pt"/>'
    '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="s1" DrawAspect="Content" ObjectID="_1" r:id="{id}"/>'
    "</w:object></w:r>"
)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    grid, file = Path(sys.argv[1]), Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlsx"
        write_xlsx(grid.stem, json.loads(grid.read_text(encoding="utf-8")), book)
        data = book.read_bytes()
    document = docx.Document()
    document.add_paragraph("附件如下:")
    paragraph = document.add_paragraph()
    name = PackURI("/word/embeddings/Microsoft_Excel_Sheet1.xlsx")
    part = Part(name, SPREADSHEET, data, document.part.package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.PACKAGE)
    paragraph._p.append(parse_xml(OBJECT.format(id=relation)))
    document.add_paragraph("以上。")
    document.save(file)


if __name__ == "__main__":
    main()
