/**
 * Car following after Krauss, "Microscopic Modeling of Traffic Flow" (DLR 1998), in the discrete form that SUMO drives by
 * default: positions follow speeds (Euler), and a vehicle can always stop behind a leader who brakes. Metres and seconds.
 */

/** Slower than this, one stands. */
export const halting_m_s = 0.1;
/** Bounds that save the exact reckoning keep so far from it that rounding never decides. */
const spare_m = 0.1;
/** Gaps are a little less than they are, so that rounding never makes bodies touch. */
const eps_m = 0.001;

/** Way until standing still, braking by `decel` from the next step on, after driving on for `headway_s`. */
export function brakeGap(speed: number, decel: number, headway_s: number, dt: number): number {
  const reduction = decel * dt;
  const steps = Math.floor(speed / reduction);
  return dt * (steps * speed - (reduction * steps * (steps + 1)) / 2) + speed * headway_s;
}

/** Highest speed from which it is possible to stop within `gap`, driving on for `headway_s` first. */
export function safeStopSpeed(gap: number, decel: number, headway_s: number, dt: number): number {
  const g = gap - eps_m;
  if (g <= 0) return 0;
  const b = decel * dt;
  const root = Math.sqrt(dt * dt + 4 * (dt * ((2 * g) / b - headway_s) + headway_s * headway_s));
  const n = Math.floor(0.5 - (headway_s - root * 0.5) / dt);
  const h = 0.5 * n * (n - 1) * b * dt + n * b * headway_s;
  return n * b + (g - h) / (n * dt + headway_s);
}

/** Highest speed at which a leader `gap` ahead, who drives `leaderSpeed` and may brake, is never touched. */
export function safeFollowSpeed(
  gap: number,
  leaderSpeed: number,
  leaderDecel: number,
  decel: number,
  tau_s: number,
  dt: number,
): number {
  const leaderWay = brakeGap(leaderSpeed, leaderDecel > decel ? leaderDecel : decel, 0, dt);
  return safeStopSpeed(gap + leaderWay, decel, tau_s, dt);
}

/**
 * The lesser of `most` and the safe stop speed, which is reckoned only where it may be the lesser: in short steps one stops
 * within what braking without steps would take.
 */
export function stopSpeedUpTo(most: number, gap: number, decel: number, headway_s: number, dt: number): number {
  if (most * (most + 2 * decel * headway_s) < 2 * decel * (gap - spare_m)) return most;
  const safe = safeStopSpeed(gap, decel, headway_s, dt);
  return safe < most ? safe : most;
}

/** The lesser of `most` and the safe speed behind a leader; his way to a stop is at least that without steps, less half a step's. */
export function followSpeedUpTo(
  most: number,
  gap: number,
  leaderSpeed: number,
  leaderDecel: number,
  decel: number,
  tau_s: number,
  dt: number,
): number {
  const harder = leaderDecel > decel ? leaderDecel : decel;
  const least = leaderSpeed * (leaderSpeed - harder * dt);
  const theirs = harder === decel && least > 0 ? least : 0;
  if (most * (most + 2 * decel * tau_s) < 2 * decel * (gap - spare_m) + theirs) return most;
  const safe = safeStopSpeed(gap + brakeGap(leaderSpeed, harder, 0, dt), decel, tau_s, dt);
  return safe < most ? safe : most;
}

/** Within this one who brakes from the next step on stands for certain; at most half a step's way more than he needs. */
export function brakeGapAtMost(speed: number, decel: number, headway_s: number): number {
  return (speed * speed) / (2 * decel) + speed * headway_s + spare_m;
}

/** The gap at which one may drive behind a leader of that speed without having to brake harder than usual. */
export function secureGap(
  speed: number,
  leaderSpeed: number,
  leaderDecel: number,
  decel: number,
  tau_s: number,
  dt: number,
): number {
  const leaderWay = brakeGap(leaderSpeed, Math.max(decel, leaderDecel), 0, dt);
  return Math.max(0, brakeGap(speed, decel, tau_s, dt) - leaderWay);
}

/** Highest speed now for driving no faster than `target` once `distance` is covered. */
export function approachSpeed(distance: number, target: number, decel: number, dt: number): number {
  const v = target * dt;
  if (distance < v) return target;
  const b = decel * dt * dt;
  const y = Math.max(0, ((Math.sqrt((b + 2 * v) * (b + 2 * v) + 8 * b * distance) - b) * 0.5 - v) / b);
  const full = Math.floor(y);
  const exact = (full * full + full) * 0.5 * b + full * v + (y > full ? v : 0);
  return Math.max(0, distance - exact) / dt / (full + 1) + full * decel * dt + target;
}
