/**
 * When the fronts of the vehicles of the shared junction video reach the staged stop line: read off the pictures by eye, to
 * half a picture. Only those that are whole in view for a second before and after; a vehicle takes 2 to 4 pictures for the
 * last tenth of its way, and boxes of a detector are off by as much.
 */

const frames_per_s = 30;

/** Pictures are numbered from 0; `x_px` is the middle of the vehicle's front. */
const read = [
  { picture: 48, x_px: 240 },
  { picture: 96.5, x_px: 329 },
  { picture: 115, x_px: 229 },
  { picture: 139.5, x_px: 318 },
  { picture: 158, x_px: 238 },
  { picture: 182, x_px: 155 },
  { picture: 216.5, x_px: 319 },
  { picture: 218, x_px: 237 },
] as const;

/** Half a picture of the video. */
export const stagedReading_s = 0.5 / frames_per_s;

export const stagedTruth = read.map(({ picture, x_px }) => ({ t_s: picture / frames_per_s, x_px }));
