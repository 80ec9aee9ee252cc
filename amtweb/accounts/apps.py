from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.core.signals import request_finished


class AccountsConfig(AppConfig):
    name = "amtweb.accounts"

    def ready(self) -> None:
        from allauth.account import signals as account
        from allauth.mfa import signals as second_step
        from django.contrib.auth.signals import user_logged_out

        from amtweb.accounts import events, sign_ins, upkeep

        events.listen()
        user_logged_out.connect(sign_ins.forget_sign_in)
        account.password_changed.connect(sign_ins.end_all)
        account.password_reset.connect(sign_ins.end_all)
        second_step.authenticator_added.connect(sign_ins.rotate)
        second_step.authenticator_removed.connect(sign_ins.rotate)
        second_step.authenticator_used.connect(sign_ins.rotate_confirmed)
        if settings.DAILY_UPKEEP:
            request_finished.connect(upkeep.once_a_day)
