"""How what is *ours* is written out: each module one format, each a function of values."""
