"""What glibc's malloc keeps of memory that was only needed for a moment; elsewhere nothing here has an effect.

A program started anew reads it from its environment, once; a fork never does, so its parent is told by a call.
"""

import ctypes

ARENAS = 2  # one arena a thread is the rule; two are enough here and save tens of megabytes
# The 16 MiB that scrypt takes for a sign-in would otherwise stay, once for each thread that ever checked one.
MAPPED_FROM_BYTES = 1 << 20
VARIABLES = {"MALLOC_ARENA_MAX": str(ARENAS), "MALLOC_MMAP_THRESHOLD_": str(MAPPED_FROM_BYTES)}
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8  # parameters of mallopt(3)


def settle_this_process() -> None:
    """Hold this process and the forks to come to what `VARIABLES` asks of other programs."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, ARENAS)
        mallopt(M_MMAP_THRESHOLD, MAPPED_FROM_BYTES)
