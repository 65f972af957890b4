#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What stands for the server: reads its configuration once, listens at ASPNETCORE_URLS, says what it has read and ends
with SIGTERM."""

import http.server
import os
import signal
import sys
import urllib.parse
from pathlib import Path

TEXT = "\n".join([f"process {os.getpid()}", f"at {os.environ['ASPNETCORE_URLS']}", os.environ.get("DATABASE_URL", ""),
                  Path(os.environ["HONUA_CONFIG_PATH"]).read_text(encoding="utf-8")]).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(TEXT)))
        self.end_headers()
        self.wfile.write(TEXT)

    def log_message(self, *_):
        pass


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
where = urllib.parse.urlsplit(os.environ["ASPNETCORE_URLS"])
http.server.ThreadingHTTPServer((where.hostname, where.port), Handler).serve_forever()
