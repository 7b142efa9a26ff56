"""The journal on disk. The only package that knows TinyDB, and the only one that writes there.

``os.path`` rather than ``pathlib`` throughout: importing the latter costs the command line as much
as parsing its arguments.
"""
