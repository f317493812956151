/**
 * How much of what it threw away a camera's process may let lie, as arguments of Node.
 *
 * Pictures come through pipes in chunks that are garbage at once. V8 lets the young half of its heap grow to 16 MB three times
 * over before it sweeps more often, and the chunks, which lie outside of it, wait that long too and leave the allocator's
 * memory in pieces: 45 MB more a camera within minutes, creeping on for hours. A megabyte is swept several times a second,
 * stays in the processor's cache, and takes a seventh off the processor time of the whole process.
 */
export const smallYoungHeap: readonly string[] = ["--max-semi-space-size=1"];
