"""Whose audiences are the same people, and who passes on whose messages.

- `audience_members`, `overlap`: audiences as sets and what they share;
- `passing_counts`, `passing_on`: how often messages were passed on, and the chance of the next;
- `two_step`, `two_step_people`, `two_step_spread`: whom messages reach by way of others;
- `cascade_nodes`, `cascade_sizes`, `next_adopters`, `next_passers`: cascades, what becomes of a
  running one, and who is next.
"""
