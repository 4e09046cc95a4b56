"""What a post may bring: own past shrunk to peers, with intervals whose coverage is checked.

- `forecasts`: one row per account, deliverable, day and measure, and its lines that add up;
- `averages_ahead`: the same where only averages are known;
- `backtest`: the past forecast again, beside two naive ways; `forecast_record`: errors of
  the book.
"""
