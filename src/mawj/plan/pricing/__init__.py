"""What it should cost: a receipt of lines with a range, beside every other way to reckon.

- `price_lines`, `prices`: receipts from quotes, past fees and published cards;
- `unit_costs`, `emv`, `ad_buys`, `comparables`: the units of the trade, media value by several
  methods, what the same money buys as ads, and accounts like it;
- `pay_gap`: whether like results are paid alike.
"""
