"""docs/protocol.md says nothing that no test holds, and tests cite no rule that is not there."""

import re
from pathlib import Path

RULE = re.compile(r"\b(?:HE|RV|ID|RF|PR|PH|LI)\d\b")


def test_every_rule_of_the_protocol_is_cited_by_a_test(root: Path) -> None:
    written = set(re.findall(r"^- \*\*(\w+)\*\*", (root / "docs" / "protocol.md").read_text("utf-8"), re.M))
    files = (root / "tests" / "realtime").glob("test_*.py")
    cited = {rule for file in files for rule in RULE.findall(file.read_text("utf-8"))}
    assert written - cited == set()
    assert cited - written == set()
