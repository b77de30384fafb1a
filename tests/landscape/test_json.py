"""The registers for programs."""

from landscape.models import PolicyRelation
from tests.guides.landscape import make_policy, make_term


def test_a_policy_says_all_that_its_page_says(reader, standard, places):
    standard.jurisdictions.set([places["uk"]])
    old = make_policy(slug="old", title="Old")
    PolicyRelation.objects.create(policy=standard, other=old, kind="replaces")

    answer = reader.get("/policies/service-standard.json")
    told = answer.json()

    assert answer.headers["Cache-Control"].startswith("public")
    assert (told["issued"], told["in_force_from"]) == ("2019-05", "2019-07-01")
    assert told["ended"] is None
    assert told["owner"]["slug"] == "gca"
    assert told["url"].endswith("/policies/service-standard/")
    assert told["places"] == [{"slug": "uk", "name": "United Kingdom"}]
    assert told["relations"][0]["other"]["slug"] == "old"
    assert (told["reach"], told["needs_check"]) == ("encouraged", False)


def test_a_policy_that_was_replaced_in_part_tells_what_is_left(reader, in_part):
    told = reader.get(f"{in_part.get_absolute_url()[:-1]}.json").json()
    (listed,) = reader.get("/policies.json?q=old").json()["policies"]
    whole = reader.get("/policies/new-rules.json").json()

    [step] = told["relations"]
    words = "It holds no more for new contracts, but still holds for older ones."
    assert told["limits"] == listed["limits"]
    assert told["limits"] in words
    assert whole["limits"] is None
    assert (step["scope"], step["still_for"]) == ("for new contracts", "for older ones")


def test_what_is_still_to_come_is_told_as_such(reader, standard, in_part):
    old = make_policy(slug="old", title="Old", status="being-replaced")
    PolicyRelation.objects.create(policy=standard, other=old, kind="replaces")

    [planned] = reader.get("/policies/old.json").json()["relations"]
    [done] = reader.get(f"{in_part.get_absolute_url()[:-1]}.json").json()["relations"]

    assert (planned["is_to_come"], done["is_to_come"]) == (True, False)


def test_a_list_has_pages_and_the_same_filters(reader, standard):
    for _ in range(50):
        make_policy(kind="act")

    first = reader.get("/policies.json").json()
    acts = reader.get("/policies.json?kind=act&q=policy").json()

    assert (first["count"], first["pages"], len(first["policies"])) == (51, 2, 50)
    assert first["next"].endswith("/policies.json?page=2")
    assert (acts["count"], acts["next"]) == (50, None)
    assert reader.get("/policies.json?kind=poem").status_code == 404


def test_a_body_tells_its_names_and_its_line(reader, mhclg, ccs, gca):
    told = reader.get("/organisations/mhclg.json").json()
    heir = reader.get("/organisations/gca.json").json()
    found = reader.get("/organisations.json?q=DLUHC").json()

    assert told["former_names"] == [
        {
            "name": "Department for Levelling Up",
            "abbreviation": "DLUHC",
            "since": "2021-09",
            "until": "2024-07-10",
        }
    ]
    (step,) = heir["successions"]
    assert (step["kind"], step["from"]["slug"], step["on"]) == (
        *("renamed", "ccs", "2026-04-01"),
    )
    assert [body["slug"] for body in found["organisations"]] == ["mhclg"]


def test_a_term_tells_its_other_meanings(reader, standard, gca):
    doubt = {"needs_check": True, "check_note": "Its origin."}
    make_term(policy=standard, organisation=gca, **doubt)
    make_term(slug="ao-grade", long="administrative officer")

    told = reader.get("/glossary/ao.json").json()
    whole = reader.get("/glossary.json").json()

    assert (told["short"], told["check_note"]) == ("AO", "Its origin.")
    assert [other["slug"] for other in told["other_meanings"]] == ["ao-grade"]
    assert (told["policy"]["slug"], told["organisation"]["slug"]) == (
        *("service-standard", "gca"),
    )
    assert told["other_meanings"][0]["policy"] is None
    assert whole["count"] == 2
    assert whole["terms"][0]["organisation"]["name"] == "Government Commercial Agency"
