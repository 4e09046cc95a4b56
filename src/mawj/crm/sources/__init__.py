"""Live sources of a workspace: its keys, what it asks for, and when."""
