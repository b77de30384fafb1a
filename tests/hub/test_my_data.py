"""Taking one's data along, and the rules for what goes and what stays."""

import json
import zipfile
from io import BytesIO

from django.db.models import CASCADE, SET_NULL
from django.utils import timezone

from accounts.models import User
from guides.models import Plan
from hub.my_data import APPS
from tests.factories import make_comment, make_draft, make_guide, make_reply, publish
from tests.guides.pathways import make_pathway, make_plan
from tests.hub.reauthentication import send_as_oneself
from tests.pages import visit

DATA = "/accounts/data/"


def files_of(browser) -> dict:
    """What is in the zip file, by name."""
    archive = zipfile.ZipFile(BytesIO(send_as_oneself(browser, DATA).content))
    return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def test_the_page_says_what_is_kept(browser_of, veteran):
    page = visit(browser_of(veteran), DATA)

    assert "This is what we keep about you" in page.main.get_text()


def test_a_reader_signs_in_before_taking_data(reader):
    for answer in reader.get(DATA), reader.post(DATA):
        assert answer.url.startswith("/accounts/login/")


def test_a_copy_holds_what_somebody_wrote_and_said(browser_of, veteran, guide):
    draft = make_draft(make_guide(owner=veteran), created_by=veteran, body="My draft.")
    make_comment(guide, veteran, "Ask the service owner.")
    veteran.experiences.create(role="delivery manager", from_year=2009)

    files = files_of(browser_of(veteran))

    names = ["account.json", "discussions.json", "guides.json", "site.json"]
    assert sorted(files) == names
    account = files["account.json"]
    assert account["profile"]["email"] == account["emails"][0]["email"]
    assert account["experience"][0]["role"] == "delivery manager"
    assert files["guides.json"]["editions"][0]["body"] == draft.body
    assert files["discussions.json"]["comments"][0]["body"] == "Ask the service owner."


def test_a_copy_holds_ones_plans_and_they_go_with_the_account(browser_of, veteran):
    plan = make_plan(veteran, make_pathway({"title": "Ask"}, {"guide": publish()}))
    plan.tick({step.pk for step in plan.pathway.steps.all()}, set())

    (told,) = files_of(browser_of(veteran))["guides.json"]["plans"]
    guide = plan.pathway.steps.get(title="").guide.slug
    assert sorted(told["done_steps"]) == sorted(["Ask", guide])
    assert told["starts_on"] == "2027-01-04"

    veteran.delete()
    assert not Plan.objects.exists()


def test_a_copy_holds_no_secret_and_nobody_else(browser_of, veteran, newcomer, guide):
    question = make_comment(guide, newcomer, "Who pays?")
    make_reply(question, veteran)

    text = json.dumps(files_of(browser_of(veteran)))

    veteran.refresh_from_db()
    for private in veteran.password, newcomer.email, newcomer.handle, "Who pays?":
        assert private not in text


def test_the_dates_of_a_copy_have_a_zone(browser_of, veteran):
    joined = files_of(browser_of(veteran))["account.json"]["profile"]["date_joined"]

    assert joined.endswith(("Z", "+00:00"))


def test_the_copy_is_a_file_with_a_name_and_kept_by_nobody(browser_of, veteran):
    answer = send_as_oneself(browser_of(veteran), DATA)

    today = timezone.localdate().isoformat()
    name = f'attachment; filename="handover-sample-veteran-{today}.zip"'
    assert answer.headers["Content-Disposition"] == name
    assert "no-store" in answer.headers["Cache-Control"]


def links_to_people() -> dict[str, object]:
    """Every foreign key to a person, by its name, with what deleting does to it."""
    found = {}
    for relation in User._meta.get_fields(include_hidden=True):
        if relation.one_to_many or relation.one_to_one:
            model = relation.related_model._meta.label_lower
            found[f"{model}.{relation.field.name}"] = relation.on_delete
    return found


def test_every_link_to_a_person_has_a_rule_that_is_true():
    goes = {name for app in APPS.values() for name in app.GOES}
    stays = {name for app in APPS.values() for name in app.STAYS}
    links = links_to_people()

    assert goes == {name for name, does in links.items() if does is CASCADE}
    assert stays == {name for name, does in links.items() if does is SET_NULL}
    assert goes | stays == set(links)


def test_a_link_without_a_rule_would_be_seen():
    assert links_to_people()["accounts.experience.person"] is CASCADE
    assert links_to_people()["guides.edition.created_by"] is SET_NULL
