"""What posts say of politics, by word lists in English, Arabic and Persian.

- `words/`: the lists, one file a language, each with a version;
- `lists`: the lists made ready for search;
- `reading`: what one text says: subjects, the side taken, accusations, paid or not;
- `tones`: praise or doubt in comments.

Only public posts are read, and only what they say. Nothing is guessed about what a person
believes, and no score of it is made: an account that never speaks of politics has no row.
"""
