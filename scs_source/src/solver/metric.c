/* SPDX-License-Identifier: MIT */
#include "solver/metric.h"

#include "base/real.h"
#include "la/vec.h"

static const scs_float tau_weight =
    10; /* smaller lets tau swing, larger slows it down */
static const scs_float smallest_scale = 1e-6;
static const scs_float largest_scale = 1e6;

/* The scale moves by at most this factor at a time: one ratio of residuals says little,
 * and a scale that has fallen to its limit takes long to come back. */
static const scs_float largest_step = 2;

/* But what all checks since the last update agree on may move it by (1 + early / iter)
 * times that: the first scale is a guess, the later ones are not. */
static const scs_float early = 25;

/* R moves if an entry changes by this factor at least. */
static const scs_float smallest_change = 1.1;

/* Iterations between two updates: this share of all so far, within limits. Early updates
 * are worth a factorisation each; later the iteration needs time to make use of one. The
 * upper limit is for metrics that know where to go, to the scaling point or to the
 * diagonals of Y and S; others only wander in the end, and acceleration forgets each time. */
static const scs_float interval_share = 0.1;
static const scs_float shortest_interval = 25;
static const scs_float longest_interval = 100;

/* Where semidefinite cones dominate, every update has this long to show in Y and S. The
 * scale alone need not wait if all checks agree that it is wrong by this factor. */
static const scs_float semidefinite_interval = 100;
static const scs_float far_off = 4;

/* scale should be such that y and scale * s are of one size, which is known after some
 * dozen iterations, long before the residuals tell: it counts most at first, half of
 * that at iteration `young`, and hardly later, when a problem that is still not solved is
 * one whose y or s is hard to find. On the way to a certificate one of them grows without
 * end, which says nothing. Where semidefinite cones dominate, they alone are
 * asked and nothing else counts; cones that are neither separable nor their own dual
 * mislead. A step is this factor at most. */
static const scs_float young = 200;
static const scs_float usual_share = 0.5;
static const scs_float semidefinite_share = 1;
static const scs_float largest_jump = 100;

static void fill_r(ScsMetric *metric) {
    scs_vec_fill(metric->rho_x, metric->r, metric->n);
    scs_float *r_y = metric->r + metric->n;
    for (scs_int i = 0; i < metric->m; ++i) {
        r_y[i] = 1 / (metric->scale * metric->weight[i] * metric->d[i]);
    }
    r_y[metric->m] = tau_weight;
    for (ptrdiff_t i = 0; i <= (ptrdiff_t)metric->n + metric->m; ++i) {
        metric->root[i] = sqrt(metric->r[i]);
    }
}

/* Whether the sizes of y and s say something about scale in such cones. */
static bool have_telling_sizes(const ScsConeSet *cones) {
    bool tell = true;
    for (scs_int b = 0; b < cones->count; ++b) {
        const ScsConeKind *kind = cones->blocks[b].kind;
        tell = tell && (kind->separable || kind->self_dual);
    }
    return tell;
}

void scs_metric_create(ScsMetric *metric, const ScsSettings *settings,
                       const ScsConeSet *cones, const ScsMatrix *a, ScsArena *arena) {
    const scs_int n = a->n;
    const scs_int m = a->m;
    *metric = (ScsMetric){
        .n = n,
        .m = m,
        .rho_x = settings->rho_x,
        .initial_scale = settings->scale,
        .scale = settings->scale,
        .reach = scs_reach_direct,
        .adaptive = settings->adaptive_scale != 0,
        .diagonal = settings->adaptive_scale && settings->adaptive_diag_scale,
        .d = SCS_NEW(arena, scs_float, m),
        .weight = SCS_NEW(arena, scs_float, m),
        .r = SCS_NEW(arena, scs_float, (ptrdiff_t)n + m + 1),
        .root = SCS_NEW(arena, scs_float, (ptrdiff_t)n + m + 1),
    };
    if (!arena->failed) {
        metric->semidefinite = scs_multipliers_mostly_semidefinite(cones, m);
        metric->size_share = metric->semidefinite        ? semidefinite_share
                             : have_telling_sizes(cones) ? usual_share
                                                         : 0;
        metric->longest_interval = scs_multipliers_mostly_curved(cones, m)
                                       ? (scs_float)INFINITY
                                       : longest_interval;
        scs_cone_set_weights(cones, a, metric->weight);
        scs_vec_fill(1, metric->d, m);
        fill_r(metric);
    }
}

