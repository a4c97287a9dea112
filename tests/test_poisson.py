"""The Poisson fit: what is flat at its estimate, means known in closed form, other programs' digits, and refusals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadRequest
from comity.panel.clusters import clustered_covariance, dyad_clustered_covariance, robust_covariance
from comity.panel.logit import logit
from comity.panel.poisson import poisson, unit_deviances

amounts = st.one_of(st.integers(0, 40).map(float), st.floats(0.01, 1e4))


@st.composite
def samples(draw):
    """Amounts, columns, weights and offsets; a row of each kind has something, so that an estimate exists."""
    values = draw(st.lists(st.tuples(st.integers(-4, 4), st.integers(0, 1)), min_size=4, max_size=10, unique=True))
    x = np.column_stack([np.ones(len(values)), np.array(values, dtype=float)])
    while np.linalg.matrix_rank(x) < x.shape[1]:
        x = x[:, :-1]
    x = np.vstack([x, x])
    some = draw(st.lists(st.floats(0.1, 50), min_size=len(x) // 2, max_size=len(x) // 2))
    more = draw(st.lists(amounts, min_size=len(x) // 2, max_size=len(x) // 2))
    weights = draw(st.lists(st.integers(1, 5), min_size=len(x), max_size=len(x)))
    offset = draw(st.lists(st.floats(-1, 1), min_size=len(x), max_size=len(x)))
    return np.array(some + more), x, np.array(weights, dtype=float), np.array(offset)


@given(samples())
def test_at_the_estimate_what_is_left_over_has_nothing_to_do_with_any_column(sample):
    y, x, weights, offset = sample
    fit = poisson(y, x, weights, offset)
    mean = np.exp(x @ fit.coefficients + offset)
    assert np.allclose(x.T @ (weights * (y - mean)), 0, atol=1e-5 * y.max())
    assert np.allclose(fit.residuals, weights * (y - mean), atol=1e-5 * y.max())
    curvature = (x * (weights * mean)[:, None]).T @ x
    assert np.allclose(fit.covariance @ curvature, np.eye(x.shape[1]), atol=1e-5)
    assert fit.deviance == pytest.approx(weights @ unit_deviances(y, mean), rel=1e-6, abs=1e-6)


@given(samples(), st.randoms(use_true_random=False))
def test_a_weight_repeats_a_row_and_the_order_of_rows_is_nothing(sample, random):
    y, x, weights, offset = sample
    rows = np.repeat(np.arange(len(y)), weights.astype(int)).tolist()
    random.shuffle(rows)
    weighted, repeated = poisson(y, x, weights, offset), poisson(y[rows], x[rows], None, offset[rows])
    assert np.allclose(weighted.coefficients, repeated.coefficients, atol=1e-7)
    assert np.allclose(weighted.covariance, repeated.covariance, rtol=1e-5, atol=1e-12)
    assert weighted.deviance == pytest.approx(repeated.deviance, rel=1e-6, abs=1e-6)


@given(samples(), st.floats(0.01, 100))
def test_another_unit_of_amounts_moves_the_constant_alone(sample, unit):
    y, x, weights, offset = sample
    one, other = poisson(y, x, weights, offset), poisson(y * unit, x, weights, offset)
    moved = np.zeros(x.shape[1])
    moved[0] = np.log(unit)
    assert np.allclose(one.coefficients + moved, other.coefficients, atol=1e-6)
    assert np.allclose(one.coefficients, poisson(y * unit, x, weights, offset + np.log(unit)).coefficients, atol=1e-6)


@given(st.lists(st.tuples(st.integers(0, 2), amounts), min_size=1, max_size=30))
def test_groups_have_their_means(drawn):
    """Known in closed form: with a column for each group, the fitted mean of a group is its average."""
    group, y = np.array([g for g, _ in drawn]), np.array([value for _, value in drawn])
    kinds = [kind for kind in range(3) if (group == kind).any()]
    x = np.column_stack([group == kind for kind in kinds]).astype(float)
    means = np.array([y[group == kind].mean() for kind in kinds])
    if (means == 0).any():
        with pytest.raises(BadRequest, match="separates"):
            poisson(y, x)
    else:
        assert np.exp(poisson(y, x).coefficients) == pytest.approx(means, rel=1e-7)


TWELVE = np.column_stack([np.ones(12), np.arange(1.0, 13) % 5, [1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1]])
AMOUNTS = np.array([0.0, 1, 0, 2, 5, 3, 0, 1, 7, 2, 0, 4])
OFFSET = np.log([0.9, 0.8, 1, 1, 0.7, 1, 0.9, 0.8, 1, 1, 0.7, 1])
FIRST, SECOND = np.array([0, 0, 0, 1, 1, 2] * 2), np.array([1, 2, 3, 2, 3, 3] * 2)


def errors(covariance):
    return np.sqrt(np.diag(covariance))


def test_weights_and_offset_as_statsmodels():
    """statsmodels 0.15.0: GLM(y, x, families.Poisson(), offset=…, freq_weights=…).fit(tol=1e-14)."""
    fit = poisson(AMOUNTS, TWELVE, [1, 2, 1, 1, 3, 1, 1, 1, 2, 1, 1, 1], OFFSET)
    assert fit.coefficients == pytest.approx([0.2465095858394296, -0.08191080868501033, 1.4551536463839432], rel=1e-9)
    assert fit.standard_errors == pytest.approx([0.40433917817105, 0.09633466658569, 0.41584272345218], rel=1e-9)
    assert (fit.deviance, fit.dispersion) == pytest.approx((25.49742294057319, 1.4728013253184264), rel=1e-9)


def test_robust_and_clustered_errors_as_statsmodels():
    """statsmodels 0.15.0: the same without weights, cov_type="HC0" and cov_type="cluster" by pair."""
    fit = poisson(AMOUNTS, TWELVE, None, OFFSET)
    robust = errors(robust_covariance(fit, TWELVE))
    assert robust == pytest.approx([0.522243857646601, 0.20811199416360557, 0.5493041274720933], rel=1e-7)
    by_pair = errors(clustered_covariance(fit, TWELVE, [FIRST * 10 + SECOND]))
    assert by_pair == pytest.approx([0.7063379298422612, 0.21680289045394344, 0.6478896670282989], rel=1e-7)


def test_a_clustered_logit_as_statsmodels():
    """statsmodels 0.15.0: GLM(y > 1, x, families.Binomial()).fit(cov_type="cluster") by pair."""
    x = TWELVE[:, :2]
    fit = logit(AMOUNTS > 1, x)
    assert fit.coefficients == pytest.approx([0.1837072123179183, -0.09586073395850823], rel=1e-7)
    by_pair = errors(clustered_covariance(fit, x, [FIRST * 10 + SECOND]))
    assert by_pair == pytest.approx([0.8932817083710018, 0.25093242509015223], rel=1e-7)


def eight_states():
    """All pairs of eight states in three years, with amounts that hang together by state."""
    a, b = (np.tile(side, 3) for side in np.triu_indices(8, 1))
    t = np.repeat([0, 1, 2], 28)
    y = (a % 3) * (b % 4) + (a * 2 + b * 3 + t * 7) % 3 * 1.0
    return y, np.column_stack([np.ones(84), a % 3 + b % 4, (a * b + t) % 7]), a, b


def test_errors_by_two_clusterings_as_pyfixest():
    """pyfixest 0.60.0: fepois("y ~ d + z", vcov={"CRV1": "a+b"})."""
    y, x, a, b = eight_states()
    fit = poisson(y, x)
    assert fit.coefficients == pytest.approx([-0.8716205178698905, 0.5291889113939298, 0.07045805340210512], rel=1e-7)
    both = errors(clustered_covariance(fit, x, [a, b]))
    assert both == pytest.approx([0.2492271712671658, 0.05636348821654171, 0.029681691810626167], rel=1e-6)


def test_pairs_that_share_a_state_are_added_up_as_their_definition_says():
    """Aronow, Samii and Assenova (2015), equation 3: every two rows whose pairs share a state, one by one."""
    y, x, a, b = eight_states()
    fit = poisson(y, x)
    scores = x * fit.residuals[:, None]
    shares = np.array(
        [[len({i, j} & {k, m}) > 0 for k, m in zip(a, b, strict=True)] for i, j in zip(a, b, strict=True)]
    )
    slow = fit.covariance @ (scores.T @ shares @ scores) @ fit.covariance
    assert np.linalg.eigvalsh(slow).min() > 0
    assert np.allclose(dyad_clustered_covariance(fit, x, a, b), slow)
    swapped = dyad_clustered_covariance(fit, x, np.where(y > 1, b, a), np.where(y > 1, a, b))
    assert np.allclose(swapped, slow)


def test_clusters_of_one_row_are_rows():
    fit = poisson(AMOUNTS, TWELVE)
    alone = clustered_covariance(fit, TWELVE, [np.arange(12)])
    assert np.allclose(alone, robust_covariance(fit, TWELVE) * 12 / 11 * 11 / 9)


def test_simulated_truth_is_found_within_its_error_whatever_the_variance():
    """Pseudo-likelihood: the mean alone has to be right; here the variance is several times that of the Poisson law."""
    random = np.random.default_rng(11)
    truth, found, told = np.array([-0.5, 0.8, -0.4]), [], []
    for _ in range(200):
        x = np.column_stack([np.ones(400), random.normal(size=400), random.integers(0, 2, 400)])
        y = random.poisson(np.exp(x @ truth) * random.gamma(0.5, 2.0, 400)).astype(float)
        fit = poisson(y, x)
        found.append(fit.coefficients)
        told.append(errors(robust_covariance(fit, x)))
    off = (np.mean(found, axis=0) - truth) / (np.std(found, axis=0) / np.sqrt(200))
    assert np.abs(off).max() < 4
    within = (np.abs(np.array(found) - truth) < 1.96 * np.array(told)).mean(axis=0)
    assert (within > 0.88).all()
    assert fit.dispersion > 1.5


@pytest.mark.parametrize(
    ("y", "x"),
    [
        ([1, 2, 0, 0], [[1, 0], [1, 0], [1, 1], [1, 1]]),  # a flag that stands only on rows with nothing
        ([1, 2, 3, 0, 0], [[1, 0], [1, 0], [1, 0], [1, 1], [1, 3]]),
        # No single column: the difference of two is 0 wherever there is something, and above 0 where there is nothing.
        ([4, 2, 1, 0, 0], [[1, 2, 2], [1, 5, 5], [1, 1, 1], [1, 4, 3], [1, 7, 2]]),
        ([0, 0], [[1], [1]]),
    ],
)
def test_amounts_without_an_estimate_are_refused(y, x):
    with pytest.raises(BadRequest, match="separates the outcomes"):
        poisson(y, x)


def test_a_row_with_something_makes_an_estimate_exist():
    """The example before with one amount in a marked row; both sides of the difference now occur."""
    fit = poisson([4, 2, 1, 0, 1], [[1, 2, 2], [1, 5, 5], [1, 1, 1], [1, 4, 3], [1, 7, 2]])
    assert np.isfinite(fit.coefficients).all()


def test_amounts_of_any_size_are_fitted():
    x = np.column_stack([np.ones(50), np.linspace(0, 20, 50)])
    assert poisson(np.exp(x @ [2, 1.0]), x).coefficients == pytest.approx([2, 1], abs=1e-7)
    assert poisson([1e-3, 1e6], [[1, 0], [1, 1]]).coefficients == pytest.approx([np.log(1e-3), np.log(1e9)])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([0, -1, 1], [[1], [1], [1]]), "below 0"),
        (([0, np.nan, 1], [[1], [1], [1]]), "unknown or below 0"),
        (([0, 1], [[1], [1]], None, [0]), "offsets"),
        (([0, 1], [[1], [1]], None, [0, np.inf]), "offsets"),
        (([0, 1], [[1], [np.nan]]), "columns 0 of x hold unknown"),
        (([1, 1, 2], [[1, 2], [2, 4], [3, 6]]), "columns 1 of x are zero or combinations"),
    ],
)
def test_what_cannot_be_fitted_is_refused_and_named(arguments, said):
    with pytest.raises(BadRequest, match=said):
        poisson(*arguments)


@pytest.mark.parametrize(
    ("clusters", "said"),
    [
        ([], "at least one"),
        ([np.zeros(12)], "one cluster"),
        ([np.arange(3)], "one label for each of 12"),
    ],
)
def test_clusterings_that_say_nothing_are_refused(clusters, said):
    with pytest.raises(BadRequest, match=said):
        clustered_covariance(poisson(AMOUNTS, TWELVE), TWELVE, clusters)
    with pytest.raises(BadRequest, match="12 rows"):
        robust_covariance(poisson(AMOUNTS, TWELVE), TWELVE[:3])
