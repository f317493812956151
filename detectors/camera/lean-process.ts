/** What keeps a camera's process small for as long as it runs. Measured over hours: docs/reference/performance.md. */

/**
 * How much of what it threw away it may let lie, as arguments of Node. Pictures come through pipes in chunks that are garbage
 * at once. V8 lets the young half of its heap grow to 16 MB three times over before it sweeps more often, and the chunks, which
 * lie outside of it, wait that long too and leave the allocator's memory in pieces: 45 MB more a camera within minutes,
 * creeping on for hours. A megabyte is swept several times a second, stays in the processor's cache, and takes a seventh off
 * the processor time of the whole process.
 */
export const smallYoungHeap: readonly string[] = ["--max-semi-space-size=1"];

/**
 * One arena for the C library's allocator, here and in ffmpeg: with one for each thread, what one thread frees no other uses
 * again. 7 MB less a camera, and flat from the first minute. The environment that the service was started in goes before.
 */
export const oneArena = { MALLOC_ARENA_MAX: "1" } as const;
