"""Asks SciPy for bootstrap intervals of means, and NumPy for quantiles.

Usage: python make_statistics.py     (writes statistics.json beside itself)
Needs: pip install numpy scipy
"""
import json
from pathlib import Path
import numpy as np, scipy
from scipy import stats

RNG = np.random.default_rng(20210202)
SETS = {
    "ten shares": RNG.beta(6, 2, 10),
    "thirty shares": RNG.beta(3, 2, 30),
    "differences": RNG.normal(0.02, 0.05, 12),
    "distances": RNG.gamma(2, 8, 10),
    "two": np.array([0.25, 0.75]),
}
cases = []
for name, values in SETS.items():
    found = stats.bootstrap((values,), np.mean, method="percentile", n_resamples=400_000,
                            batch=20_000, random_state=RNG).confidence_interval
    cases.append(dict(name=name, values=values.tolist(), mean=float(values.mean()),
                      deviation=float(values.std(ddof=1)), low=float(found.low),
                      high=float(found.high),
                      quantiles={str(q): float(np.quantile(values, q)) for q in (0, 0.025, 0.3, 0.5, 0.975, 1)}))
out = Path(__file__).with_name("statistics.json")
out.write_text(json.dumps(dict(numpy=np.__version__, scipy=scipy.__version__, cases=cases), indent=1) + "\n")
