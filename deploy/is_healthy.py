"""Ends 0 when the site on this machine answers /health. Usage: is_healthy.py [PORT]. For containers and monitors."""

import http.client
import os
import sys


def is_healthy(port: int) -> bool:
    """Asks under the first of the site's own names, because it may refuse others (TRUSTED_HOSTS)."""
    name = os.environ.get("TRUSTED_HOSTS", "").split(",")[0].strip() or "127.0.0.1"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        connection.request("GET", "/health", headers={"Host": name})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_healthy(int(sys.argv[1]) if len(sys.argv) > 1 else 8000) else 1)
