"""Who may do what at which address: the rules that the matrix of permissions compares.

Each route has one line. A route without one fails the test by its name.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.hub.matrix import Outcome
from tests.hub.places import ABSENT, UNSEEN

SHOWN, MOVED, GONE = Outcome.SHOWN, Outcome.MOVED, Outcome.GONE
HIDDEN, SIGN_IN, PROOF = Outcome.HIDDEN, Outcome.SIGN_IN, Outcome.PROOF
NO_METHOD, FORBIDDEN = Outcome.NO_METHOD, Outcome.FORBIDDEN
LET_IN = {SHOWN, MOVED}

# Shut out of their account, they are signed out wherever they were signed in.
OUT = ("signed out", "unconfirmed", "suspended", "deleted")
STAFF = ("curator", "superuser", "staff", "viewer")
ROLES = (*OUT, "member", "author", "other author", *STAFF)
CURATORS = {"curator", "superuser"}
SEERS = {*CURATORS, "viewer"}  # the viewer has every right to look, and no other
KNOWING = {*SEERS, "author"}
WRITERS = {*CURATORS, "author"}

WITH_DRAFT = (*UNSEEN, "renamed", "next")
WITH_READERS = ("live", "next", "withdrawn", "merged", "gone")

Right = Callable[[str, str], set[Outcome]]


@dataclass(frozen=True)
class Rule:
    """What is right at the addresses of a route, for each role and state."""

    about: str  # the kind of place; "" when there is but one
    read: Right | None
    write: Right | None = None
    owner: str = ""  # whose row alone is changed, where all get the same answer

    def changes(self, role: str, state: str) -> bool | None:
        """Whether a form changes a row, where the answer does not tell; else None."""
        return role == self.owner and state != ABSENT if self.owner else None

    def expected(self, role: str, state: str) -> dict[str, set[Outcome]]:
        """The outcomes that are right, by method."""
        read, write = (w(role, state) if w else {NO_METHOD} for w in self._both)
        return {"GET": read, "HEAD": read, "POST": write, "OPTIONS": {NO_METHOD}}

    @property
    def _both(self) -> tuple[Right | None, Right | None]:
        return self.read, self.write


def always(*outcomes: Outcome) -> Right:
    """Everybody gets the same, but where there is nothing."""
    return lambda role, state: {HIDDEN} if state == ABSENT else set(outcomes)


def whatever(*outcomes: Outcome) -> Right:
    """Everybody gets the same, and so does nobody know what is there."""
    return lambda role, state: set(outcomes)


def members(right: Right) -> Right:
    """For people who are signed in; all others are asked to."""
    return lambda role, state: {SIGN_IN} if role in OUT else right(role, state)


def only(roles, states=None, then=frozenset(LET_IN)) -> Right:
    """For these roles in these states; all others see nothing."""

    def right(role: str, state: str) -> set[Outcome]:
        is_there = state != ABSENT and (states is None or state in states)
        return set(then) if is_there and role in roles else {HIDDEN}

    return right


def of_guide(unseen: Outcome = HIDDEN) -> Right:
    """A page about a guide that readers have.

    unseen: what its own people and curators get as long as nobody else knows of it.
    """

    def right(role: str, state: str) -> set[Outcome]:
        if state in (ABSENT, *UNSEEN, "renamed") and role not in KNOWING:
            return {HIDDEN}
        if state in UNSEEN:
            return {unseen}
        others = {"merged": {MOVED}, "gone": {GONE}, "renamed": {MOVED}}
        return {ABSENT: {HIDDEN}, **others}.get(state, {SHOWN})

    return right


def of_edition(role: str, state: str) -> set[Outcome]:
    """The next edition of a live guide is as unseen as a new guide."""
    if state == "next":
        return {SHOWN} if role in KNOWING else {HIDDEN}
    return of_guide(SHOWN)(role, state)


def new_words(role: str, state: str) -> set[Outcome]:
    """Words are kept wherever readers could begin them, or given back."""
    return {HIDDEN} if state in (ABSENT, *UNSEEN, "renamed") else LET_IN


def take_back(role: str, state: str) -> set[Outcome]:
    """What was handed in is taken back by its writers, not by curators."""
    return only(["author"] if state in WITH_DRAFT else WRITERS)(role, state)


def images(role: str, state: str) -> set[Outcome]:
    """The page of a guide's pictures is for those who write it."""
    if state in ("merged", "gone") or (state == "renamed" and role in KNOWING):
        return of_guide()(role, state)
    return only(WRITERS)(role, state)


def images_sent(role: str, state: str) -> set[Outcome]:
    """A form that was sent to an old address is not led on: that would lose it."""
    return only(WRITERS)(role, state) if state == "renamed" else images(role, state)


def image_file(role: str, state: str) -> set[Outcome]:
    """A picture of a public guide is public, and stays so in a merged one."""
    if state in ("live", "next", "withdrawn", "merged"):
        return {SHOWN}
    return only(KNOWING)(role, state)


