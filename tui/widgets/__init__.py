"""Widgets: they are given values, show them, and post what the user did. They know no service."""
