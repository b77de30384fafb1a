"""Numbers for whoever watches the site, in the text format of Prometheus."""

from django.db import connection

# Name, what it is, and the question. Each reads an index or a small table.
NUMBERS = [
    (
        "handover_jobs_waiting",
        "Jobs that wait, mails among them",
        "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'",
    ),
    (
        "handover_jobs_failed",
        "Jobs that were given up in the last seven days",
        "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'",
    ),
    (
        "handover_oldest_job_seconds",
        "How long the oldest job that could run has waited",
        "SELECT coalesce(extract(epoch FROM now() - min(coalesce(j.scheduled_at, "
        "(SELECT min(e.at) FROM procrastinate_events e WHERE e.job_id = j.id)))), 0) "
        "FROM procrastinate_jobs j WHERE j.status = 'todo' "
        "AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())",
    ),
    (
        "handover_worker_seen_seconds",
        "How long ago a worker said that it lives; -1 if none ever did",
        "SELECT coalesce(extract(epoch FROM now() - max(last_heartbeat)), -1) "
        "FROM procrastinate_workers",
    ),
    (
        "handover_comments_held",
        "Comments that wait for a curator",
        "SELECT count(*) FROM discussions_comment WHERE state = 'held'",
    ),
    (
        "handover_reports_open",
        "Reports that wait for a curator",
        "SELECT count(*) FROM discussions_report WHERE closed_by_id IS NULL",
    ),
    (
        "handover_database_connections",
        "Connections to the database, of everybody",
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()",
    ),
    (
        "handover_database_bytes",
        "Size of the database",
        "SELECT pg_database_size(current_database())",
    ),
]


def measured() -> str:
    """Every number as it is now."""
    lines = []
    with connection.cursor() as cursor:
        for name, meaning, question in NUMBERS:
            cursor.execute(question)
            value = cursor.fetchone()[0]
            lines += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
            lines += [f"{name} {float(value):g}"]
    return "\n".join(lines) + "\n"
