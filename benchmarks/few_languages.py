"""What has to be drawn where an average over languages is tested: ``benchmarks/few_languages.py``.

Two systems do not differ: over all languages there are, their difference is 0 on average. In a
single language one of them is better all the same, here by .05 (standard deviation), and in a
single text by .3. How often does a test of level .05 find a difference between the averages?
"""

from __future__ import annotations

import numpy as np

_TRIALS, _SAMPLES, _TEXTS = 2000, 1000, 100
_OF_LANGUAGES, _OF_TEXTS = 0.05, 0.3


def p_of_sums(differences: np.ndarray, observed: float) -> float:
    return float(
        ((np.abs(differences) >= abs(observed) - 1e-12).sum() + 1) / (len(differences) + 1)
    )


def main() -> None:
    rng = np.random.default_rng(0)
    print("| languages | texts swap | languages swap | languages drawn |")
    print("|---:|---:|---:|---:|")
    for count in (4, 6, 8, 10, 15, 20, 30):
        found = np.zeros(3)
        for _ in range(_TRIALS):
            effect = rng.normal(0, _OF_LANGUAGES, count)
            texts = effect[:, None] + rng.normal(0, _OF_TEXTS, (count, _TEXTS))
            languages = texts.mean(axis=1)
            observed = languages.mean()
            # the mean of texts with signs tossed is normal, as there are hundreds of them
            spread = np.sqrt((texts**2).sum()) / (count * _TEXTS)
            swapped = rng.normal(0, spread, _SAMPLES)
            signs = rng.choice([-1.0, 1.0], (_SAMPLES, count))
            drawn = rng.multinomial(count, np.full(count, 1 / count), _SAMPLES) / count
            samples = (swapped, signs @ languages / count, drawn @ languages - observed)
            found += [p_of_sums(each, float(observed)) <= 0.05 for each in samples]
        print(f"| {count} | " + " | ".join(f"{share:.3f}" for share in found / _TRIALS) + " |")


if __name__ == "__main__":
    main()
