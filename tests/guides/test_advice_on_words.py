"""Advice on sentences, words and what a guide says of rules and people."""

import pytest

from tests.guides.advised import quotes, rules, told


def test_a_sentence_has_at_most_25_words():
    exactly = "Ask " + "and ask " * 12
    assert rules(f"{exactly.strip()}.") == []
    assert rules(f"{exactly} now.") == ["sentence-length"]
    assert rules(f"{exactly}now e.g. today. Then wait.") == ["sentence-length"]
    assert rules("A short one. " * 30) == []
    assert rules(f"## {exactly} now\n\n```\n{exactly} now\n```") == []
    assert told(f"- a\n- {exactly} now.")[0].line == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Utilise it.", "Utilise"),
        ("We leverage robust tools.", "leverage robust"),
        ("Simply ask. Just ask. Obviously.", "Simply Just Obviously"),
        ("As everyone knows, it rains.", "everyone knows"),
        ("It delivers better outcomes.", "delivers better outcomes"),
        ("This will impact people.", "will impact"),
        ("It is a key document.", "a key"),
        ("We are driving change going forward.", "driving change going forward"),
    ],
)
def test_grand_words_have_plain_ones_beside_them(body, said):
    assert " ".join(quotes(body, "word-to-avoid")) == said


@pytest.mark.parametrize(
    "body",
    [
        "`utilise()` it",
        "He said “simply leverage it”.",
        'He said "simply leverage it".',
        "[Robust systems](/a)",
        "```\njust\n```",
        "Ask the delivery manager to deliver the post.",
        "The Service Transformation Authority decides.",
        "A personal cloud drive, a driving licence and a key.",
        "Just over half. A foster carer. Key stage 2. The key to it.",
        "The impact was large. Ask in advance. Git commit.",
    ],
)
def test_other_senses_code_links_and_quotations_are_left_alone(body):
    assert quotes(body, "word-to-avoid") == []


@pytest.mark.parametrize(
    ("body", "unexplained"),
    [
        ("Ask the SRO. The SRO knows.", ["SRO"]),
        ("Ask the SRO.\n\nSenior responsible owner (SRO).", ["SRO"]),
        ("Ask the senior responsible owner (SRO). The SRO knows.", []),
        ("Ask the SRO (senior responsible owner).", []),
        ("Read the [Freedom of Information Act](/a) (FOI).", []),
        ("SRO stands for senior responsible owner.", []),
        ("SRO\n: Senior responsible owner\n\nThe SRO knows.", []),
        ("| Short | Long |\n|-|-|\n| SRO | Senior responsible owner |", []),
        ("The NHS in the UK has a PDF on GOV.UK.", []),
        ("Two MPs and three NDPBs.", ["NDPB"]),
        ("Ask DfE or MoJ about R&D.", ["DfE", "MoJ", "R&D"]),
        ("`SRO` and OFFICIAL and SECRET", []),
        ("Ask on GitHub or WhatsApp.", []),
        ("## What an SRO does", []),
        ("The SRO (see below) knows.", ["SRO"]),
    ],
)
def test_an_acronym_is_explained_where_it_comes_first(body, unexplained):
    assert quotes(body, "acronym") == unexplained


@pytest.mark.parametrize(
    ("body", "claim"),
    [
        ("You must keep records.", "must"),
        ("The Public Records Act 1958 covers it.", "The Public Records Act 1958"),
        ("Under the Procurement Regulations 2015.", "Regulations 2015"),
        ("About 40 per cent fail.", "40 per cent"),
        ("About 40% fail.", "40%"),
        ("It cost £2.5 million.", "£2.5 million"),
        ("The rule holds from 1 April 2026.", "from 1 April 2026"),
        ("| Limit |\n|-|\n| £500 |", "£500"),
    ],
)
def test_rules_and_figures_need_a_source(body, claim):
    assert quotes(body, "source") == [claim]


@pytest.mark.parametrize(
    "body",
    [
        "You must [keep records](/a).",
        "You must keep records[^a].\n\n[^a]: The Public Records Act 1958.",
        "| Limit | Source |\n|-|-|\n| £500 | [Rules](/a) |",
        "By law, public bodies must:\n\n- [keep records](/a)",
        "Ask which courses you must finish.",
        "## What you must do",
        "She said “you must”.",
        "We met on 1 April 2026. Act fast.",
        "```\n£500 must\n```",
    ],
)
def test_what_has_a_source_or_states_no_rule_is_left_alone(body):
    assert quotes(body, "source") == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Write to jane.sample@defra.gov.uk.", "jane.sample@defra.gov.uk"),
        ("[Write](mailto:jane.sample@defra.gov.uk)", "jane.sample@defra.gov.uk"),
        ("Ring 07911 123456 now.", "07911 123456"),
        ("Ring +44 (0)20 7219 3000.", "+44 (0)20 7219 3000"),
        ("Mine is AB 12 34 56 C.", "AB 12 34 56 C"),
        ("Jane Sample, press@defra.gov.uk", "Jane Sample"),
        ("Ask Jane Sample on 0300 123 1234.", "Jane Sample"),
    ],
)
def test_nobody_can_be_found_through_a_guide(body, said):
    assert quotes(body, "personal-data") == [said]


@pytest.mark.parametrize(
    "body",
    [
        "Write to foi.team@defra.gov.uk or info@gov.wales.",
        "Write to jane.sample@example.org.",
        "Ring 0300 123 1234 or 0800 123 4567.",
        "Ring 020 7946 0123.",
        "Ask the Cabinet Office, enquiries@cabinetoffice.gov.uk",
        "The form has QQ 12 34 56 C as an example.",
        "Version 2026-11-23, case 12345678901234.",
    ],
)
def test_roles_organisations_and_examples_are_nobody(body):
    assert quotes(body, "personal-data") == []
