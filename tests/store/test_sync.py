"""A commit that was answered is on the disk, not in the system's cache: seen from outside, by counting its syncs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WRITES = 20
SCRIPT = f"""
import sys
from pathlib import Path
from charniere.store import documents
from charniere.store.database import Database
from charniere.store.documents import Entry
from charniere.store.tables import create_all
database = Database.open(Path(sys.argv[1]))
database.write_now(create_all)
database.write_now(lambda c: documents.create(c, "b1", "board", []))
print("<begin>", flush=True)
for seq in range(1, {WRITES} + 1):
    row = Entry(seq, f"edit-{{seq:04}}", "anna", seq, "set_note", b"[]")
    database.write_now(lambda c: documents.append(c, "b1", 1, seq - 1, [row], []))
    print(f"<answered {{seq}}>", flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("strace"), reason="no strace")
def test_each_answer_comes_after_a_sync_of_its_own(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync,write", "-s", "40", "-o", str(trace)]
    ran = subprocess.run(
        [*command, sys.executable, "-c", SCRIPT, str(tmp_path / "c.db")], capture_output=True
    )
    if ran.returncode and b"ptrace" in ran.stderr:
        pytest.skip("this machine does not let strace look")
    assert ran.returncode == 0, ran.stderr
    syncs = answers = 0
    for line in trace.read_text("utf-8", "replace").split("<begin>")[-1].splitlines():
        if "sync(" in line or "sync resumed" in line:
            syncs += line.rstrip().endswith("= 0")
        elif "<answered" in line and "write(1" in line:
            answers += 1
            assert syncs >= answers
    assert answers == WRITES
