"""What a brand holds dear, and vetting creators, against it or at large."""
