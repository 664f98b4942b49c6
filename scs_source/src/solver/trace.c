/* SPDX-License-Identifier: MIT
 *
 * "normalized" in the name of a column means: in the scaling of equilibrate.h. Vectors and
 * what is computed from them are those of the homogeneous embedding, not divided by tau,
 * but for residuals, gap, objectives, xt_p_x, ctx and bty.
 */
#include "solver/trace.h"

#include "base/file.h"
#include "base/real.h"
#include "la/vec.h"
#include "solver/workspace.h" /* IWYU pragma: keep: completes ScsWork */

#include <stdio.h>
#include <string.h>

static const char setting[] = "log_csv_filename";

struct ScsTrace {
    char *filename;
    ScsFile file;
};

typedef struct {
    scs_float inf, two;
} Norms;

/* What there is in either scaling. */
typedef struct {
    Norms x, y, s;
    Norms primal; /* Ax + s - b tau */
    Norms dual;   /* Px + A'y + c tau */
    scs_float ax, ax_s, px, aty;
    scs_float res_pri, res_dual, gap;
    scs_float res_infeas, res_unbdd_a, res_unbdd_p;
    scs_float pobj, dobj;
    scs_float tau, kappa;
} View;

typedef struct {
    scs_float iter;
    View plain, scaled;
    scs_float xpx, xpx_tau, ctx, ctx_tau, bty, bty_tau;
    scs_float b, c; /* infinity norms */
    scs_float scale;
    Norms splitting; /* u - ut */
    Norms step;      /* what the iteration adds to v */
    scs_float aa_norm;
    scs_float accepted, rejected;
    scs_float seconds;
    scs_float unknown; /* of the reference's spectral cones: always NaN */
} Row;

typedef enum { REAL, WHOLE, EMPTY } Format;

typedef struct {
    const char *name;
    size_t offset;
    Format format;
} Column;

#define REAL_COLUMN(name, member) {name, offsetof(Row, member), REAL}
#define WHOLE_COLUMN(name, member) {name, offsetof(Row, member), WHOLE}

static const Column columns[] = {
    WHOLE_COLUMN("iter", iter),
    REAL_COLUMN("res_pri", plain.res_pri),
    REAL_COLUMN("res_dual", plain.res_dual),
    REAL_COLUMN("gap", plain.gap),
    REAL_COLUMN("x_nrm_inf", plain.x.inf),
    REAL_COLUMN("y_nrm_inf", plain.y.inf),
    REAL_COLUMN("s_nrm_inf", plain.s.inf),
    REAL_COLUMN("x_nrm_2", plain.x.two),
    REAL_COLUMN("y_nrm_2", plain.y.two),
    REAL_COLUMN("s_nrm_2", plain.s.two),
    REAL_COLUMN("x_nrm_inf_normalized", scaled.x.inf),
    REAL_COLUMN("y_nrm_inf_normalized", scaled.y.inf),
    REAL_COLUMN("s_nrm_inf_normalized", scaled.s.inf),
    REAL_COLUMN("x_nrm_2_normalized", scaled.x.two),
    REAL_COLUMN("y_nrm_2_normalized", scaled.y.two),
    REAL_COLUMN("s_nrm_2_normalized", scaled.s.two),
    REAL_COLUMN("ax_s_btau_nrm_inf", plain.primal.inf),
    REAL_COLUMN("px_aty_ctau_nrm_inf", plain.dual.inf),
    REAL_COLUMN("ax_s_btau_nrm_2", plain.primal.two),
    REAL_COLUMN("px_aty_ctau_nrm_2", plain.dual.two),
    REAL_COLUMN("res_infeas", plain.res_infeas),
    REAL_COLUMN("res_unbdd_a", plain.res_unbdd_a),
    REAL_COLUMN("res_unbdd_p", plain.res_unbdd_p),
    REAL_COLUMN("pobj", plain.pobj),
    REAL_COLUMN("dobj", plain.dobj),
    REAL_COLUMN("tau", plain.tau),
    REAL_COLUMN("kap", plain.kappa),
    REAL_COLUMN("res_pri_normalized", scaled.res_pri),
    REAL_COLUMN("res_dual_normalized", scaled.res_dual),
    REAL_COLUMN("gap_normalized", scaled.gap),
    REAL_COLUMN("ax_s_btau_nrm_inf_normalized", scaled.primal.inf),
    REAL_COLUMN("px_aty_ctau_nrm_inf_normalized", scaled.dual.inf),
    REAL_COLUMN("ax_s_btau_nrm_2_normalized", scaled.primal.two),
    REAL_COLUMN("px_aty_ctau_nrm_2_normalized", scaled.dual.two),
    REAL_COLUMN("res_infeas_normalized", scaled.res_infeas),
    REAL_COLUMN("res_unbdd_a_normalized", scaled.res_unbdd_a),
    REAL_COLUMN("res_unbdd_p_normalized", scaled.res_unbdd_p),
    REAL_COLUMN("pobj_normalized", scaled.pobj),
    REAL_COLUMN("dobj_normalized", scaled.dobj),
    REAL_COLUMN("tau_normalized", scaled.tau),
    REAL_COLUMN("kap_normalized", scaled.kappa),
    REAL_COLUMN("ax_nrm_inf", plain.ax),
    REAL_COLUMN("ax_s_nrm_inf", plain.ax_s),
    REAL_COLUMN("px_nrm_inf", plain.px),
    REAL_COLUMN("aty_nrm_inf", plain.aty),
    REAL_COLUMN("xt_p_x", xpx),
    REAL_COLUMN("xt_p_x_tau", xpx_tau),
    REAL_COLUMN("ctx", ctx),
    REAL_COLUMN("ctx_tau", ctx_tau),
    REAL_COLUMN("bty", bty),
    REAL_COLUMN("bty_tau", bty_tau),
    REAL_COLUMN("b_nrm_inf", b),
    REAL_COLUMN("c_nrm_inf", c),
    REAL_COLUMN("scale", scale),
    REAL_COLUMN("diff_u_ut_nrm_2", splitting.two),
    REAL_COLUMN("diff_v_v_prev_nrm_2", step.two),
    REAL_COLUMN("diff_u_ut_nrm_inf", splitting.inf),
    REAL_COLUMN("diff_v_v_prev_nrm_inf", step.inf),
    REAL_COLUMN("aa_norm", aa_norm),
    WHOLE_COLUMN("accepted_accel_steps", accepted),
    WHOLE_COLUMN("rejected_accel_steps", rejected),
    REAL_COLUMN("time", seconds),
    REAL_COLUMN("spectral_Newton_iter", unknown),
    REAL_COLUMN("plain_Newton_success", unknown),
    REAL_COLUMN("res_dual_spectral", unknown),
    REAL_COLUMN("res_pri_spectral", unknown),
    REAL_COLUMN("comp_spectral", unknown),
    {"", 0, EMPTY}, /* what follows the last comma */
};

