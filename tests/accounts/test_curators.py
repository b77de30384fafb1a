"""What curators may do, and what they may not."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection

from accounts.curators import RIGHTS, make_group
from accounts.models import User
from hub.models import Page
from tests.factories import make_comment, make_draft, make_user


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def names(rights) -> set[str]:
    """Rights as `app.verb_model`."""
    return {f"{right.content_type.app_label}.{right.codename}" for right in rights}


def test_the_group_of_curators_comes_with_the_site(curator):
    wanted = set()
    for place, verbs in RIGHTS.items():
        label, model = place.split(".")
        wanted |= {f"{label}.{verb}_{model}" for verb in verbs}

    rights = Group.objects.get(name="Curators").permissions
    assert names(rights.select_related("content_type")) == wanted


def test_making_the_group_again_takes_away_what_was_added(curator):
    group = Group.objects.get(name="Curators")
    group.permissions.add(Permission.objects.get(codename="delete_user"))

    assert make_group(apps) == group

    assert not group.permissions.filter(codename="delete_user").exists()
    assert Group.objects.count() == 1


def test_a_curator_is_no_superuser_and_reads_what_only_curators_may(curator, guide):
    draft = make_draft(guide)

    assert not curator.is_superuser
    assert draft in type(draft).objects.visible_to(curator)


# Each is written on the page of what it belongs to.
WITHOUT_A_LIST = {
    *("guides.step", "hub.homeguide", "hub.homesearch", "landscape.formername"),
    *("landscape.policyrelation", "landscape.succession"),
}


@pytest.mark.parametrize("place", sorted(RIGHTS.keys() - WITHOUT_A_LIST))
def test_a_curator_opens_every_list(admin, place):
    assert admin.get(f"/admin/{place.replace('.', '/')}/").status_code == 200


def test_a_curator_gives_nobody_more_rights(admin, curator, newcomer):
    for person in curator, newcomer:
        address = f"/admin/accounts/user/{person.pk}/change/"
        answer = admin.post(address, {"is_superuser": "on"})
        assert answer.status_code == 403

    assert not User.objects.filter(is_superuser=True).exists()


def test_a_curator_sees_no_password_of_a_person(admin, newcomer):
    page = admin.get(f"/admin/accounts/user/{newcomer.pk}/change/")

    assert page.status_code == 200
    assert newcomer.password not in page.content.decode()


def test_a_person_is_found_by_address_or_by_the_beginning_of_the_handle(
    admin, newcomer, veteran
):
    for words in newcomer.email.upper(), "sample-new":
        page = admin.get("/admin/accounts/user/", {"q": words})
        assert list(page.context["cl"].result_list) == [newcomer]


def test_finding_a_person_reads_no_whole_table(admin):
    people = apps.get_model("accounts", "User").objects
    found = people.filter(email="a@b.example") | people.filter(handle__startswith="a")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "Seq Scan" not in found.order_by().explain()


def test_two_people_of_one_name_are_added(browser_of):
    admin = browser_of(make_user("Sample Keeper", is_staff=True, is_superuser=True))
    for number in "12":
        typed = {
            "email": f"Twin{number}@example.org",
            "display_name": "Sample Twin",
            "usable_password": "false",
        }
        answer = admin.post("/admin/accounts/user/add/", typed)
        assert answer.status_code == 302, answer.content.decode()

    handles = User.objects.filter(email__startswith="twin").values_list("handle")
    assert len(set(handles)) == 2


def test_a_page_of_the_site_keeps_its_address_and_stays(browser_of):
    page = Page.objects.create(slug="about", title="About", summary="Us", body="Hi.")
    keeper = make_user("Sample Keeper", is_staff=True, is_superuser=True)
    admin = browser_of(keeper)
    typed = {"slug": "us", "title": "About us", "summary": "Us", "body": "Hi."}
    typed |= {"note": "A plainer title.", "version": "0"}

    address = f"/admin/hub/page/{page.pk}"
    assert admin.post(f"{address}/change/", typed).status_code == 302
    assert admin.post(f"{address}/delete/", {"post": "yes"}).status_code == 403

    assert list(Page.objects.values_list("slug", "title")) == [("about", "About us")]


def test_a_comment_is_not_deleted_by_a_curator(admin, newcomer, guide):
    comment = make_comment(guide, newcomer)

    answer = admin.post(f"/admin/discussions/comment/{comment.pk}/delete/")

    assert answer.status_code == 403
