"""What can go wrong, in sentences for the user, each with the exit code of the command line."""

from __future__ import annotations

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NOT_FOUND = 3
EXIT_DAMAGED = 4
EXIT_LOCKED = 5
EXIT_INTERRUPTED = 130


class AlongsideError(Exception):
    """Something the user should read: what happened, what is safe, what to do.

    The message never contains the text of a note, so that it may be logged.
    """

    exit_code = EXIT_FAILED


class UsageError(AlongsideError):
    """What was asked for cannot be understood or is not allowed."""

    exit_code = EXIT_USAGE


class NotFoundError(AlongsideError):
    """A person or a meeting that was named does not exist, or the name fits several."""

    exit_code = EXIT_NOT_FOUND


class DamagedError(AlongsideError):
    """A file of the journal cannot be read; its bytes are left as they are."""

    exit_code = EXIT_DAMAGED


class NewerError(AlongsideError):
    """A file was written by a newer version of alongside; it is opened read-only."""

    exit_code = EXIT_DAMAGED


class BusyError(AlongsideError):
    """Another program held the journal's lock for too long."""

    exit_code = EXIT_LOCKED


class StorageError(AlongsideError):
    """The disk, or the way to it, refused: full, read-only, no permission, gone."""
