"""What a password may be: long, of any characters, and not one that everybody tries first."""

from __future__ import annotations

import re
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
    """Refuses a common word with digits about it, the site's name, and one key held down."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: User | None = None) -> None:
        """Looks at what is left of the password when what everybody adds is taken away.

        Raises:
            ValidationError: Nothing is left that one would have to guess.
        """
        if self._is_dressed_up(password.lower().strip()):
            message = "This is among the first that someone would guess. Choose another."
            raise ValidationError(message, code="password_too_common")

    def get_help_text(self) -> str:
        return ""

    def _is_dressed_up(self, text: str) -> bool:
        if len(set(text)) < FEWEST_DIFFERENT_CHARACTERS:
            return True
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
        if core in self.common:
            return True
        without = re.sub("|".join(WORDS_OF_THE_SITE), "", text)
        letters = sum(character.isalpha() for character in without)
        return without != text and letters < FEWEST_OTHER_LETTERS
