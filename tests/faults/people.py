"""Fills a deployment: people who are signed in, and a guide to discuss.

Prints the guide's slug and the key of each person's session.
"""

import sys

import django

YEARS = 5 * 365 * 24 * 3600  # seconds; clocks of other years are tried


def main(number: int) -> None:
    """Make so many people."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from tests.factories import make_guide, make_topic, make_user, publish

    author = make_user("Sample Author", email="author@example.org")
    guide = publish(make_guide(owner=author))
    guide.topics.add(make_topic())
    print(guide.slug)
    people = [author]
    people += [_person(number) for number in range(1, number)]
    for person in people:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "accounts.backends.PersonBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.set_expiry(YEARS)
        session.save()
        print(session.session_key)


def _person(number: int):
    from allauth.account.models import EmailAddress

    from accounts.models import User

    email = f"person{number}@fault.example"
    person = User.objects.create_user(email=email, display_name=f"Person {number}")
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
