/* SPDX-License-Identifier: MIT
 *
 * Just enough of threads for the examples: POSIX threads where there are any, C11's
 * elsewhere.
 */
#ifndef SCS_EXAMPLES_PORTABLE_THREAD_H
#define SCS_EXAMPLES_PORTABLE_THREAD_H

#if defined(_MSC_VER)
#include <threads.h>
#else
#include <pthread.h>
#endif

typedef struct {
    void (*run)(void *argument);
    void *argument;
#if defined(_MSC_VER)
    thrd_t handle;
#else
    pthread_t handle;
#endif
} Thread;

#if defined(_MSC_VER)
static int thread_main(void *thread) {
    ((Thread *)thread)->run(((Thread *)thread)->argument);
    return 0;
}
#else
static void *thread_main(void *thread) {
    ((Thread *)thread)->run(((Thread *)thread)->argument);
    return NULL;
}
#endif

/* Runs thread->run(thread->argument) in a new thread; *thread must stay until it is
 * joined. 0 on success. */
static int thread_start(Thread *thread) {
#if defined(_MSC_VER)
    return thrd_create(&thread->handle, thread_main, thread) == thrd_success ? 0 : 1;
#else
    return pthread_create(&thread->handle, NULL, thread_main, thread);
#endif
}

static void thread_join(Thread *thread) {
#if defined(_MSC_VER)
    thrd_join(thread->handle, NULL);
#else
    pthread_join(thread->handle, NULL);
#endif
}

#endif
