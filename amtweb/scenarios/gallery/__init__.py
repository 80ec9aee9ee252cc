"""Worked examples to start from."""

from amtweb.scenarios.gallery.gallery import DEFAULT, Example, example, examples

__all__ = ["DEFAULT", "Example", "example", "examples"]
