"""`manage.py delete_again EMAIL …`: after a restore, who had left leaves again."""

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from hub.my_data import delete_if_due


class Command(BaseCommand):
    """Deletes accounts that were deleted after the backup was made. They were told
    then, so no mail is sent."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        """Whom, and how much."""
        parser.add_argument("email", nargs="+")
        parser.add_argument(
            "--with-words",
            action="store_true",
            help="delete the words of their comments too, as they asked for",
        )

    def handle(self, *, email: list[str], with_words: bool, **options) -> None:
        """Delete each; a second run finds nobody and changes nothing."""
        for address in email:
            person = User.objects.filter(email__iexact=address).first()
            if person is None:
                self.stdout.write(f"{address} has no account.")
                continue
            try:
                person.leave(timezone.now(), deletes_words=with_words)
            except ValidationError as error:
                raise CommandError(f"{address}: {error.messages[0]}") from None
            delete_if_due(person.pk, says_so=False)
            self.stdout.write(f"{address} is deleted.")
