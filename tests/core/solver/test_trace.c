/* SPDX-License-Identifier: MIT
 *
 * The log: its shape, and that its numbers are those of the solve.
 */
#include "solver/trace.h"

#include "core/solver/scaled_work.h"
#include "support/answer.h"
#include "support/capture.h"
#include "support/files.h"

static const char path[] = "test_trace.tmp";

enum { FIELDS = 68, ITER = 0, TIME = 61 };

/* A log that was read back: its text, and where the rows begin. */
typedef struct {
    char *text;
    const char *rows;
    int row_count;
} Log;

static Log read_log(void) {
    size_t size = 0;
    Log log = {.text = test_read_file(path, &size), .rows = ""};
    remove(path);
    if (CHECK(log.text)) {
        const char *end = strchr(log.text, '\n');
        log.rows = end ? end + 1 : "";
        log.row_count = test_count(log.rows, "\n");
    }
    return log;
}

/* Field `column` of row `row` of the lines that begin at text; "" if there is none. */
static const char *field(const char *text, int row, int column) {
    for (; row > 0 && text; --row) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    for (; column > 0 && text; --column) {
        text = strpbrk(text, ",\n");
        text = text && *text == ',' ? text + 1 : NULL;
    }
    return text ? text : "";
}

static double value(const Log *log, int row, const char *name) {
    const size_t length = strlen(name);
    for (int column = 0; column < FIELDS; ++column) {
        const char *title = field(log->text, 0, column);
        if (strncmp(title, name, length) == 0 && title[length] == ',') {
            return strtod(field(log->rows, row, column), NULL);
        }
    }
    CHECK(!name);
    return NAN;
}

static double last(const Log *log, const char *name) {
    return value(log, log->row_count - 1, name);
}

static ScsSettings logging(void) {
    ScsSettings settings = test_settings();
    settings.log_csv_filename = path;
    return settings;
}

/* As many fields in every line as in the head, every one but the last a number. */
static void check_shape(const Log *log) {
    const char *line = log->text;
    for (int k = 0; k <= log->row_count; ++k) {
        const char *end = strchr(line, '\n');
        if (!CHECK(end)) {
            return;
        }
        int commas = 0;
        for (const char *at = line; at < end; ++at) {
            commas += *at == ',';
            CHECK(*at != ' ');
        }
        CHECK_EQUAL(commas + 1, FIELDS);
        CHECK(end[-1] == ','); /* the last field is empty */
        for (int column = 0; k > 0 && column < FIELDS - 1; ++column) {
            char *stop;
            const char *begin = field(line, 0, column);
            strtod(begin, &stop);
            CHECK(stop > begin && *stop == ',');
        }
        line = end + 1;
    }
    CHECK(!*line);
}

static void solve_logged(const TestProblem *problem, const ScsSettings *settings,
                         ScsSolution *point, ScsInfo *info) {
    ScsWork *work = open_work(problem, settings);
    scs_solve(work, point, info, 0);
    scs_finish(work);
}

static void head_and_rows(void) {
    for (int kind = 0; kind < TEST_PROBLEMS; ++kind) {
        TestProblem problem = test_problem((TestKind)kind);
        const ScsSettings settings = logging();
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        solve_logged(&problem, &settings, &point, &info);
        CHECK_EQUAL(info.status_val, problem.status);
        Log log = read_log();
        CHECK(strncmp(log.text, "iter,res_pri,res_dual,gap,x_nrm_inf,", 36) == 0);
        CHECK_CONTAINS(log.text, ",time,spectral_Newton_iter,plain_Newton_success,"
                                 "res_dual_spectral,res_pri_spectral,comp_spectral,\n");
        CHECK(strncmp(field(log.text, 0, TIME), "time,", 5) == 0);
        CHECK_EQUAL(log.row_count, info.iter + 1);
        check_shape(&log);
        double time = 0;
        for (int row = 0; row < log.row_count; ++row) {
            CHECK_EQUAL(strtod(field(log.rows, row, ITER), NULL), row);
            const double now = strtod(field(log.rows, row, TIME), NULL);
            CHECK(now >= time);
            time = now;
        }
        CHECK(time > 0 && time <= info.solve_time / 1e3);
        free(log.text);
        test_solution_free(&point);
        test_problem_free(&problem);
    }
}

