"""The browser's own engine, many times over, against a real server whose lines are cut: see frontend/src/model/live.test.ts
and its twin of the draft.
"""

import json
import os
import re
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar

import frontend_build
import pytest

from installation import Installation


def invitation(server: Installation) -> str:
    """A facilitator's link to the demonstration's board: facilitators may read its log. The printed link serves once."""
    if "facilitator" in server.known:
        return server.known["facilitator"]
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with opener.open(server.entry, timeout=10) as page:
        board = re.search(r"/b/([\w-]+)", page.url)
    assert board is not None
    request = urllib.request.Request(
        f"{server.base}/api/boards/{board[1]}/invitations",
        data=b'{"role": "facilitator"}',
        headers={"Origin": server.base, "Content-Type": "application/json"},
    )
    with opener.open(request, timeout=10) as answer:
        server.known["facilitator"] = str(json.load(answer)["url"])
    return server.known["facilitator"]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("tests", ["src/model/live.test.ts", "src/model/draft/live.test.ts"])
def test_real_replicas_on_a_real_server_agree_and_lose_no_word(server: Installation, tests: str) -> None:
    """CHARNIERE_LIVE='{"seconds": 120, "seed": 7}' looks longer and elsewhere."""
    node = frontend_build.system_node() or frontend_build.installed_wheel_node()
    if node is None:
        pytest.skip("no Node")
    asked = {"base": server.base, "invitation": invitation(server), "people": 8, "seconds": 12, "seed": 1}
    asked |= json.loads(os.environ.get("CHARNIERE_LIVE", "{}"))
    environment = {**frontend_build.environment(node), "VITE_LIVE": json.dumps(asked)}
    command = [*frontend_build.npm_command(node), "exec", "--", "vitest", "run", tests]
    ended = subprocess.run(
        command, cwd=frontend_build.FRONTEND, env=environment, capture_output=True, text=True, check=False
    )
    sys.stdout.write(ended.stdout)
    assert ended.returncode == 0, ended.stdout + ended.stderr
