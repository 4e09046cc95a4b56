"""Which sensitive subjects a text touches, how strongly, and whether it does so or tells of it.

- `lists/`: the term lists, a file a subject and language, with innocent phrases;
- `lists.entries`: the lists as phrases that `mawj.text.matching` finds;
- `disguise`: undoes masked words (f*ck, sh1t) and spaced letters;
- `telling`: quoting, news, law, medicine, faith and condemning, told from doing;
- `rules.subject_scores`, `rules.offence_score`: all of it for many texts.
"""
