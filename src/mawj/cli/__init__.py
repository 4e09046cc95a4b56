"""The command line: one file a group of commands; `main` is the door that `mawj` opens."""
