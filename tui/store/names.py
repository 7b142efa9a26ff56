"""What the files and folders of a journal are called."""

from __future__ import annotations

JOURNAL_FILE = "journal.json"
PEOPLE_FOLDER = "people"
PERSON_FILE = "person.json"
DIGEST_FOLDER = "digest"
KEPT_FOLDER = "kept"
"""Both in the state folder of this machine."""
