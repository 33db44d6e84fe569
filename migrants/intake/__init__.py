"""What becomes of a file once it is here: kept sealed, checked against our records, written, undone.

Reading itself (headings, cells, reasons) is `migrants.registers`, which knows no database.
"""
