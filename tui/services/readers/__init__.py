"""Files of others, read: each module one format, each a function from text to what is in it."""
