"""alongside: a companion for the one-to-one meetings managers hold with their people."""

__version__ = "0.1.0"