bool scs_metric_reset(ScsMetric *metric) {
    bool moved = metric->scale != metric->initial_scale;
    for (scs_int i = 0; i < metric->m && !moved; ++i) {
        moved = metric->d[i] != 1;
    }
    if (moved) {
        metric->scale = metric->initial_scale;
        scs_vec_fill(1, metric->d, metric->m);
        fill_r(metric);
    }
    return moved;
}

/* Take over scale and, if not NULL, d, unless R would hardly change: then a factorisation
 * would be wasted. */
static bool move(ScsMetric *metric, scs_float scale, const scs_float *d) {
    scs_float largest = 0;
    for (scs_int i = 0; i < metric->m; ++i) {
        const scs_float ratio = scale / metric->scale * (d ? d[i] / metric->d[i] : 1);
        largest = scs_max(largest, scs_max(ratio, 1 / ratio));
    }
    if (largest < smallest_change) {
        return false;
    }
    metric->scale = scale;
    if (d) {
        scs_vec_copy(d, metric->d, metric->m);
    }
    fill_r(metric);
    return true;
}

bool scs_metric_relax(ScsMetric *metric, const ScsConeSet *cones, scs_float *scratch) {
    scs_multipliers_relax(cones, metric->d, metric->m, scratch);
    return move(metric, metric->scale, scratch);
}

void scs_metric_begin(ScsMetric *metric) {
    metric->balance = (ScsMetricBalance){0};
    metric->last_update = 0;
    metric->updates = 0;
}

static void weigh(ScsMetricBalance *balance, const ScsMetricEvidence *evidence) {
    const scs_float ratio =
        scs_safe_divide(evidence->relative_primal, evidence->relative_dual);
    const scs_float value = log(scs_clamp(ratio, 1e-18, 1e18));
    const bool first = balance->checks == 0;
    if (!first && value * balance->agreed <= 0) {
        balance->agreed = 0;
    } else if (first || fabs(value) < fabs(balance->agreed)) {
        balance->agreed = value;
    }
    balance->sum += value;
    ++balance->checks;
}

/* The logarithms of the factor by which scale is off, by all checks taken together and by
 * what they agree on. The scale acts on both residuals, hence half. */
static scs_float mean_imbalance(const ScsMetricBalance *balance) {
    return balance->sum / (scs_float)balance->checks / 2;
}

static scs_float sure_imbalance(const ScsMetricBalance *balance) {
    return balance->agreed / 2;
}

/* The logarithm of the factor by which scale is to move, by the residuals. */
static scs_float residual_step(const ScsMetric *metric, scs_int iter) {
    const scs_float mean = mean_imbalance(&metric->balance);
    if (!metric->diagonal) {
        return mean;
    }
    const scs_float usual = log(largest_step);
    const scs_float sure = sure_imbalance(&metric->balance);
    if (fabs(sure) > usual) {
        const scs_float most = usual + log1p(early / (scs_float)iter);
        return scs_clamp(sure, -most, most);
    }
    return scs_clamp(mean, -usual, usual);
}

/* Whether the rows of a block count for the sizes: equations have no s. */
static bool has_size(const ScsMetric *metric, const ScsConeBlock *block) {
    return metric->semidefinite ? scs_cone_extends(block) : block->kind->weight == 1;
}

/* The same by the sizes of y and s; `otherwise` if one of them is zero. */
static scs_float size_step(const ScsMetric *metric, const ScsRowEvidence *rows,
                           const ScsConeSet *cones, scs_float otherwise) {
    scs_float y = 0;
    scs_float s = 0;
    for (scs_int b = 0; b < cones->count; ++b) {
        const ScsConeBlock *block = &cones->blocks[b];
        if (has_size(metric, block)) {
            for (scs_int i = block->first; i < block->first + block->rows; ++i) {
                const scs_float root = sqrt(metric->d[i]);
                y += fabs(rows->y[i]) / root;
                s += fabs(rows->s[i]) * root;
            }
        }
    }
    if (y == 0 || s == 0) {
        return otherwise;
    }
    const scs_float most = log(largest_jump);
    return scs_clamp(log(y / s / metric->scale), -most, most);
}

