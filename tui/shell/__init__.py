"""What the commands do, one module a handful of them; `tui.cli` knows which is where."""
