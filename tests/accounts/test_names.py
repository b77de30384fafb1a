"""Names that people may take, and names that would pass for somebody else's."""

import pytest

from accounts.lines import problem_with_line
from accounts.lookalikes import skeleton
from accounts.models import User
from accounts.names import problem_with
from tests.factories import make_user


@pytest.mark.parametrize(
    "name",
    [
        *("Sam Sample", "Ólafur Þór", "Анна Петрова", "Ελένη", "王小明", "佐藤 さくら"),
        *("김철수", "محمد", "O’Neill", "Kealiʻi", "Badminton", "Anna Смит", "Sam 2"),
        *("Staffordshire Sue", "Iain", "rnb fan", "Vvedenskaya"),
    ],
)
def test_a_name_of_one_alphabet_a_word_is_welcome(name):
    assert problem_with(name, "Handover") == ""


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("S\u0430m", "one alphabet"),  # Cyrillic a
        ("\u039fscar", "one alphabet"),  # Greek capital omicron
        ("Adm1n", "people who run"),
        ("m0derat0r", "people who run"),
        ("Handover help", "people who run"),
        ("hand0ver", "people who run"),
        ("Ѕтаff", "one alphabet"),
        ("ꮯurator", "one alphabet"),  # Cherokee
        ("5taff", "people who run"),
        ("Official", "people who run"),
        ("Team gov.uk", "people who run"),
        ("Customer support", "people who run"),
        ("Cúrator", "people who run"),
        ("Sam\u202e", "hidden"),
        ("Sa\u200dm", "hidden"),
        ("\u2067Sam", "hidden"),
    ],
)
def test_a_name_that_deceives_is_refused_with_the_reason(name, reason):
    assert reason in problem_with(name, "Handover")


@pytest.mark.parametrize(
    "name",
    [
        *("Sample Keeper", "sample  keeper", "SAMPLE-KEEPER", "SampleKeeper"),
        *("Sarnple Keeper", "Sámple Keeper", "5ample Keeper", "The Warden", "warden"),
    ],
)
def test_nobody_takes_a_name_that_looks_like_a_curators(name, newcomer):
    make_user("Sample Keeper", is_staff=True)
    warden = make_user("The Warden", is_staff=True)
    warden.handle = "warden"
    warden.save()

    assert "one like it" in User.objects.name_problem(name, newcomer)


def test_a_whole_word_of_another_alphabet_cannot_pass_for_a_curator(newcomer):
    make_user("Capo", is_staff=True)

    assert "one like it" in User.objects.name_problem("\u0421\u0430\u0440\u043e")
    assert User.objects.name_problem("\u0421\u0430\u0440\u0430", newcomer) == ""


def test_a_curator_keeps_a_name_and_may_speak_for_the_site(curator):
    for name in "Sample Curator", "Handover editor":
        assert User.objects.name_problem(name, curator) == ""


def test_two_people_who_run_nothing_may_share_a_name(newcomer):
    assert User.objects.name_problem("Sample Newcomer") == ""


def test_what_looks_the_same_has_one_skeleton():
    assert skeleton("Ｉlliｎ01s") == skeleton("lIlinO1S")


@pytest.mark.parametrize("name", ["Me", "New", "Edit"])
def test_a_handle_that_the_site_needs_gets_a_number(name):
    assert make_user(name).handle.startswith(f"{name.lower()}-")


@pytest.mark.parametrize(
    "line",
    [
        *("SC cleared developer", "developer, SC-cleared", "DV", "eDV analyst"),
        *("cleared to SC", "Security Clearance held", "BPSS checked", "sc clearance"),
        *("architect (developed vetting)", "cleared to top secret", "STRAP 2", "NPPV3"),
        "CTC level",
    ],
)
def test_a_line_never_tells_of_a_clearance(line):
    assert "people at risk" in problem_with_line(line)


@pytest.mark.parametrize(
    "line",
    [
        *("", "developer at a justice agency", "security architect", "SC judge"),
        *("customs clearance officer", "vetting officer", "school governor, CTC"),
        *("secretary", "head of secrets management", "esc", "nuclear security 2019"),
    ],
)
def test_a_line_about_work_is_welcome(line):
    assert problem_with_line(line) == ""


@pytest.mark.parametrize("line", ["x" * 81, "Dev\u202eeloper", "...", "\u3164"])
def test_a_line_that_cannot_be_read_is_refused(line):
    assert problem_with_line(line) != ""
