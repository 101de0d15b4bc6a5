"""What a process keeps of the memory that sign-ins took for a moment."""

import subprocess
import sys

import pytest

from financehub.runtime import memory

KEPT = """
import hashlib, os, sys, threading
from financehub.runtime import memory

def anonymous_kb():
    return int(open("/proc/self/smaps_rollup").read().split("Anonymous:")[1].split()[0])

def sign_in():
    hashlib.scrypt(b"password", salt=b"salt", n=2**14, r=8, p=1, maxmem=2**26)

memory.settle_this_process()
if os.fork():
    sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))
start = anonymous_kb()
for _ in range(4):
    threads = [threading.Thread(target=sign_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print((anonymous_kb() - start) // 1024, flush=True)
os._exit(0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_a_fork_gives_back_what_sixteen_sign_ins_took() -> None:
    kept = subprocess.run([sys.executable, "-c", KEPT], capture_output=True, text=True, check=True).stdout
    assert int(kept) < 4  # MiB; one sign-in takes 16


def test_other_programs_are_told_the_same_by_their_environment() -> None:
    assert memory.VARIABLES == {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "1048576"}
