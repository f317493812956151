/** What is known of a controller beside what it says itself, and outlives the process. */

export interface DeviceRecord {
  readonly controller: string;
  /** Of its parameters, as our own last look or work left them; null before the first, and where it has none. */
  readonly checksum: number | null;
  /** Somebody else changed it: nothing is written until a person accepts what it is now. */
  readonly frozen: { readonly checksum: number; readonly at_ms: number } | null;
  /** A person gave it back to its local plan: nothing is sent until one takes it back. */
  readonly released: { readonly by: string; readonly reason: string; readonly at_ms: number } | null;
}

export interface DeviceRecords {
  all(): Promise<readonly DeviceRecord[]>;
  put(record: DeviceRecord): Promise<void>;
}
