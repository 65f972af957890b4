# SPDX-License-Identifier: MIT
"""Counts how often a client waits for a server, between the two: a round trip each."""

import select
import socket
import subprocess
import threading


class Relay:
    """Takes one connection on a port of its own and passes on what either side sends."""

    def __init__(self, host, port):
        self.target = (host, port)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.turns = 0
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        client, _ = self.listener.accept()
        with client, socket.create_connection(self.target) as server:
            self.relay(client, server)

    def relay(self, client, server):
        is_asking = False
        while True:
            # The client first: what the server answers must not be taken for an answer to what came after it.
            ready = select.select([client, server], [], [])[0]
            side = client if client in ready else server
            data = side.recv(1 << 20)
            if not data:
                return
            if side is server and is_asking:
                self.turns += 1
            is_asking = side is client
            (server if side is client else client).sendall(data)


def count_turns(host, port, command_to):
    """Round trips of the command that `command_to(port)` makes, connecting included."""
    relay = Relay(host, port)
    subprocess.run(command_to(relay.port), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    relay.thread.join(10)
    relay.listener.close()
    return relay.turns
