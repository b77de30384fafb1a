"""Words that writers are advised about, and words that need no explaining."""

import re

# The GDS style guide's words to avoid, and four of ours that tell newcomers they ought
# to know already. Each in the sense that is advised against: a person may deliver a
# parcel, work on a cloud drive and commit code. What to write stands beside it.
ABSTRACT = (
    "benefits|change|changes|commitments|efficiencies|growth|improvements|innovation|"
    "outcomes|policy|priorities|progress|quality|results|savings|solutions|"
    "transformation|value"
)
HELPING = r"(?:to|will|would|can|could|may|might|must|should)"
AVOIDED = {
    r"(?:political|policy|reform|change|government|digital|hidden) agenda": "“plan”",
    rf"(?:{HELPING} advance|advancing)": "“improve”, or say what will happen",
    r"collaborat(?:e|es|ed|ing)": "“work with”",
    r"commit(?:s|ted|ting)? to": "“plan to”, or say what you will do",
    rf"deliver(?:s|ed|ing)? (?:\w+ )?(?:{ABSTRACT})": "“make” or what is done",
    r"deploy(?:s|ed|ing)? (?:people|staff|resources|teams)": "“use”, or “send”",
    r"dialogues?": "“discussion”",
    rf"(?:drive|drives|drove|driving) (?:\w+ )?(?:{ABSTRACT}|forward)": "what you do",
    r"empower(?:s|ed|ing)?": "“let”, or say what people can do",
    r"facilitat(?:e|es|ed|ing)": "“help” or “run”",
    r"foster(?:s|ed|ing)?(?! (?:care|child|parent|famil))": "“encourage” or “help”",
    r"going forward": "“from now on”, or nothing",
    rf"(?:impacted|impacting|{HELPING} impact)": "“affect”",
    r"(?:a|the|our|your|some|many|these|are) key (?!to\b|for\b|is\b|stage|worker)"
    r"(?=[a-z])": "“important”, or nothing",
    r"(?:land|lands|landed|landing) (?:the|this|our|your|a) (?:\w+ )?"
    r"(?:change|idea|message|point|policy)": "“get across”",
    r"leverag(?:e|es|ed|ing)": "“use”",
    r"liais(?:e|es|ed|ing)": "“work with” or “talk to”",
    r"overarching": "nothing, or say what it covers",
    rf"(?:{HELPING} progress|progressed|progressing)": "“work on” or “move on”",
    r"promot(?:e|es|ing)": "“recommend” or “support”",
    r"robust": "what makes it strong",
    r"streamlin(?:e|es|ed|ing)": "“simplify”, or say what you take away",
    r"strengthen(?:s|ed|ing)?": "“improve”, or say how",
    r"tackl(?:e|es|ed|ing)": "“stop”, “solve” or “deal with”",
    r"transform(?:s|ed|ing|ation)?": "“change”, or say what changes",
    r"utili[sz](?:e|es|ed|ing)": "“use”",
    r"obviously": "nothing: not everyone sees it",
    r"simply": "nothing: not everyone finds it simple",
    r"just(?! (?:over|under|before|after|as|about|in case)\b)": "nothing",
    r"everyone knows": "nothing: newcomers do not",
}
# A name with capital letters ("Transformation Authority") is not the writer's choice,
# so a capital counts only where a sentence begins.
WORDS_TO_AVOID = re.compile(
    r"\b(?:" + "|".join(f"({pattern})" for pattern in AVOIDED) + r")\b"
)
INSTEAD = list(AVOIDED.values())

# Better known than the words they stand for, or the name that people say.
KNOWN = {
    *(
        "UK",
        "GB",
        "EU",
        "US",
        "USA",
        "UN",
        "GOV",
        "NHS",
        "BBC",
        "HM",
        "MP",
        "MPs",
        "PM",
    ),
    *(
        "PDF",
        "HTML",
        "CSS",
        "URL",
        "URLs",
        "IT",
        "API",
        "APIs",
        "ID",
        "IDs",
        "PC",
        "USB",
    ),
    *(
        "WiFi",
        "HTTP",
        "HTTPS",
        "CSV",
        "ICT",
        "SMS",
        "AI",
        "TV",
        "CD",
        "GPS",
        "PIN",
        "CV",
    ),
    *(
        "VAT",
        "FAQ",
        "FAQs",
        "OK",
        "DIY",
        "CEO",
        "HR",
        "AM",
        "BST",
        "GMT",
        "BC",
        "AD",
        "QA",
    ),
    *("CC", "BY", "BY-SA", "MIT", "DVLA", "DNA", "ISBN", "ISO", "PS", "RSVP", "Q&A"),
    # Tiers of security and words that are written in capitals without standing for any.
    *("SECRET", "TOP", "NOT", "AND", "OR", "NO", "ALL", "YES", "NEVER", "ALWAYS"),
    *("II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII"),
}

# Link text that says nothing to those who hear links one after another.
EMPTY_LINKS = {
    *(
        "click",
        "click here",
        "here",
        "see here",
        "this",
        "this link",
        "this page",
        "link",
    ),
    *("more", "read more", "learn more", "find out more", "see more", "more info"),
    *("more information", "more details", "details", "info", "page", "website", "site"),
    *(
        "document",
        "download",
        "pdf",
        "source",
        "continue",
        "this document",
        "go",
        "there",
    ),
    *("this website", "this article", "read this", "view", "view more", "the link"),
}

# Mailboxes that a team reads.
ROLES = re.compile(
    r"accessib|account|admin|advice|alert|appoint|book|bureau|career|commercial|complain"
    r"|consult|contact|council|customer|data|delivery|department|desk|digital|dpo|editor"
    r"|enquir|event|feedback|finance|foi|general|govern|group|hello|help|hr\b|info|inquir"
    r"|it\b|legal|licen|mail|manager|media|news|no-?reply|office|operation|policy|post"
    r"|press|privacy|procure|programme|project|record|recruit|register|research|sale|secur"
    r"|service|staff|standard|support|team|train|unit|user|web|welcome",
    re.IGNORECASE,
)
