"""Whom to choose, for how much, and what to expect of it.

From a brief and the tables of a run to a portfolio:

- `asking`: what is wanted, whether this way of marketing suits it at all, the days that matter
  in three calendars, and what can be agreed;
- `forecasting`: what a post of an account may bring, with an interval that is checked;
- `pricing`: what it should cost, line by line, and every offer in the units of the trade;
- `passing`: whose audiences are the same people, and who passes on whose messages;
- `portfolio`, `choosing`: the best set under a budget and constraints, and what else would
  nearly do; `scenarios`: celebrities, small accounts or both on one budget;
- `kernels`: the compiled loops of all these.

Nothing here executes a query, reads a file or looks at the clock: tables and arrays come in as
arguments.
"""
