"""The right of reply: by private links, those who are scored see, correct, dispute, leave."""
