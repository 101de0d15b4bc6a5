"""One web process of the product, as `financehub up` serves it, on the port of the environment."""

import os

from financehub.runtime import preloaded

if __name__ == "__main__":
    preloaded.load()
    preloaded.web(int(os.environ["PORT"]), worker_inside=False)()
