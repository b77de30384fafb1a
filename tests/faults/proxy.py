"""The nginx of deploy/nginx.conf, on loopback and without a certificate."""

import re
import shutil
import subprocess
from pathlib import Path

from hub import children
from tests.faults.deployment import PROJECT, until
from tests.mailbox import free_port

AROUND = """
user root;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=shared:10m inactive=10m;
  {site}
}}
"""
CACHE = """
    proxy_cache shared;
    proxy_cache_revalidate on;
    add_header X-Cache-Status $upstream_cache_status always;
"""


class Proxy:
    """nginx in front of a site; with a shared cache, as a CDN has one, if asked."""

    def __init__(
        self, folder: Path, site_port: int, *, has_cache: bool = False
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.text = AROUND.format(folder=folder, site=self._site(site_port, has_cache))

    def start(self) -> None:
        """Listen."""
        for name in ("body", "proxy", "cache"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.file = self.folder / "nginx.conf"
        self.file.write_text(self.text)
        command = ["nginx", "-p", self.folder, "-c", self.file, "-g", "daemon off;"]
        with (self.folder / "nginx.log").open("w") as log:
            self.process = children.start(command, stdout=log, stderr=log)
        until(lambda: (self.folder / "nginx.pid").exists())

    def stop(self) -> None:
        """End."""
        children.stop(self.process)
        shutil.rmtree(self.folder / "cache", ignore_errors=True)

    def check(self) -> str:
        """What nginx says of the file."""
        command = ["nginx", "-t", "-q", "-c", str(self.file)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        return told.stderr

    def _site(self, site_port: int, has_cache: bool) -> str:
        text = (PROJECT / "deploy/nginx.conf").read_text()
        text = re.sub(r"server \{\n  listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
        text = re.sub(r"  listen \[::\]:443.*\n|  ssl_.*\n|  http2.*\n", "", text)
        text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port};")
        text = text.replace("127.0.0.1:8000", f"127.0.0.1:{site_port}")
        text = text.replace("/var/log/nginx", str(self.folder))
        page = "deploy/handover_page.conf"
        text = text.replace("/etc/nginx/handover_page.conf", str(PROJECT / page))
        # Here one address stands for many people.
        text = re.sub(r"rate=\d+r/[sm]", "rate=10000r/s", text)
        text = text.replace("handover_connections 200", "handover_connections 2000")
        hand_on = (PROJECT / "deploy/handover_proxy.conf").read_text()
        hand_on = hand_on.replace("Host $host;", "Host $http_host;")  # with its port
        hand_on += CACHE if has_cache else ""
        return text.replace("include /etc/nginx/handover_proxy.conf;", hand_on)
