/** `core` knows no platform. This is the one platform type its ports pass on; Node and browsers both have it. */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
}