static double norm2(const double *x, scs_int n) {
    double sum = 0;
    for (scs_int i = 0; i < n; ++i) {
        sum += x[i] * x[i];
    }
    return sqrt(sum);
}

static double norm_inf(const double *x, scs_int n) {
    double largest = 0;
    for (scs_int i = 0; i < n; ++i) {
        largest = fmax(largest, fabs(x[i]));
    }
    return largest;
}

/* The last row against the answer and what can be computed from it. */
static void the_last_row_is_the_answer(void) {
    TestProblem problem = test_random_solved(&every_cone);
    ScsSettings settings = logging();
    settings.eps_abs = settings.eps_rel = 1e-4; /* so that residuals are no rounding */
    settings.acceleration_lookback = 4;         /* and yet there may be such steps */
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    solve_logged(&problem, &settings, &point, &info);
    CHECK_EQUAL(info.status_val, SCS_SOLVED);
    Log log = read_log();
    CHECK_EQUAL(last(&log, "iter"), info.iter);
    CHECK_EQUAL(last(&log, "res_pri"), info.res_pri);
    CHECK_EQUAL(last(&log, "res_dual"), info.res_dual);
    CHECK_EQUAL(last(&log, "gap"), info.gap);
    CHECK_EQUAL(last(&log, "pobj"), info.pobj);
    CHECK_EQUAL(last(&log, "dobj"), info.dobj);
    CHECK_EQUAL(last(&log, "scale"), info.scale);
    const double aa_norm = info.aa_stats.last_aa_norm;
    CHECK(isnan(aa_norm) ? isnan(last(&log, "aa_norm"))
                         : last(&log, "aa_norm") == aa_norm);
    CHECK_EQUAL(last(&log, "accepted_accel_steps"), info.accepted_accel_steps);
    CHECK_EQUAL(last(&log, "rejected_accel_steps"), info.rejected_accel_steps);

    const TestJudgement judged = test_judge(&problem, &point);
    const ScsData *data = &problem.data;
    const double tau = last(&log, "tau");
    CHECK(tau > 0);
    CHECK_NEAR(last(&log, "x_nrm_inf"), tau * norm_inf(point.x, data->n), 1e-9);
    CHECK_NEAR(last(&log, "y_nrm_inf"), tau * norm_inf(point.y, data->m), 1e-9);
    CHECK_NEAR(last(&log, "s_nrm_inf"), tau * norm_inf(point.s, data->m), 1e-9);
    CHECK_NEAR(last(&log, "x_nrm_2"), tau * norm2(point.x, data->n), 1e-9);
    CHECK_NEAR(last(&log, "y_nrm_2"), tau * norm2(point.y, data->m), 1e-9);
    CHECK_NEAR(last(&log, "s_nrm_2"), tau * norm2(point.s, data->m), 1e-9);
    CHECK_NEAR(last(&log, "ax_s_btau_nrm_inf"), tau * judged.primal, 1e-9);
    CHECK_NEAR(last(&log, "px_aty_ctau_nrm_inf"), tau * judged.dual, 1e-9);
    CHECK_NEAR(last(&log, "ax_nrm_inf"), tau * judged.ax, 1e-9);
    CHECK_NEAR(last(&log, "ax_s_nrm_inf"), tau * judged.ray, 1e-9);
    CHECK_NEAR(last(&log, "px_nrm_inf"), tau * judged.px, 1e-9);
    CHECK_NEAR(last(&log, "aty_nrm_inf"), tau * judged.aty, 1e-9);
    CHECK_NEAR(last(&log, "xt_p_x"), judged.xpx, 1e-9);
    CHECK_NEAR(last(&log, "xt_p_x_tau"), judged.xpx * tau * tau, 1e-9);
    CHECK_NEAR(last(&log, "ctx"), judged.ctx, 1e-9);
    CHECK_NEAR(last(&log, "ctx_tau"), judged.ctx * tau, 1e-9);
    CHECK_NEAR(last(&log, "bty"), judged.bty, 1e-9);
    CHECK_NEAR(last(&log, "bty_tau"), judged.bty * tau, 1e-9);
    CHECK_EQUAL(last(&log, "b_nrm_inf"), norm_inf(data->b, data->m));
    CHECK_EQUAL(last(&log, "c_nrm_inf"), norm_inf(data->c, data->n));
    CHECK(isnan(last(&log, "comp_spectral")));
    free(log.text);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* Without equilibration of any kind both scalings are one. */
static void normalized_columns(void) {
    static const char *const names[] = {
        "x_nrm_inf",
        "y_nrm_inf",
        "s_nrm_inf",
        "x_nrm_2",
        "y_nrm_2",
        "s_nrm_2",
        "ax_s_btau_nrm_inf",
        "px_aty_ctau_nrm_inf",
        "ax_s_btau_nrm_2",
        "px_aty_ctau_nrm_2",
        "res_pri",
        "res_dual",
        "gap",
        "res_infeas",
        "res_unbdd_a",
        "res_unbdd_p",
        "pobj",
        "dobj",
        "tau",
        "kap",
    };
    TestProblem problem = test_random_solved(&every_cone);
    for (int normalize = 0; normalize < 2; ++normalize) {
        ScsSettings settings = logging();
        settings.normalize = normalize;
        settings.max_iters = 5;
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        solve_logged(&problem, &settings, &point, &info);
        Log log = read_log();
        CHECK_EQUAL(log.row_count, 6);
        int different = 0;
        for (size_t k = 0; k < sizeof names / sizeof *names; ++k) {
            char scaled[64];
            snprintf(scaled, sizeof scaled, "%s_normalized", names[k]);
            const double a = last(&log, names[k]);
            const double b = last(&log, scaled);
            if (!normalize) {
                CHECK(isnan(a) ? isnan(b) : fabs(a - b) <= 1e-12 * fabs(a));
            }
            different += fabs(a - b) > 1e-6 * fabs(a);
        }
        CHECK_EQUAL(different > 0, normalize);
        free(log.text);
        test_solution_free(&point);
    }
    test_problem_free(&problem);
}

/* The step of an iteration is alpha (u - ut), and smaller at the end than before. */
static void fixed_point_columns(void) {
    TestProblem problem = test_problem(TEST_SOCP);
    const ScsSettings settings = logging();
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    solve_logged(&problem, &settings, &point, &info);
    Log log = read_log();
    for (int row = 0; row < log.row_count; ++row) {
        const double inf = value(&log, row, "diff_u_ut_nrm_inf");
        const double two = value(&log, row, "diff_u_ut_nrm_2");
        CHECK(inf <= two * (1 + 1e-12));
        CHECK_NEAR(value(&log, row, "diff_v_v_prev_nrm_2"), settings.alpha * two,
                   1e-12 * two);
        CHECK_NEAR(value(&log, row, "diff_v_v_prev_nrm_inf"), settings.alpha * inf,
                   1e-12 * inf);
    }
    CHECK(last(&log, "diff_u_ut_nrm_2") < 1e-6 * value(&log, 0, "diff_u_ut_nrm_2"));
    free(log.text);
    test_solution_free(&point);
    test_problem_free(&problem);
}

/* The log watches, it does not interfere. */
static void the_answer_is_the_same(void) {
    TestProblem problem = test_random_solved(&every_cone);
    ScsSettings settings = test_settings();
    settings.scale = 20; /* so that the metric moves */
    ScsSolution plain = test_solution(&problem), logged = test_solution(&problem);
    ScsInfo info, info_logged;
    solve_logged(&problem, &settings, &plain, &info);
    settings.log_csv_filename = path;
    solve_logged(&problem, &settings, &logged, &info_logged);
    remove(path);
    CHECK_EQUAL(info.iter, info_logged.iter);
    CHECK_EQUAL(info.scale_updates, info_logged.scale_updates);
    CHECK(info.scale_updates > 0);
    CHECK(test_same_solution(&problem, &plain, &logged));
    test_solution_free(&plain);
    test_solution_free(&logged);
    test_problem_free(&problem);
}

static int stop_at_once(void *context) {
    (void)context;
    return 1;
}

static void every_end_has_its_row(void) {
    TestProblem problem = test_random_solved(&every_cone);
    for (int end = 0; end < 3; ++end) {
        ScsSettings settings = logging();
        settings.eps_abs = settings.eps_rel = 0;
        settings.max_iters = 30;
        settings.time_limit_secs = end == 1 ? 1e-10 : 0;
        ScsWork *work = open_work(&problem, &settings);
        const ScsHooks hooks = {.interrupted = end == 2 ? stop_at_once : NULL};
        scs_set_hooks(work, &hooks);
        ScsSolution point = test_solution(&problem);
        ScsInfo info;
        const scs_int status = scs_solve(work, &point, &info, 0);
        CHECK_EQUAL(status == SCS_SIGINT, end == 2);
        Log log = read_log();
        CHECK_EQUAL(log.row_count, end == 0 ? 31 : 1);
        CHECK_EQUAL(last(&log, "iter"), end == 0 ? 30 : 0);
        check_shape(&log);
        free(log.text);
        scs_finish(work);
        test_solution_free(&point);
    }
    test_problem_free(&problem);
}

/* Each solve writes the file anew; a clone does not write at all. */
static void one_log_a_solve(void) {
    TestProblem problem = test_problem(TEST_QP);
    char name[sizeof path];
    memcpy(name, path, sizeof path);
    ScsSettings settings = test_settings();
    settings.log_csv_filename = name;
    ScsWork *work = open_work(&problem, &settings);
    memset(name, 'x', sizeof name - 1); /* the caller's string is his again */
    ScsError error;
    ScsWork *clone = scs_clone(work, &error);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    for (int k = 0; k < 2; ++k) {
        scs_solve(work, &point, &info, k);
        Log log = read_log();
        CHECK_EQUAL(log.row_count, info.iter + 1);
        free(log.text);
    }
    if (CHECK(clone)) {
        CHECK_EQUAL(scs_solve(clone, &point, &info, 0), SCS_SOLVED);
        FILE *stream = fopen(path, "rb");
        CHECK(!stream);
        if (stream) {
            fclose(stream);
        }
    }
    scs_finish(clone);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

static void a_file_that_cannot_be_had(void) {
    TestProblem problem = test_problem(TEST_QP);
    ScsSettings settings = test_settings();
    settings.log_csv_filename = "no/such/folder";
    ScsError error = {0};
    CHECK(!scs_init_ex(&problem.data, &problem.cone, &settings, NULL, &error));
    CHECK_EQUAL(error.code, SCS_ERROR_FILE);
    CHECK_CONTAINS(error.message, "log_csv_filename: cannot open 'no/such/folder'");
    test_problem_free(&problem);
}

static void a_full_disk_costs_the_log_only(void) {
    static const char full[] = "/dev/full";
    FILE *device = fopen(full, "rb");
    if (!device) {
        return;
    }
    fclose(device);
    static Capture capture;
    TestProblem problem = test_problem(TEST_QP);
    ScsSettings settings = test_settings();
    settings.log_csv_filename = full;
    ScsWork *work = open_work(&problem, &settings);
    const ScsHooks hooks = {.context = &capture, .print = capture_print};
    scs_set_hooks(work, &hooks);
    ScsSolution point = test_solution(&problem);
    ScsInfo info;
    scs_solve(work, &point, &info, 0);
    check_answer(&problem, &point, &info, 1e-9);
    CHECK_CONTAINS(capture.text,
                   "log_csv_filename: cannot write '/dev/full': No space");
    CHECK_EQUAL(capture_count(&capture, "\n"), 1);
    scs_finish(work);
    test_solution_free(&point);
    test_problem_free(&problem);
}

int main(void) {
    static const CheckCase cases[] = {
        {"head and rows", head_and_rows},
        {"the last row is the answer", the_last_row_is_the_answer},
        {"normalized columns", normalized_columns},
        {"fixed-point columns", fixed_point_columns},
        {"the answer is the same", the_answer_is_the_same},
        {"every end has its row", every_end_has_its_row},
        {"one log a solve", one_log_a_solve},
        {"a file that cannot be had", a_file_that_cannot_be_had},
        {"a full disk costs the log only", a_full_disk_costs_the_log_only},
    };
    return CHECK_RUN(cases);
}
