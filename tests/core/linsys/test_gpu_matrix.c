/* SPDX-License-Identifier: MIT
 *
 * Against the stand-in.
 */
#include "linsys/gpu_matrix.h"

#include "fake_gpu.h"
#include "systems.h"

typedef struct {
    ScsGpu gpu;
    ScsGpuSparse sparse;
    ScsGpuMatrix matrix;
    double *x, *y; /* on the device */
} Fixture;

/* The transpose of A, whose columns are its rows. */
static void create(Fixture *f, const ScsMatrix *a) {
    ScsError error = {SCS_OK, ""};
    *f = (Fixture){0};
    CHECK_EQUAL(scs_cuda_library_cusparse(&f->sparse.library, "some", &error), SCS_OK);
    CHECK_EQUAL(scs_gpu_open(&f->gpu, "some", &error), SCS_OK);
    scs_gpu_enter(&f->gpu);
    f->x = scs_gpu_allocate(&f->gpu, a->m, sizeof *f->x);
    f->y = scs_gpu_allocate(&f->gpu, a->n, sizeof *f->y);
    scs_gpu_sparse_open(&f->sparse, &f->gpu);
    scs_gpu_matrix_create(&f->matrix, &f->sparse, a->n, a->m, a->p, a->i, f->x, f->y);
    scs_gpu_matrix_set(&f->matrix, a->x);
}

static ScsErrorCode destroy(Fixture *f, ScsError *error) {
    scs_gpu_matrix_destroy(&f->matrix);
    scs_gpu_matrix_destroy(&f->matrix);
    scs_gpu_sparse_close(&f->sparse);
    scs_gpu_sparse_close(&f->sparse);
    scs_gpu_release(&f->gpu, f->x);
    scs_gpu_release(&f->gpu, f->y);
    scs_gpu_close(&f->gpu);
    const ScsErrorCode code = scs_gpu_leave(&f->gpu, error);
    CHECK_EQUAL(fake_gpu()->alive, 0);
    return code;
}

static void check_product(double density) {
    Random random = {51};
    ScsError error = {SCS_OK, ""};
    ScsMatrix a = random_matrix(&random, 9, 6, density);
    Fixture f;
    create(&f, &a);
    double x[9];
    double y[6] = {1, 2, 3, 4, 5, 6};
    random_vector(&random, x, 9);
    scs_gpu_upload(&f.gpu, f.x, x, 9, sizeof *x);
    scs_gpu_upload(&f.gpu, f.y, y, 6, sizeof *y);
    for (int add = 1; add >= 0; --add) {
        double found[6];
        scs_gpu_matrix_multiply(&f.matrix, f.x, add, f.y);
        scs_gpu_download(&f.gpu, found, f.y, 6, sizeof *y);
        for (scs_int j = 0; j < 6; ++j) {
            double expected = add ? y[j] : 0;
            for (scs_int k = a.p[j]; k < a.p[j + 1]; ++k) {
                expected += a.x[k] * x[a.i[k]];
            }
            CHECK_NEAR(found[j], expected, 1e-14);
        }
    }
    CHECK_EQUAL(destroy(&f, &error), SCS_OK);
    matrix_free(&a);
}

static void multiplies(void) { check_product(0.4); }

static void multiplies_nothing(void) { check_product(0); }

static void survives_every_refusal(void) {
    Random random = {52};
    ScsMatrix a = random_matrix(&random, 9, 6, 0.4);
    long k = 3; /* opening has a test of its own */
    bool refused = true;
    for (; refused && k < 100; ++k) {
        ScsError error = {SCS_OK, ""};
        Fixture f;
        refuse_call(k, 0);
        create(&f, &a);
        scs_gpu_matrix_multiply(&f.matrix, f.x, false, f.y);
        refused = was_refused();
        refuse_call(-1, 0);
        CHECK_EQUAL(destroy(&f, &error) != SCS_OK, refused);
        CHECK(!refused || strstr(error.message, "NVIDIA's") != NULL);
    }
    CHECK(!refused && k > 20);
    matrix_free(&a);
}

int main(void) {
    static const CheckCase cases[] = {
        {"multiplies", multiplies},
        {"multiplies nothing", multiplies_nothing},
        {"survives every refusal", survives_every_refusal},
    };
    return CHECK_RUN(cases);
}
