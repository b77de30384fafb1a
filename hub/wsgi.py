"""What the web server calls: `granian --interface wsgi hub.wsgi:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
application = get_wsgi_application()

from hub.page_cache import PageCache  # noqa: E402  (it needs the applications)

application = PageCache(application, settings.KEPT_PAGES_MB * 1_000_000)
