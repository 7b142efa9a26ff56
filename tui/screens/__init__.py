"""Screens: each shows one surface, turns messages into use cases, and knows no file."""
