"""Pages to send to somebody: the HTML report, and the pages of docs/ made from the code."""
