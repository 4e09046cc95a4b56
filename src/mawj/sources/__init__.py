"""How rows come in: any file that a person brings, as rows of observed tables.

Answers "what does this file say about whom?". A file is opened (`reading.open_file`), known by
its content (`ready.ready_mapping`) or guessed at by headings and values (`guessing.guess`), and
read into rows under a mapping (`rows.rows_of`): rows of the tables in `tables/observed.py`,
what was set aside with row, field and reason, and the raw rows for keeping. Knows no lake: it
yields, and `flow/loading.py` stores. Start at `rows.py`; add a provider in `ready/`.
"""
