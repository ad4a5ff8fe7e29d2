"""Estimates, comparisons and charts of small, skewed samples: numbers in, frozen results out.

Nothing here knows of records, Git, files or a terminal. A result says what it is worth: each value has its n, its 95 % interval
and the method, or a sentence that says why there is no interval. Data that cannot answer is refused in words and never raises;
arguments that contradict themselves (more successes than trials) are a caller's mistake and raise ValueError.

`intervals`, `quantiles`, `means`, `rates`, `proportions`, `survival` and `control` use numpy and ``scipy.special`` at most;
`compare` and `families` import ``scipy.stats``, which takes a second. Either is imported when a function needs it.
"""
