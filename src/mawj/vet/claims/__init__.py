"""Whether a text repeats, denies or asks about a claim that was checked.

- `ways.toml`: words of denial, question and negation in three languages, with a version;
- `words`: how much of a claim a passage says, by words of one language;
- `meaning`: the same across languages, by the embedding of the `semantic` extra;
- `ways`: repeats, denies or asks;
- `ordinary.toml`: sentences on everyday things that meaning is centred on.
"""