/* The factor by which scale is to move. */
static scs_float scale_step(const ScsMetric *metric, const ScsMetricEvidence *evidence,
                            const ScsConeSet *cones, scs_int iter) {
    const scs_float usual = residual_step(metric, iter);
    if (!metric->diagonal || !evidence->sizes_tell) {
        return exp(usual);
    }
    const scs_float share = metric->size_share / (1 + pow((scs_float)iter / young, 4));
    const scs_float size = size_step(metric, &evidence->rows, cones, usual);
    return exp(usual + share * (size - usual));
}

/* Whether an update of the interval given is due. */
static bool has_passed(const ScsMetric *metric, scs_int iter, scs_float interval,
                       scs_float update_cost) {
    return (scs_float)(iter - metric->last_update) >= scs_max(interval, update_cost);
}

static bool is_due(const ScsMetric *metric, scs_int iter, scs_float update_cost) {
    const scs_float shortest =
        metric->semidefinite ? semidefinite_interval : shortest_interval;
    const scs_float interval =
        scs_clamp(interval_share * (scs_float)iter, shortest, metric->longest_interval);
    return has_passed(metric, iter, interval, update_cost);
}

static bool cannot_wait(const ScsMetric *metric, scs_int iter, scs_float update_cost) {
    return metric->semidefinite && metric->diagonal &&
           fabs(sure_imbalance(&metric->balance)) > log(far_off) &&
           has_passed(metric, iter, shortest_interval, update_cost);
}

bool scs_metric_adapt(ScsMetric *metric, const ScsMetricEvidence *evidence,
                      const ScsConeSet *cones, scs_int iter, scs_float update_cost,
                      scs_float *scratch) {
    if (!metric->adaptive) {
        return false;
    }
    weigh(&metric->balance, evidence);
    const bool due = is_due(metric, iter, update_cost);
    const bool scale_only = !due && cannot_wait(metric, iter, update_cost);
    /* Without multipliers a new factorisation must be worth its while. */
    const bool worthwhile =
        metric->diagonal || fabs(mean_imbalance(&metric->balance)) > log(10.) / 2;
    if (!(due || scale_only) || !worthwhile) {
        return false;
    }
    const scs_float step = scale_step(metric, evidence, cones, iter);
    const scs_float scale =
        scs_clamp(metric->scale * step, smallest_scale, largest_scale);
    metric->balance = (ScsMetricBalance){0};
    metric->last_update = iter;
    const bool follow = metric->diagonal && !scale_only;
    if (follow) {
        scs_multipliers_propose(cones, &evidence->rows, metric->d, metric->m, scale,
                                iter, metric->reach, scratch);
    }
    const bool moved = move(metric, scale, follow ? scratch : NULL);
    metric->updates += moved;
    return moved;
}

void scs_metric_to_euclidean(const ScsMetric *metric, const scs_float *v,
                             scs_float *out) {
    for (ptrdiff_t i = 0; i <= (ptrdiff_t)metric->n + metric->m; ++i) {
        out[i] = metric->root[i] * v[i];
    }
}

void scs_metric_from_euclidean(const ScsMetric *metric, scs_float *v) {
    for (ptrdiff_t i = 0; i <= (ptrdiff_t)metric->n + metric->m; ++i) {
        v[i] /= metric->root[i];
    }
}

void scs_metric_copy(ScsMetric *metric, const ScsMetric *original) {
    metric->scale = original->scale;
    metric->reach = original->reach;
    metric->balance = original->balance;
    metric->last_update = original->last_update;
    metric->updates = original->updates;
    scs_vec_copy(original->d, metric->d, metric->m);
    /* By the values at the start, as in the original, and as in the factor they share. */
    scs_vec_copy(original->weight, metric->weight, metric->m);
    fill_r(metric);
}
