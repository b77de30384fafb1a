"""Readers say whether a guide helped them."""

import pytest

from guides.models import Reads
from tests.pages import send_from_page, visit


@pytest.fixture
def address(guide):
    return f"/guides/{guide.slug}/helped/"


def test_a_reader_says_that_it_helped_without_an_account(reader, guide, address):
    form = visit(reader, guide.get_absolute_url()).find("form", action=address)
    assert [button["value"] for button in form.find_all("button")] == ["yes", "no"]

    answer = send_from_page(reader, address, {"answer": "yes"})

    assert (answer.url, answer.cookies) == (address, {})
    visit(reader, address)
    assert Reads.objects.get().helped == 1


def test_an_answer_counts_once_a_day(reader, address):
    for answer in ["no", "no", "yes"]:
        send_from_page(reader, address, {"answer": answer})

    row = Reads.objects.get()
    assert (row.helped, row.not_helped) == (0, 1)


def test_members_answer_for_themselves(browser_of, newcomer, veteran, address):
    for person in newcomer, veteran:
        browser_of(person).post(address, {"answer": "yes"})

    assert Reads.objects.get().helped == 2


def test_an_answer_of_another_site_is_none(reader, address):
    theirs = {"origin": "https://elsewhere.example"}

    answer = reader.post(address, {"answer": "yes"}, headers=theirs)

    assert answer.status_code == 403
    assert not Reads.objects.exists()


@pytest.mark.parametrize("typed", ["", "maybe", "\x00"])
def test_another_answer_counts_nothing(reader, guide, address, typed):
    answer = send_from_page(reader, address, {"answer": typed})

    assert answer.url == guide.get_absolute_url()
    assert not Reads.objects.exists()


def test_a_withdrawn_guide_asks_nobody(reader, curator, guide, address):
    guide.withdraw(by=curator, reason="Old.")

    assert send_from_page(reader, address, {"answer": "yes"}).status_code == 404
    assert not visit(reader, guide.get_absolute_url()).find("form", action=address)
