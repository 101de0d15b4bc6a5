"""The virtual clock: real time plus an offset that only the control plane moves. Moments are Unix seconds."""

import time


class Clock:
    """Tells the time of the box, or of one test clock. A frozen clock stands still until it is moved."""

    def __init__(self, start: int | None = None, *, frozen: bool = False) -> None:
        self._offset = (start - time.time()) if start is not None else 0.0
        self._frozen_at = (start if start is not None else int(time.time())) if frozen else None

    @property
    def frozen(self) -> bool:
        return self._frozen_at is not None

    def now(self) -> int:
        """The virtual moment, in whole seconds, as the vendor counts."""
        return self._frozen_at if self._frozen_at is not None else int(time.time() + self._offset)

    def move_to(self, moment: int) -> None:
        """Jump forward to `moment`; a moment already behind us changes nothing."""
        if moment <= self.now():
            return
        if self._frozen_at is not None:
            self._frozen_at = moment
        else:
            self._offset += moment - self.now()
