"""Looks at a deployment and says in plain words what is wrong with it."""

from collections.abc import Iterator

from hub.doctor import database, jobs, machine, people
from hub.doctor.finding import Check, Finding, wrong

# From DATABASE on, a group is looked at only when the one before it is fine.
ALWAYS: list[Check] = [
    machine.settings_are_safe,
    machine.contact_is_real,
    machine.providers_have_keys,
    machine.static_files_are_collected,
    machine.there_is_room,
    jobs.mail_server_answers,
]
DATABASE: list[Check] = [database.answers]
TABLES: list[Check] = [database.is_migrated, database.has_cache_table]
CONTENT: list[Check] = [
    database.has_connections_left,
    database.clocks_agree,
    database.can_be_backed_up,
    machine.files_can_be_stored,
    jobs.worker_is_alive,
    jobs.no_job_waits_long,
    jobs.no_job_failed,
    people.somebody_looks_after_the_site,
    people.curators_have_second_factors,
]


def examine() -> Iterator[Finding]:
    """Every finding, in the order in which to put things right."""
    for check in ALWAYS:
        yield from _findings_of(check)
    for group in (DATABASE, TABLES, CONTENT):
        found = [finding for check in group for finding in _findings_of(check)]
        yield from found
        if group is not CONTENT and not all(finding.is_fine for finding in found):
            yield wrong("The rest was not looked at: put this right first.")
            return


def _findings_of(check: Check) -> Iterator[Finding]:
    try:
        yield from check()
    except Exception as error:  # one that cannot look must not stop the others
        asked = " ".join((check.__doc__ or "").split())
        reason = " ".join(str(error).split()) or type(error).__name__
        yield wrong(f"Could not be looked at: {asked} ({reason})")
