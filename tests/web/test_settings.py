from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from amtweb.settings.mail import mail_by
from amtweb.settings.refusals import reasons_to_refuse
from amtweb.settings.secret_key import secret_key_kept_in

GOOD_KEY = "x9$kQ2!mW7@pL4#vB8%nR5^tY1&zC6*dF3(hJ0)sG-aE_uIoP"
SENSIBLE = {
    "SECRET_KEY": GOOD_KEY + "+Tq",
    "ALLOWED_HOSTS": "amtweb.example",
    "EMAIL_URL": "smtp://site:s%40fe@mail.example:587",
    "EMAIL_FROM": "amtweb@amtweb.example",
}


def start_production(
    environment: dict[str, str], *command: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *(command or ("manage.py", "check", "--deploy", "--fail-level=WARNING"))],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "amtweb.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_sensible_settings_pass_the_deployment_check() -> None:
    outcome = start_production(SENSIBLE)

    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"SECRET_KEY": ""}, "SECRET_KEY is missing", id="no key"),
        pytest.param({"SECRET_KEY": GOOD_KEY[:49]}, "SECRET_KEY is shorter", id="short key"),
        pytest.param(
            {"SECRET_KEY": "django-insecure-" + GOOD_KEY}, "from an example", id="Django's own key"
        ),
        pytest.param({"SECRET_KEY": "abcd" * 20}, "SECRET_KEY is not random", id="repeated key"),
        pytest.param(
            {"SECRET_KEY_FALLBACKS": f"{GOOD_KEY}+Tq, old"},
            "SECRET_KEY_FALLBACKS is shorter",
            id="short earlier key",
        ),
        pytest.param({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty", id="no host"),
        pytest.param({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS is empty", id="blank hosts"),
        pytest.param({"ALLOWED_HOSTS": "a.example,*"}, "not match all", id="any host"),
        pytest.param({"DEBUG": "1"}, "DEBUG is on", id="debug"),
        pytest.param({"DEBUG": "True"}, "DEBUG is on", id="debug in words"),
        pytest.param({"EMAIL_URL": ""}, "EMAIL_URL is missing", id="no mail server"),
        pytest.param({"EMAIL_URL": "console://"}, "EMAIL_URL must be", id="mail to the console"),
        pytest.param({"EMAIL_URL": "smtp://"}, "EMAIL_URL must be", id="mail to no host"),
        pytest.param({"EMAIL_FROM": ""}, "EMAIL_FROM must be", id="mail from nobody"),
        pytest.param({"TRUSTED_PROXIES": "all"}, "TRUSTED_PROXIES must", id="any proxy"),
    ],
)
def test_an_unsafe_value_is_refused(changes: dict[str, str], reason: str) -> None:
    (only,) = reasons_to_refuse({**SENSIBLE, **changes})

    assert reason in only


@pytest.mark.parametrize("debug", ["", "0", "false", "off"])
def test_sensible_values_are_not_refused(debug: str) -> None:
    assert reasons_to_refuse({**SENSIBLE, "DEBUG": debug}) == []


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("manage.py", "check"), id="manage.py"),
        pytest.param(("-m", "gunicorn", "--bind=127.0.0.1:0", "amtweb.wsgi"), id="server"),
    ],
)
def test_a_refusal_is_one_line_with_all_reasons(command: tuple[str, ...]) -> None:
    outcome = start_production({"DEBUG": "1", "SECRET_KEY": "hunter2"}, *command)

    assert outcome.returncode != 0
    (line,) = outcome.stderr.splitlines()
    assert line.startswith("amtweb does not start: SECRET_KEY is shorter")
    assert "ALLOWED_HOSTS" in line
    assert "DEBUG" in line
    assert "hunter2" not in line


def test_cookies_in_production_are_bound_to_the_host() -> None:
    outcome = start_production(
        SENSIBLE,
        "-c",
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,"
        " s.SESSION_COOKIE_SAMESITE, s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH,"
        " s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_DOMAIN,"
        " s.KNOWN_BROWSER_COOKIE_NAME)",
    )

    expected = (
        "__Host-sessionid True True Lax None / __Host-csrftoken True None __Host-knownbrowser"
    )
    assert expected == outcome.stdout.strip()


@pytest.mark.parametrize(
    ("trust", "header"),
    [("", "None"), ("0", "None"), ("1", "('HTTP_X_FORWARDED_PROTO', 'https')")],
)
def test_the_proxy_is_believed_only_where_that_is_set(trust: str, header: str) -> None:
    outcome = start_production(
        {**SENSIBLE, "TRUST_X_FORWARDED_PROTO": trust},
        "-c",
        "from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)",
    )

    assert outcome.stdout.strip() == header


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://u:p%40ss@mail.example", ("mail.example", 587, "u", "p@ss", True, False)),
        ("smtps://u:p@mail.example", ("mail.example", 465, "u", "p", False, True)),
        ("smtp://mail.example:2525", ("mail.example", 2525, "", "", True, False)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
    ],
)
def test_mail_leaves_the_machine_only_by_tls(url: str, expected: tuple[object, ...]) -> None:
    found = mail_by(url)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")

    assert tuple(found[f"EMAIL_{name}"] for name in names) == expected
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(("given", "trusted"), [("", "0"), ("0", "0"), ("2", "2")])
def test_forwarded_addresses_are_believed_only_of_as_many_proxies_as_are_named(
    given: str, trusted: str
) -> None:
    outcome = start_production(
        {**SENSIBLE, "TRUSTED_PROXIES": given},
        "-c",
        "from django.conf import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)",
    )

    assert outcome.stdout.strip() == trusted


def test_production_has_no_outbox_and_limits_that_its_processes_share() -> None:
    outcome = start_production(
        SENSIBLE,
        "-c",
        "from django.conf import settings as s;"
        "print(s.ROOT_URLCONF, s.EMAIL_HOST_PASSWORD, s.CACHES['default']['BACKEND'])",
    )

    expected = "amtweb.urls s@fe django.core.cache.backends.db.DatabaseCache"
    assert outcome.stdout.strip() == expected


def test_a_made_key_is_long_kept_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    key = secret_key_kept_in(path)

    assert reasons_to_refuse({**SENSIBLE, "SECRET_KEY": key}) == []
    assert secret_key_kept_in(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_largest_scenario_fits_into_one_form() -> None:
    fields = 60 * 40 + 4 * 500 * 8

    assert fields < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 2 * 1024 * 1024
