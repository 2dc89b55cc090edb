"""Writes statistics.json: series of run times and what numpy and scipy say of them. Needs numpy and scipy."""

import json
import pathlib

import numpy as np
from scipy import stats

random = np.random.default_rng(7)


def truncation(series):
    """The start, of those that leave five runs or more, whose rest has the least squared standard error."""
    errors = [np.var(series[start:]) / (len(series) - start) for start in range(len(series) - 4)]
    return int(np.argmin(errors))


cases = []
for size, warm_up in [(5, 0), (12, 2), (50, 5), (200, 10), (333, 7)]:
    counted = random.gamma(40, 0.25, size)
    counted[random.integers(0, size, size // 50)] *= 3
    warm = random.gamma(40, 0.25, warm_up) + np.linspace(8, 1, warm_up)
    q1, q3 = np.percentile(counted, [25, 75])
    low, high = q1 - 3 * (q3 - q1), q3 + 3 * (q3 - q1)
    half = size // 2
    test = stats.ttest_ind(counted[half:], counted[:half], equal_var=False)
    cases.append({
        "warmUp": warm.tolist(),
        "counted": counted.tolist(),
        "mean": counted.mean(),
        "standardDeviation": counted.std(ddof=1),
        "p50": np.percentile(counted, 50),
        "p95": np.percentile(counted, 95),
        "outliers": np.flatnonzero((counted < low) | (counted > high)).tolist(),
        "steadyFrom": truncation(np.concatenate([warm, np.clip(counted, low, high)])),
        "statistic": test.statistic,
        "probability": test.pvalue,
    })
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
