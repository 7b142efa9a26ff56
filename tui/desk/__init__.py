"""The manager's machine: where files go, the clipboard, the files that ship with the program."""
