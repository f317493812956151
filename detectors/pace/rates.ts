/** How often pictures are looked at. docs/reference/performance.md has the counts at each rate. */

/** On the road videos counts are as good as with every picture, for less than half the work. */
export const usualFrames_per_s = 10;
/** Counts are within one of the hand counts; below, fast vehicles are missed. */
export const leastFrames_per_s = 5;
