/* SPDX-License-Identifier: MIT */
#include "solver/metric.h"

#include "base/real.h"
#include "la/vec.h"

static const scs_float tau_weight =
    10; /* smaller lets tau swing, larger slows it down */
static const scs_float smallest_scale = 1e-6;
static const scs_float largest_scale = 1e6;
static const scs_float smallest_multiplier = 1e-3;
static const scs_float largest_multiplier = 1e3;

/* How far a multiplier follows its row's share of the residual at one update: the fourth
 * root keeps single events from throwing it about. */
static const scs_float multiplier_power = 0.25;

/* Iterations between two updates: at least this many, and at least this share of all so
 * far, so that the metric settles in the long run. */
static const scs_int shortest_interval = 25;
static const scs_float interval_share = 0.1;

static void fill_r(ScsMetric *metric) {
    scs_vec_fill(metric->rho_x, metric->r, metric->n);
    scs_float *r_y = metric->r + metric->n;
    for (scs_int i = 0; i < metric->m; ++i) {
        r_y[i] = 1 / (metric->scale * metric->weight[i] * metric->d[i]);
    }
    r_y[metric->m] = tau_weight;
}

void scs_metric_create(ScsMetric *metric, const ScsSettings *settings,
                       const ScsConeSet *cones, scs_int n, scs_int m, ScsArena *arena) {
    *metric = (ScsMetric){
        .n = n,
        .m = m,
        .rho_x = settings->rho_x,
        .initial_scale = settings->scale,
        .scale = settings->scale,
        .adaptive = settings->adaptive_scale != 0,
        .diagonal = settings->adaptive_scale && settings->adaptive_diag_scale,
        .d = SCS_NEW(arena, scs_float, m),
        .weight = SCS_NEW(arena, scs_float, m),
        .r = SCS_NEW(arena, scs_float, (ptrdiff_t)n + m + 1),
    };
    if (!arena->failed) {
        scs_cone_set_weights(cones, metric->weight);
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

void scs_metric_begin(ScsMetric *metric) {
    metric->sum_log_ratio = 0;
    metric->checks = 0;
    metric->last_update = 0;
    metric->updates = 0;
}

static void move_multipliers(ScsMetric *metric, const scs_float *profile,
                             const ScsConeSet *cones, scs_float *share) {
    const scs_int m = metric->m;
    scs_vec_copy(profile, share, m);
    scs_cone_set_equalise(cones, share, SCS_REDUCE_MEAN);
    scs_float sum_log = 0;
    scs_int rows = 0;
    for (scs_int i = 0; i < m; ++i) {
        if (metric->weight[i] == 1) {
            share[i] = log(scs_max(share[i], 1e-18));
            sum_log += share[i];
            ++rows;
        }
    }
    const scs_float mean = rows ? sum_log / (scs_float)rows : 0;
    for (scs_int i = 0; i < m; ++i) {
        if (metric->weight[i] == 1) {
            const scs_float factor = exp(multiplier_power * (share[i] - mean));
            metric->d[i] = scs_clamp(metric->d[i] * factor, smallest_multiplier,
                                     largest_multiplier);
        }
    }
}

bool scs_metric_adapt(ScsMetric *metric, const ScsMetricEvidence *evidence,
                      const ScsConeSet *cones, scs_int iter, scs_float update_cost,
                      scs_float *scratch) {
    if (!metric->adaptive) {
        return false;
    }
    metric->sum_log_ratio += log(
        scs_clamp(scs_safe_divide(evidence->relative_primal, evidence->relative_dual),
                  1e-18, 1e18));
    ++metric->checks;
    const scs_float wait = scs_max(scs_max((scs_float)shortest_interval, update_cost),
                                   interval_share * (scs_float)iter);
    const scs_float factor =
        sqrt(exp(metric->sum_log_ratio / (scs_float)metric->checks));
    const bool far = factor > sqrt(10.) || factor < sqrt(0.1);
    if ((scs_float)(iter - metric->last_update) < wait || !far) {
        return false;
    }
    const scs_float old = metric->scale;
    metric->scale = scs_clamp(old * factor, smallest_scale, largest_scale);
    metric->sum_log_ratio = 0;
    metric->checks = 0;
    metric->last_update = iter;
    if (metric->diagonal) {
        move_multipliers(metric, evidence->profile, cones, scratch);
    } else if (metric->scale == old) {
        return false; /* at its limit */
    }
    ++metric->updates;
    fill_r(metric);
    return true;
}

void scs_metric_copy(ScsMetric *metric, const ScsMetric *original) {
    metric->scale = original->scale;
    metric->sum_log_ratio = original->sum_log_ratio;
    metric->checks = original->checks;
    metric->last_update = original->last_update;
    metric->updates = original->updates;
    scs_vec_copy(original->d, metric->d, metric->m);
    fill_r(metric);
}
