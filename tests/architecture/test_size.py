from __future__ import annotations

import tokenize
from pathlib import Path

from tests.architecture.sources import PACKAGES, ROOT

LONGEST_MODULE = 300
LONGEST_TEMPLATE = 120
NO_CODE = {
    tokenize.COMMENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
    tokenize.INDENT,
    tokenize.NEWLINE,
    tokenize.NL,
}


def lines_of_code(path: Path) -> int:
    """The lines that hold more than blanks, comments and docstrings."""
    lines: set[int] = set()
    begins_statement = True
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.NEWLINE:
                begins_statement = True
            elif token.type not in NO_CODE:
                if not (begins_statement and token.type == tokenize.STRING):
                    lines.update(range(token.start[0], token.end[0] + 1))
                begins_statement = False
    return len(lines)


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    long = {str(path): n for path in paths if (n := lines_of_code(path)) > LONGEST_MODULE}

    assert long == {}


def test_no_template_is_longer_than_a_reader_can_hold() -> None:
    paths = (ROOT / "templates").rglob("*.html")
    long = {
        str(path): n
        for path in paths
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_TEMPLATE
    }

    assert long == {}


def test_docstrings_comments_and_blanks_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "example.py"
    path.write_text(
        '"""Two\nlines."""\n\n# why\ndef f(\n    a: int,\n):\n    """Does."""\n    return a\n'
    )

    assert lines_of_code(path) == 4
