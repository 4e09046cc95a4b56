"""Whom to choose, for how much, and what to expect of it.

From a brief and the tables of a run to a portfolio:

- `brief`, `fit`, `occasions`: what is wanted, whether this way of marketing suits it at all,
  and the days that matter in three calendars;
- forecasts: what a post of an account may bring, with an interval whose coverage is checked;
- prices: what it should cost, line by line, and every offer in the units of the trade;
- overlap and two-step flow: whose audiences are the same people, and who passes on whose
  messages;
- portfolios: the best set under a budget and constraints, and what else would nearly do.

Nothing here executes a query, reads a file or looks at the clock: tables and arrays come in as
arguments.
"""
