"""Planning: the brief, the portfolio, the budget that can be dragged, the client's report."""
