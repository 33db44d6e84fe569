"""Registers as villages keep them, read without losing or inventing a row.

Survey a file (`surveying`), settle a plan (`plans`), read it (`reading`): every row of the file ends in
exactly one of imported, skipped, review, refused, with reasons (`reasons`) and facts ready to write
(`facts`). Nothing here touches the database: places come in as a look-up (`places`).
"""
