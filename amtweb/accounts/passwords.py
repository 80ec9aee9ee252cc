"""What a password may be: long, of any characters, and not one that everybody tries first."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from amtweb.accounts.models import User

SHORTEST = 12
LONGEST = 128
WORDS_OF_THE_SITE = ("amtweb", "amtmodeler", "amt")
# Fewer letters than these, beside a word of the site, are no secret.
FEWEST_OTHER_LETTERS = 8
FEWEST_DIFFERENT_CHARACTERS = 4
# Steps from one character to another that is not its neighbour.
FEWEST_SURPRISES = 4
SHORTEST_NAME = 3

ADVICE = f"At least {SHORTEST} characters. A few words in a row are easy to keep and hard to guess."


class LengthValidator:
    def validate(self, password: str, user: User | None = None) -> None:
        """Counts characters, whatever they are.

        Raises:
            ValidationError: Too few, or more than are ever hashed.
        """
        if len(password) < SHORTEST:
            message = f"Use at least {SHORTEST} characters: this has {len(password)}."
            raise ValidationError(message, code="password_too_short")
        if len(password) > LONGEST:
            message = f"Use at most {LONGEST} characters."
            raise ValidationError(message, code="password_too_long")

    def get_help_text(self) -> str:
        return ADVICE


class DressedUpValidator:
    """Refuses a common word with digits about it, names at hand, and runs of keys."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: User | None = None) -> None:
        """Looks at what is left of the password when what everybody adds is taken away.

        Raises:
            ValidationError: Nothing is left that one would have to guess.
        """
        text = password.lower().strip()
        address = user.email.lower() if user else ""
        if _is_a_run(text) or self._is_common(text) or _is_at_hand(text, address):
            message = "This is among the first that someone would guess. Choose another."
            raise ValidationError(message, code="password_too_common")

    def get_help_text(self) -> str:
        return ""

    def _is_common(self, text: str) -> bool:
        """Whether a common password is the whole but for digits and signs, or but for repeats."""
        text = re.sub(r"^[\W\d_]+(?=\w*[^\W\d_])", "", text)
        core = re.sub(r"[\W\d_]+$", "", text)
        beginnings = {text[:end] for end in range(len(core), len(text) + 1)}
        repeated = core[: (core + core).find(core, 1)]
        return core != "" and not self.common.isdisjoint(beginnings | {repeated})


def _is_a_run(text: str) -> bool:
    """Whether each character nearly tells the next."""
    steps = (abs(ord(after) - ord(before)) for before, after in pairwise(text))
    surprises = sum(step > 1 for step in steps)
    return surprises < FEWEST_SURPRISES or len(set(text)) < FEWEST_DIFFERENT_CHARACTERS


def _is_at_hand(text: str, address: str) -> bool:
    """Whether there is little beside the site's name or the person's address."""
    names = [part for part in re.split(r"\W+", address) if len(part) >= SHORTEST_NAME]
    without = re.sub("|".join(map(re.escape, (*WORDS_OF_THE_SITE, *names))), "", text)
    letters = sum(character.isalpha() for character in without)
    return without != text and letters < FEWEST_OTHER_LETTERS
