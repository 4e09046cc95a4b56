"""Can they be trusted? Checks over what is loaded of some accounts, with evidence.

- `vet_posts`, `vet_comments`: what is looked at, cut down to the accounts that are vetted;
- `checks/`: one file a check; each gives rows of findings, and the evidence for them;
- `check_rows.finding_rows`: what every check's rows share;
- `vet_scores`: adds the findings up, and nothing else.
"""
