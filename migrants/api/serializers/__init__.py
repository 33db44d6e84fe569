"""How rows are answered: only what the reader may see, numbers masked. What comes in passes the pages' forms
(`api/entering.py`).
"""