PLACED = ("published", "hidden", "deleted", "answered-held", "answered-spam")
SHOWN_AT = {"withdrawn", "merged", "gone", *PLACED}
HELD = ("held", "held-reply", "answered-held")


def comment(role: str, state: str) -> set[Outcome]:
    """Its permanent address: held ones are their author's and the curators'."""
    if state in SHOWN_AT:
        return {MOVED}
    return only({*SEERS, "member"}, HELD)(role, state)


def thread(role: str, state: str) -> set[Outcome]:
    """The page of a thread, as long as somebody may see anything in it."""
    if state in ("merged", "gone"):
        return of_guide()(role, state)
    if state in ("withdrawn", *PLACED):
        return {SHOWN}
    return only({*SEERS, "member"}, ["held"])(role, state)


def reply(role: str, state: str) -> set[Outcome]:
    """Only what everybody may read is answered."""
    if state in ("merged", "gone"):
        return of_guide()(role, state)
    open_ones = ("published", "withdrawn", "answered-held", "answered-spam")
    return only(ROLES, open_ones)(role, state)


def reply_sent(role: str, state: str) -> set[Outcome]:
    """Words in answer to what was shown are given back when it is no more."""
    if state in SHOWN_AT:
        return LET_IN
    return only({*SEERS, "member"}, ["held"])(role, state)


def report(role: str, state: str) -> set[Outcome]:
    """Whoever can read a comment can report it."""
    if state in ("published", "withdrawn"):
        return LET_IN
    return only({*SEERS, "member"}, HELD)(role, state)


def report_sent(role: str, state: str) -> set[Outcome]:
    """A guide that readers have can be reported."""
    shown = ("live", "next", "withdrawn")
    return only(ROLES, shown)(role, state)


def my_plan(role: str, state: str) -> set[Outcome]:
    """A plan is the member's; all others are led to where they make one."""
    if state == ABSENT:
        return {HIDDEN}
    return LET_IN if role == "member" else {MOVED}


def staff(role: str, state: str) -> set[Outcome]:
    """For those who may open the admin; all others are asked to sign in there."""
    return {SHOWN} if role in STAFF else {SIGN_IN}


def seers(role: str, state: str) -> set[Outcome]:
    """For those who look after the site."""
    return {SHOWN} if role in SEERS else {FORBIDDEN if role == "staff" else SIGN_IN}


def _each(names: str, rule: Rule) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), rule)


SITE = always(SHOWN)
ANY_GUIDE = members(only(WRITERS))
ENTRANCE = whatever(SHOWN, MOVED, SIGN_IN)
ENTERED = whatever(SHOWN, MOVED, SIGN_IN, NO_METHOD)
OWN_ACCOUNT = members(whatever(SHOWN, MOVED, PROOF, HIDDEN))  # hidden: not set up
OWN_CHANGE = members(whatever(SHOWN, MOVED, PROOF, HIDDEN, NO_METHOD))
MINE = ("published", "withdrawn", "merged", "gone", *HELD)

