"""`manage.py delete_again`: a restore brings nobody back for good."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.factories import make_comment


def run(*words):
    said = StringIO()
    call_command("delete_again", *words, stdout=said)
    return said.getvalue().splitlines()


def test_who_had_left_leaves_again_without_a_mail(newcomer, guide, mailoutbox):
    comment = make_comment(guide, newcomer)
    mailoutbox.clear()

    said = run(newcomer.email.upper(), "nobody@example.org")

    assert said == [
        f"{newcomer.email.upper()} is deleted.",
        "nobody@example.org has no account.",
    ]
    assert not User.objects.filter(pk=newcomer.pk).exists()
    comment.refresh_from_db()
    assert (comment.author, comment.body) == (None, "Who owns the budget?")
    assert mailoutbox == []


def test_their_words_go_too_if_they_had_asked_for_it(newcomer, guide):
    comment = make_comment(guide, newcomer)

    run(newcomer.email, "--with-words")

    comment.refresh_from_db()
    assert comment.body == ""


def test_somebody_still_looks_after_the_site(curator):
    User.objects.filter(pk=curator.pk).update(is_superuser=True)

    with pytest.raises(CommandError, match="make another superuser first"):
        run(curator.email)

    assert User.objects.filter(pk=curator.pk).exists()
