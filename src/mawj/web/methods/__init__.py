"""How every number is made, in words."""
