"""Which subjects, which size tiers, which published engagement figures? Data and their loaders.

Everything here is data that people can read, correct and extend, and the pure Python that
checks it:

- `topics/*.toml`: about 250 topics in three levels, named in English, Arabic and Persian, each
  with phrases that posts on it hold. Written for this package from knowledge of the three
  languages; copied from no list. A phrase tells what a post is about, never who its author is:
  none speaks of the origin, belief, wealth or family status of a person.
  `topic_tree.topic_tree` loads them and lays the user's own files over them.
- `tiers.toml`: published ways to draw lines between small and large accounts, each with its
  source. `tier_schemes.tier_schemes` loads them.
- `engagement_benchmarks.toml`: published engagement figures, dated and sourced. They contradict
  one another and are never used as truth. `benchmarks.engagement_benchmarks` loads them.

Start with `topic_tree.py`.
"""
