"""What a brand holds dear: values, red lines, competitors, own facts."""
