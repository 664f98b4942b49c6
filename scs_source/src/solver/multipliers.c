/* SPDX-License-Identifier: MIT */
#include "solver/multipliers.h"

#include "base/real.h"
#include "la/vec.h"

/* Multipliers stay between this and its reciprocal, but on the way to the scaling point. */
static const scs_float largest = 1e3;

/* How far a multiplier follows its row's share of the residual at one update: the fourth
 * root keeps single events from throwing it about. Where most rows are
 * semidefinite the others stay as they are: moving them takes optimal designs five times
 * the iterations. Elsewhere it is needed, lest unbounded problems look solved. */
static const scs_float profile_power = 0.25;

/* Second-order and other cones that are not separable move together for the most part,
 * with this share of freedom each: with full freedom the metric wanders, and exponential
 * cones take twice as long or never end. */
static const scs_float block_share = 0.1;

/* Semidefinite cones go this share of the way to where they should be. What is this much
 * smaller than the largest entry of a diagonal counts as that: an entry that goes to zero
 * says nothing about the size of its row. */
static const scs_float balance_share = 0.5;
static const scs_float balance_floor = 1e-2;

/* Inequalities go this share of the way, half of it at iteration `young`: early iterates
 * hardly know which of them will hold with equality. */
static const scs_float point_share = 0.4;
static const scs_float young = 100;
static const scs_float smallest_number = 1e-200; /* so that floors are not zero */

/* How the multipliers of a cone move. */
typedef enum {
    BY_ROW,    /* separable: every row for itself */
    AS_BLOCK,  /* all rows of a block alike */
    IN_BALANCE /* semidefinite: with Y and S */
} Manner;

static Manner manner(const ScsConeBlock *block) {
    return block->kind->separable    ? BY_ROW
           : scs_cone_extends(block) ? IN_BALANCE
                                     : AS_BLOCK;
}

/* Mean of v over the rows that move in one manner; `otherwise` if there are none. */
static scs_float mean_over(const ScsConeSet *cones, Manner which, const scs_float *v,
                           scs_float otherwise) {
    scs_float sum = 0;
    scs_int rows = 0;
    for (scs_int b = 0; b < cones->count; ++b) {
        const ScsConeBlock *block = &cones->blocks[b];
        if (manner(block) == which) {
            for (scs_int i = 0; i < block->rows; ++i) {
                sum += v[block->first + i];
            }
            rows += block->rows;
        }
    }
    return rows ? sum / (scs_float)rows : otherwise;
}

/* v = share * (v - origin) + shift on the rows that move in one manner. */
static void contract(const ScsConeSet *cones, Manner which, scs_float origin,
                     scs_float share, scs_float shift, scs_float *v) {
    for (scs_int b = 0; b < cones->count; ++b) {
        const ScsConeBlock *block = &cones->blocks[b];
        if (manner(block) == which) {
            for (scs_int i = block->first; i < block->first + block->rows; ++i) {
                v[i] = share * (v[i] - origin) + shift;
            }
        }
    }
}

/* How far semidefinite cones are from where they should be, as a factor, into the rows of
 * v that carry their multipliers. */
static void compare(const ScsConeSet *cones, const ScsRowEvidence *rows,
                    const scs_float *d, scs_float *v) {
    for (scs_int b = 0; b < cones->count; ++b) {
        const ScsConeBlock *block = &cones->blocks[b];
        if (manner(block) == IN_BALANCE) {
            const scs_int first = block->first;
            const scs_float *y = rows->y + first;
            const scs_float *s = rows->s + first;
            const scs_float y_floor = balance_floor * scs_vec_norm_inf(y, block->rows);
            const scs_float s_floor = balance_floor * scs_vec_norm_inf(s, block->rows);
            const bool mute = y_floor == 0 && s_floor == 0; /* nothing says where */
            for (scs_int i = 0; i < block->rows; ++i) {
                const scs_float ratio = scs_safe_divide(scs_max(y[i], 0) + y_floor,
                                                        scs_max(s[i], 0) + s_floor);
                v[first + i] = mute ? 1 : ratio / d[first + i];
            }
        }
    }
}

bool scs_multipliers_mostly_semidefinite(const ScsConeSet *cones, scs_int m) {
    scs_int rows = 0;
    for (scs_int b = 0; b < cones->count; ++b) {
        rows += manner(&cones->blocks[b]) == IN_BALANCE ? cones->blocks[b].rows : 0;
    }
    return rows > m / 2;
}

