"""Three modes: `development` (what `make run` serves), `tests` and `production`.

Each is `common` plus what differs. `manage.py` takes `development`, the WSGI entry takes
`production`, unless DJANGO_SETTINGS_MODULE says otherwise.
"""