RULES: dict[str, Rule] = {
    **_each(
        "hub:home hub:search hub:healthz hub:readyz hub:robots hub:llms hub:opensearch "
        "hub:manifest hub:security-txt guides:list guides:why guides:feed sitemap "
        "landscape:policies landscape:organisations landscape:glossary "
        "landscape:policies-json landscape:organisations-json landscape:glossary-json",
        Rule("", SITE),
    ),
    **_each("landscape:policy landscape:policy-json", Rule("policy", SITE)),
    **_each(
        "landscape:organisation landscape:organisation-json",
        Rule("organisation", SITE),
    ),
    **_each("landscape:term landscape:term-json", Rule("term", SITE)),
    **_each("hub:favicon hub:change-password", Rule("", always(MOVED))),
    "hub:metrics": Rule("", always(HIDDEN)),  # but for who has the token
    "guides:pathways": Rule("", SITE, SITE),
    "guides:pathway": Rule("pathway", SITE),
    "guides:plan-start": Rule("pathway", SITE, SITE),
    **_each("guides:plan guides:plan-delete", Rule("pathway", my_plan, my_plan)),
    "guides:plan-file": Rule("pathway", my_plan),
    "hub:page": Rule("page", SITE),
    "hub:styleguide": Rule("", staff),
    "standing": Rule("", seers),
    **_each(
        "hub:data hub:delete",
        Rule("", members(always(SHOWN, PROOF)), members(always(PROOF))),
    ),
    "hub:keep": Rule("", None, members(always(MOVED))),
    # Guides
    "guides:detail": Rule("guide", of_guide(MOVED)),
    "guides:markdown": Rule("guide", of_guide()),
    "guides:history": Rule("guide", of_guide()),
    "guides:edition": Rule("edition", of_edition),
    "guides:compare": Rule("pair", of_edition),
    "guides:compare-choice": Rule("guide", whatever(MOVED)),
    "guides:image": Rule("image name", whatever(MOVED)),
    "guides:image-file": Rule("image", image_file),
    **_each(
        "guides:topic guides:topic-feed",
        Rule("topic", lambda role, state: {TOPIC.get(state, HIDDEN)}),
    ),
    # Writing and looking after guides
    "guides:desk": Rule("", members(SITE)),
    "guides:cite": Rule("", members(SITE)),
    "guides:new": Rule("", members(SITE), members(always(*LET_IN))),
    **_each(
        "guides:new-autosave guides:new-preview guides:paste",
        Rule("", None, members(SITE)),
    ),
    **_each("guides:edit guides:submit", Rule("guide", ANY_GUIDE, ANY_GUIDE)),
    **_each("guides:autosave guides:preview", Rule("guide", None, ANY_GUIDE)),
    "guides:take-back": Rule("guide", None, members(take_back)),
    "guides:draft-delete": Rule("guide", *[members(only(["author"], WITH_DRAFT))] * 2),
    "guides:edition-restore": Rule(
        "edition",
        None,
        members(only(WRITERS, ["live", "withdrawn", "merged", "gone"])),
    ),
    "guides:verify": Rule("guide", *[members(only(WRITERS, ["live", "next"]))] * 2),
    "guides:withdraw": Rule(
        "guide", *[members(only(["author"], ["live", "next"]))] * 2
    ),
    "guides:hand-over": Rule(
        "guide", *[members(only(["author"], [*UNSEEN, *WITH_READERS]))] * 2
    ),
    "guides:images": Rule("guide", members(images), members(images_sent)),
    "guides:image-delete": Rule(
        "own image", None, members(only(WRITERS, [*UNSEEN, *WITH_READERS]))
    ),
    # Discussions
    "discussions:list": Rule("guide", of_guide()),
    "discussions:thread-new": Rule("guide", of_guide(), new_words),
    "discussions:thread": Rule("thread", thread),
    "discussions:reply": Rule("thread", reply, reply_sent),
    "discussions:comment": Rule("comment", comment),
    "discussions:comment-edit": Rule("comment", *[members(only(["member"]))] * 2),
    "discussions:comment-delete": Rule(
        "comment", *[members(only(["member"], [*MINE, "deleted"]))] * 2
    ),
    "discussions:report-comment": Rule("comment", report, report),
    "discussions:helped": Rule("guide", *[only(ROLES, ["live", "next"])] * 2),
    "discussions:report-guide": Rule("guide", of_guide(), report_sent),
    "discussions:report-thanks": Rule("guide", of_guide(SHOWN)),
    "discussions:notifications": Rule("", members(SITE), members(always(*LET_IN))),
    "discussions:mail-stop": Rule("mail token", SITE, SITE),
    # People and their accounts
    "accounts:person": Rule("person", only(ROLES, ["here"])),
    "accounts:profile": Rule("", members(SITE), members(always(*LET_IN))),
    "accounts:experience-new": Rule("", members(SITE), members(always(*LET_IN))),
    "accounts:experience": Rule("experience", *[members(only(["member"]))] * 2),
    "accounts:experience-delete": Rule(
        "experience", None, members(whatever(MOVED)), owner="member"
    ),
    "accounts:session-end": Rule(
        "session", None, members(whatever(MOVED)), owner="member"
    ),
    **_each(
        "account_login account_logout account_signup account_join account_inactive "
        "account_request_login_code account_confirm_login_code account_reset_password "
        "account_reset_password_done account_reset_password_from_key_done "
        "account_email_verification_sent mfa_authenticate mfa_login_webauthn "
        "socialaccount_signup socialaccount_login_cancelled socialaccount_login_error",
        Rule("", ENTRANCE, ENTERED),
    ),
    "account_reset_password_from_key": Rule("reset key", ENTRANCE, ENTERED),
    **_each(
        "google_login google_callback twitter_oauth2_login twitter_oauth2_callback "
        "facebook_login facebook_callback",
        Rule("", whatever(HIDDEN, NO_METHOD), whatever(HIDDEN, NO_METHOD)),
    ),
    **_each(
        "account_email account_change_password account_set_password "
        "account_reauthenticate account_request_reauthentication_code "
        "account_confirm_reauthentication_code usersessions_list "
        "socialaccount_connections mfa_index mfa_reauthenticate mfa_activate_totp "
        "mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes "
        "mfa_download_recovery_codes mfa_list_webauthn mfa_add_webauthn "
        "mfa_reauthenticate_webauthn",
        Rule("", OWN_ACCOUNT, OWN_CHANGE),
    ),
    **_each(
        "mfa_remove_webauthn mfa_edit_webauthn",
        Rule("passkey", *[members(whatever(HIDDEN, PROOF))] * 2),
    ),
}
TOPIC = {"listed": SHOWN, "merged": MOVED}
