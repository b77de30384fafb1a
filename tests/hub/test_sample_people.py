"""The people and words that a demo starts with."""

from accounts.models import User
from discussions.models import Comment
from hub import sample_people
from tests.factories import publish


def test_sample_people_are_made_once_and_labelled():
    for _ in range(2):
        people = sample_people.make_people("a password")

    assert [person.display_name.split()[0] for person in people] == ["Sample"] * 3
    assert User.objects.filter(email__endswith="@demo.example").count() == 3
    assert [person.is_staff for person in people] == [True, False, False]


def test_sample_people_may_sign_in_with_a_new_password():
    sample_people.make_people("the old password")

    [curator, *_] = sample_people.make_people("the new password")

    assert curator.check_password("the new password")


def test_sample_comments_are_made_once_and_labelled(curator, newcomer, veteran):
    guide = publish()
    guide.rename(sample_people.GUIDE, by=None)

    for _ in range(2):
        sample_people.make_comments(curator, newcomer, veteran)

    bodies = list(Comment.objects.values_list("body", flat=True))
    assert len(bodies) == 2
    assert all(body.startswith("Sample ") for body in bodies)
