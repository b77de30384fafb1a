"""Who a request comes from."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from accounts.prepared import Prepared

_person = Prepared(lambda pk: User.objects.with_experience().filter(pk=pk), int)


class PersonBackend(AuthenticationBackend):
    """As allauth's own, and with it Django's. Every page of a signed-in person asks
    for one, so the query is made once; it brings what stands beside their words."""

    def get_user(self, user_id: int) -> User | None:
        """The person with this number, unless they are suspended or not there."""
        person = next(iter(_person(int(user_id))), None)
        return person if person and self.user_can_authenticate(person) else None