/* The logarithms of the steps by the residuals and by Y and S. */
static void first_steps(const ScsConeSet *cones, const ScsRowEvidence *rows,
                        const scs_float *d, scs_int m, scs_float *step) {
    scs_vec_copy(rows->profile, step, m);
    scs_cone_set_equalise(cones, step, SCS_REDUCE_MEAN);
    compare(cones, rows, d, step);
    scs_cone_set_extend(cones, step);
    for (scs_int i = 0; i < m; ++i) {
        step[i] = log(scs_clamp(step[i], 1e-18, 1e18));
    }
    const scs_float block_mean = mean_over(cones, AS_BLOCK, step, 0);
    contract(cones, AS_BLOCK, block_mean, block_share, block_mean, step);
    const scs_float mean = mean_over(cones, BY_ROW, step, block_mean);
    const scs_float power =
        scs_multipliers_mostly_semidefinite(cones, m) ? 0 : profile_power;
    contract(cones, BY_ROW, mean, power, 0, step);
    contract(cones, AS_BLOCK, mean, power, 0, step);
    const scs_float balance = mean_over(cones, IN_BALANCE, step, 0);
    contract(cones, IN_BALANCE, balance, balance_share, 0, step);
}

bool scs_multipliers_all_separable(const ScsConeSet *cones) {
    bool all = true;
    for (scs_int b = 0; b < cones->count; ++b) {
        all = all && cones->blocks[b].kind->separable;
    }
    return all;
}

bool scs_multipliers_mostly_curved(const ScsConeSet *cones, scs_int m) {
    return !scs_multipliers_all_separable(cones) &&
           !scs_multipliers_mostly_semidefinite(cones, m);
}

/* Whether row i of the block is an inequality, and the distance of s_i from its bound. */
static bool has_slack(const ScsConeBlock *block, scs_int i, const scs_float *s,
                      scs_float *slack) {
    *slack = block->kind->slack ? block->kind->slack(block, s, i) : (scs_float)INFINITY;
    return *slack < (scs_float)INFINITY;
}

typedef struct {
    scs_float y, slack;
} Pair;

static Pair largest_pair(const ScsConeSet *cones, const ScsRowEvidence *rows) {
    Pair most = {0};
    for (scs_int b = 0; b < cones->count; ++b) {
        const ScsConeBlock *block = &cones->blocks[b];
        for (scs_int i = 0; i < block->rows; ++i) {
            scs_float slack;
            if (has_slack(block, i, rows->s + block->first, &slack)) {
                most.y = scs_max(most.y, fabs(rows->y[block->first + i]));
                most.slack = scs_max(most.slack, slack);
            }
        }
    }
    return most;
}

/* next[i] on its way to d with scale * d = y / slack, but for numbers that are nothing
 * beside the largest of their kind. */
static void approach_scaling_point(const ScsConeSet *cones, const ScsRowEvidence *rows,
                                   scs_float scale, scs_int iter, scs_float reach,
                                   scs_float *next) {
    const Pair most = largest_pair(cones, rows);
    if (scs_min(most.y, most.slack) < smallest_number) { /* nothing says where */
        return;
    }
    const scs_float share = point_share * (scs_float)iter / ((scs_float)iter + young);
    for (scs_int b = 0; b < cones->count; ++b) {
        const ScsConeBlock *block = &cones->blocks[b];
        for (scs_int i = 0; i < block->rows; ++i) {
            const scs_int row = block->first + i;
            scs_float slack;
            if (has_slack(block, i, rows->s + block->first, &slack)) {
                const scs_float y = fabs(rows->y[row]) + most.y / reach;
                slack = scs_max(slack, 0) + most.slack / reach;
                const scs_float point = scs_clamp(y / slack / scale, 1 / reach, reach);
                next[row] = scs_clamp(next[row] * pow(point / next[row], share),
                                      1 / reach, reach);
            }
        }
    }
}

void scs_multipliers_propose(const ScsConeSet *cones, const ScsRowEvidence *rows,
                             const scs_float *d, scs_int m, scs_float scale,
                             scs_int iter, scs_float reach, scs_float *next) {
    first_steps(cones, rows, d, m, next);
    const bool separable = scs_multipliers_all_separable(cones);
    for (scs_int b = 0; b < cones->count; ++b) {
        const ScsConeBlock *block = &cones->blocks[b];
        const scs_float limit = separable && block->kind->slack ? reach : largest;
        for (scs_int i = block->first; i < block->first + block->rows; ++i) {
            next[i] = scs_clamp(d[i] * exp(next[i]), 1 / limit, limit);
        }
    }
    scs_cone_set_extend(cones, next);
    if (separable) {
        approach_scaling_point(cones, rows, scale, iter, reach, next);
    }
}

void scs_multipliers_relax(const ScsConeSet *cones, const scs_float *d, scs_int m,
                           scs_float *next) {
    const bool separable = scs_multipliers_all_separable(cones);
    scs_vec_copy(d, next, m);
    for (scs_int b = 0; b < cones->count && separable; ++b) {
        const ScsConeBlock *block = &cones->blocks[b];
        for (scs_int i = block->first; i < block->first + block->rows; ++i) {
            next[i] = block->kind->slack ? sqrt(d[i]) : d[i];
        }
    }
}
