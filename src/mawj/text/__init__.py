"""Words: Arabic, Persian and English text, its letters, tokens, language, tags, numbers and dates."""
