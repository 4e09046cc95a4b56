"""What is wanted, and whether this way of marketing suits it at all.

- `brief`: the wishes of a campaign; `deliverables`, `occasions`, `sectors`: what can be agreed,
  the days that matter in three calendars, and rules of trades, as data;
- `fit`: whether to do it at all, as a sum of findings; `shortlisting`: whom to look at
  more closely.
"""
