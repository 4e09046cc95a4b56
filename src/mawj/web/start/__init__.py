"""The start page: what is loaded, how fresh it is, what runs."""
