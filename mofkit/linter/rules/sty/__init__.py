"""STY: the quiet traps of MOF, and what is mere style."""
