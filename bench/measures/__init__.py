"""What is measured. Each measure is a function that returns lines; `__main__` runs them in this order."""

from bench.measures.areas import areas
from bench.measures.exporting import exporting
from bench.measures.growth import dashboards_at_m, lists_at_m, people_of_ten_millions
from bench.measures.importing import importing
from bench.measures.ledger import ledger
from bench.measures.pages import admin, connections, save, work_list
from bench.measures.people import people, people_of_a_million
from bench.measures.printing import report
from bench.measures.questions import dashboards, figures
from bench.measures.registers import registers

MEASURES = {
    "list": work_list,
    "save": save,
    "admin": admin,
    "connections": connections,
    "dashboards": dashboards,
    "figures": figures,
    "search": people,
    "million": people_of_a_million,
    "growth": lists_at_m,
    "dashboards-m": dashboards_at_m,
    "ten-million": people_of_ten_millions,
    "report": report,
    "areas": areas,
    "importing": importing,
    "registers": registers,
    "exporting": exporting,
    "ledger": ledger,
}
