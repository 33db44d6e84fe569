"""Tables as people send them: XLSX, XLS, ODS and CSV, read under limits so that no file can hurt.

`open_table` is the one door; it refuses a file with one sentence (`TableRefused`). Used by the areas file of
this step and by the registers of the step above. Pure: no database, no settings.
"""

from villages.tables.limits import DISTRICT, VILLAGE, Limits
from villages.tables.reading import Cell, SheetInfo, Table, open_table
from villages.tables.refusals import TableRefused

__all__ = ["DISTRICT", "VILLAGE", "Cell", "Limits", "SheetInfo", "Table", "TableRefused", "open_table"]
