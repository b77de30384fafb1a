"""What the demo's web server calls: its workers end with it, even if it is killed."""

from hub import children

children.end_with_parent()

from hub.wsgi import application  # noqa: E402  (ends with its parent from the start)

__all__ = ["application"]
