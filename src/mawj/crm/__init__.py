"""What people decide: who works here, what they keep, what they ask to be done."""
