"""What became of each of many."""

from typing import Literal

# Known: the books have all of it. Left: it is for `record`.
Answer = Literal["recorded", "known", "left"]
