"""Files changed together and by one command at a time, whatever ends it."""
