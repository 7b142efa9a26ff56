"""The manager's world as pure values and rules: no files, no clock, no screen.

Records are ``typing.NamedTuple``: frozen, small, and several times cheaper to define and to make
than dataclasses, whose import alone costs more than a whole run of the command line may.
"""
