"""The one-to-one without a screen: one module for each part of it, in plain questions and lines."""
