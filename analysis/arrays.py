"""The array type of the numbers analysis works on. Apart from the vocabulary, so that words do not load numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