enum { COLUMNS = sizeof columns / sizeof *columns };

/* Norms of a vector that is given entry by entry. */
static void add(Norms *norms, scs_float entry) {
    norms->inf = scs_max(norms->inf, fabs(entry));
    norms->two += entry * entry; /* the square, until finish */
}

static void finish(Norms *norms) { norms->two = sqrt(norms->two); }

static void view_rows(const ScsWork *work, bool scaled, View *view) {
    const ScsResiduals *res = &work->residuals;
    const scs_int n = work->problem.n;
    for (scs_int i = 0; i < work->problem.m; ++i) {
        const scs_float d = scaled ? 1 : work->scaling.d[i];
        const scs_float sigma = scaled ? 1 : work->scaling.sigma;
        const scs_float unit = 1 / (d * sigma);
        const scs_float s = work->rsk[n + i];
        const scs_float ax_s = res->ax[i] + s;
        add(&view->y, work->u[n + i] * d / sigma);
        add(&view->s, s * unit);
        add(&view->primal, (ax_s - work->h[n + i] * res->tau) * unit);
        view->ax = scs_max(view->ax, fabs(res->ax[i]) * unit);
        view->ax_s = scs_max(view->ax_s, fabs(ax_s) * unit);
    }
    finish(&view->y);
    finish(&view->s);
    finish(&view->primal);
}

static void view_columns(const ScsWork *work, bool scaled, View *view) {
    const ScsResiduals *res = &work->residuals;
    for (scs_int j = 0; j < work->problem.n; ++j) {
        const scs_float e = scaled ? 1 : work->scaling.e[j];
        const scs_float sigma = scaled ? 1 : work->scaling.sigma;
        const scs_float unit = 1 / (e * sigma);
        add(&view->x, work->u[j] * e / sigma);
        add(&view->dual, (res->px[j] + res->aty[j] + work->h[j] * res->tau) * unit);
        view->px = scs_max(view->px, fabs(res->px[j]) * unit);
        view->aty = scs_max(view->aty, fabs(res->aty[j]) * unit);
    }
    finish(&view->x);
    finish(&view->dual);
}

/* What is decided upon: taken over, not computed again. */
static void view_plain(const ScsWork *work, View *view) {
    const ScsResiduals *res = &work->residuals;
    const scs_float sigma = work->scaling.sigma;
    view_rows(work, false, view);
    view_columns(work, false, view);
    view->res_pri = res->res_pri;
    view->res_dual = res->res_dual;
    view->gap = res->gap;
    view->res_infeas = res->res_infeas;
    view->res_unbdd_a = res->res_unbdd_a;
    view->res_unbdd_p = res->res_unbdd_p;
    view->pobj = res->pobj;
    view->dobj = res->dobj;
    view->tau = res->tau;
    view->kappa = res->kappa / (sigma * sigma);
}

