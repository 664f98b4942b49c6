/* SPDX-License-Identifier: MIT */
#include "solver/ray.h"

#include "la/csc.h"
#include "la/vec.h"

/* How much of a motion is left to s_1. Less would take digits from y_1 that only
 * scs_ray_complete gives back. */
static const scs_float stiffness = 1e-8;

bool scs_ray_follow(ScsRay *ray, const ScsConeBlock *block, const ScsMatrix *a,
                    const scs_float *w, const scs_float *s) {
    if (!scs_csc_row_is_zero(a, block->first)) {
        return false;
    }
    ray->first = block->first;
    ray->rows = block->rows;
    for (scs_int i = 0; i < ray->rows; ++i) {
        ray->along[i] = w[i] == 0 ? s[i] / s[0] : 0;
    }
    return true;
}

void scs_ray_enter(const ScsRay *ray, scs_float *rest) {
    if (ray->rows > 0) {
        scs_vec_axpy(-rest[ray->first], ray->along, rest + ray->first, ray->rows);
    }
}

void scs_ray_leave(const ScsRay *ray, scs_float *dy) {
    if (ray->rows > 0) {
        dy[ray->first] = 0;
        dy[ray->first] = -scs_vec_dot(ray->along, dy + ray->first, ray->rows);
    }
}

void scs_ray_keep(const ScsRay *ray, const scs_float *b, scs_float *s) {
    if (ray->rows > 0) {
        scs_vec_axpy(b[ray->first], ray->along, s + ray->first, ray->rows);
    }
}

void scs_ray_stiffen(const ScsRay *ray, scs_float *r) {
    if (ray->rows > 0) {
        r[ray->first] *= stiffness;
    }
}

void scs_ray_complete(const ScsRay *ray, const scs_float *s, scs_float *y) {
    const scs_int i = ray->first;
    if (ray->rows > 0 && s[i] > 0) {
        y[i] = -scs_vec_dot(s + i + 1, y + i + 1, ray->rows - 1) / s[i];
    }
}
