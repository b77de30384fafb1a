from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        """Have the owner told of a new address: allauth tells of all changes but it.
        A link to a new password proves who reads the mail, as a code does."""
        from allauth.account.signals import email_added, password_reset

        email_added.connect(_tell_of_new_address)
        password_reset.connect(_give_to_who_reads_the_mail)


def _tell_of_new_address(sender: type, **given: Any) -> None:
    from allauth.account.adapter import get_adapter

    added = given["email_address"]
    context = {"added_email": added.email}
    template = "account/email/email_added"
    get_adapter().send_notification_mail(template, added.user, context)


def _give_to_who_reads_the_mail(sender: type, **given: Any) -> None:
    from accounts.sign_in import take_over

    take_over(given["user"])
