"""What curators see of people, and what they leave alone."""

import pytest

from tests.factories import make_user


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def test_a_curator_reads_what_somebody_did_and_whether_comments_wait(admin, veteran):
    veteran.experiences.create(role="delivery manager", from_year=2009, to_year=2021)

    page = admin.get(f"/admin/accounts/user/{veteran.pk}/change/").content.decode()

    assert "delivery manager, 2009–2021" in page
    assert "Comments wait for a curator" in page
    assert "experiences-0-role" not in page


def test_a_curator_changes_nobody(admin, veteran):
    typed = {"display_name": "Other", "is_held": "on"}

    for verb in "change", "delete":
        address = f"/admin/accounts/user/{veteran.pk}/{verb}/"
        assert admin.post(address, typed).status_code == 403

    veteran.refresh_from_db()
    assert (veteran.display_name, veteran.is_held) == ("Sample Veteran", False)


def test_those_whose_comments_wait_are_listed(admin, veteran, newcomer):
    veteran.is_held = True
    veteran.save()

    page = admin.get("/admin/accounts/user/", {"is_held__exact": "1"})

    assert list(page.context["cl"].result_list) == [veteran]


def test_a_superuser_holds_somebody_but_says_nothing_for_them(browser_of, veteran):
    keeper = make_user("Sample Keeper", is_staff=True, is_superuser=True)
    line = veteran.experiences.create(role="delivery manager")
    address = f"/admin/accounts/user/{veteran.pk}/change/"
    rows = {"TOTAL_FORMS": 2, "INITIAL_FORMS": 1, "0-id": line.pk, "0-role": "x"}
    rows |= {"0-person": veteran.pk, "1-person": veteran.pk, "1-role": "y"}
    typed = {f"experiences-{name}": value for name, value in rows.items()}
    typed |= dict.fromkeys(
        ["curators_notes-TOTAL_FORMS", "curators_notes-INITIAL_FORMS"], 0
    )
    names = {"display_name": "Sample Veteran", "handle": "sample-veteran"}

    typed |= names | {"email": veteran.email, "is_active": "on", "is_held": "on"}
    assert browser_of(keeper).post(address, typed).status_code == 302

    veteran.refresh_from_db()
    assert veteran.is_held
    assert [str(line) for line in veteran.experiences.all()] == ["delivery manager"]
