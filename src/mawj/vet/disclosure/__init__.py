"""Advertising: what a text says of payment, and what the rules of each country ask for.

Pure functions of text over data files of ours; nothing here reads a table or the network.

- `signs.disclosure_signs`: what one text shows of payment and of its disclosure;
- `wordings/`: the words for it, one file a language; `grammar` says how they are written;
- `links`: affiliate links and shops; `codes`: discount codes; `places`: where a word stands;
- `rules/`: what each country asks for, one file each, with source and date;
- `lacking.what_is_missing`: what a post or draft lacks, with the text to add.
"""
