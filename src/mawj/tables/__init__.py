"""The shared words: every table, column, unit and error that the rooms of Mawj speak of.

Start at `column` (what a table declaration is), then `observed` (what sources bring) and the
`derived_*` modules (what a run makes). Imports nothing of ours.
"""
