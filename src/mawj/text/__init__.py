"""Words: Arabic, Persian and English text, its tokens, language, tags, numbers and dates.

Pure functions of text; nothing here reads a table, a file outside the package or the network.

* ``normalise``: ``search_form`` and ``folded``: one form for all spellings, and the way back;
* ``tokens``: ``tokens`` as written, ``search_terms`` as search compares them;
* ``language``: ``language`` and ``languages``, Arabizi and Finglish among them;
* ``tags``: ``hashtags``, ``mentions``, ``links``, ``emoji``;
* ``numbers``: ``count_of``, ``counts_of``, ``share_of_text``, ``known``;
* ``dates``: ``moment_of``, ``moments_of`` in three calendars;
* ``stopwords``: ``stop_words``;
* ``facts``: ``text_facts``, all of it for many posts.
"""