/* Products of two vectors are sigma^2 times those of the problem as given. */
static void view_scaled(const ScsWork *work, View *view) {
    const ScsResiduals *res = &work->residuals;
    const scs_float sigma2 = work->scaling.sigma * work->scaling.sigma;
    const scs_float ctx = res->ctx * sigma2;
    const scs_float bty = res->bty * sigma2;
    view_rows(work, true, view);
    view_columns(work, true, view);
    view->res_pri = scs_safe_divide(view->primal.inf, res->tau);
    view->res_dual = scs_safe_divide(view->dual.inf, res->tau);
    view->gap = res->gap * sigma2;
    view->res_infeas = bty < 0 ? view->aty / -bty : NAN;
    view->res_unbdd_a = ctx < 0 ? view->ax_s / -ctx : NAN;
    view->res_unbdd_p = ctx < 0 ? view->px / -ctx : NAN;
    view->pobj = res->pobj * sigma2;
    view->dobj = res->dobj * sigma2;
    view->tau = res->tau;
    view->kappa = res->kappa;
}

/* v itself may have moved on or been accelerated; what moves it is alpha (u - ut). */
static void measure_step(const ScsWork *work, Row *row) {
    const ptrdiff_t size = (ptrdiff_t)work->problem.n + work->problem.m + 1;
    const scs_float alpha = work->settings.alpha;
    for (ptrdiff_t i = 0; i < size; ++i) {
        add(&row->splitting, work->u[i] - work->ut[i]);
    }
    finish(&row->splitting);
    row->step.inf = alpha * row->splitting.inf;
    row->step.two = alpha * row->splitting.two;
}

static void measure(const ScsWork *work, double milliseconds, Row *row) {
    const ScsResiduals *res = &work->residuals;
    const scs_float tau = scs_max(res->tau, 1e-18);
    *row = (Row){
        .iter = (scs_float)res->iter,
        .xpx = res->xpx / tau / tau,
        .xpx_tau = res->xpx,
        .ctx = res->ctx / tau,
        .ctx_tau = res->ctx,
        .bty = res->bty / tau,
        .bty_tau = res->bty,
        .b = scs_vec_norm_inf(work->problem.b, work->problem.m),
        .c = scs_vec_norm_inf(work->problem.c, work->problem.n),
        .scale = work->metric.scale,
        .aa_norm = work->accel ? scs_anderson_stats(work->accel)->last_aa_norm : 0,
        .accepted = (scs_float)work->accepted_steps,
        .rejected = (scs_float)work->rejected_steps,
        .seconds = milliseconds / 1e3,
        .unknown = NAN,
    };
    view_plain(work, &row->plain);
    view_scaled(work, &row->scaled);
    measure_step(work, row);
}

/* Write a number as any reader takes it: with as many digits as bring the same double
 * back, a point whatever the locale says, NaN without a sign. */
static void write_number(ScsFile *file, scs_float value, bool whole) {
    char text[32];
    if (isnan(value)) {
        snprintf(text, sizeof text, "nan");
    } else if (whole) {
        snprintf(text, sizeof text, "%.0f", value);
    } else {
        snprintf(text, sizeof text, "%.16e", value);
    }
    char *comma = strchr(text, ',');
    if (comma) {
        *comma = '.';
    }
    scs_file_write(file, text, strlen(text));
}

/* A comma after every column but the last, and the end of the line after that. */
static void write_separator(ScsFile *file, int column) {
    scs_file_write(file, column + 1 < COLUMNS ? "," : "\n", 1);
}

ScsErrorCode scs_trace_create(ScsTrace **trace, const char *filename, ScsArena *arena,
                              ScsError *error) {
    *trace = NULL;
    if (!filename) {
        return SCS_OK;
    }
    ScsTrace *created = SCS_NEW(arena, ScsTrace, 1);
    char *name = scs_arena_copy(arena, filename, (ptrdiff_t)strlen(filename) + 1, 1);
    if (arena->failed) {
        return scs_error_memory(error);
    }
    created->filename = name;
    *trace = created;
    const ScsErrorCode code = scs_file_append(&created->file, setting, name, error);
    return code ? code : scs_file_close(&created->file, error);
}

ScsErrorCode scs_trace_begin(ScsTrace *trace, ScsError *error) {
    if (!trace) {
        return SCS_OK;
    }
    ScsFile *file = &trace->file;
    const ScsErrorCode code = scs_file_create(file, setting, trace->filename, error);
    if (code) {
        return code;
    }
    for (int i = 0; i < COLUMNS; ++i) {
        scs_file_write(file, columns[i].name, strlen(columns[i].name));
        write_separator(file, i);
    }
    return SCS_OK;
}

void scs_trace_row(const ScsWork *work, double milliseconds) {
    if (!work->trace) {
        return;
    }
    ScsFile *file = &work->trace->file;
    Row row;
    measure(work, milliseconds, &row);
    for (int i = 0; i < COLUMNS; ++i) {
        if (columns[i].format != EMPTY) {
            const void *value = (const char *)&row + columns[i].offset;
            write_number(file, *(const scs_float *)value, columns[i].format == WHOLE);
        }
        write_separator(file, i);
    }
}

ScsErrorCode scs_trace_end(ScsTrace *trace, ScsError *error) {
    return trace ? scs_file_close(&trace->file, error) : SCS_OK;
}
