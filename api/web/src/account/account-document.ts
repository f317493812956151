/** An account as the service tells administrators of it. */
import type { Role } from "../../../../core/accounts/roles.ts";

export interface Account {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly created_ms: number;
  readonly created_by: string;
}
