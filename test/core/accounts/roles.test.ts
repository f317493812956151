import { describe, expect, test } from "vitest";
import {
  conflictOf,
  may,
  type Permission,
  permissionNames,
  type Role,
  roleNames,
} from "../../../core/accounts/roles.ts";

const holders = (permission: Permission): readonly Role[] => roleNames.filter((role) => may([role], permission));

describe("roles", () => {
  test("everything somebody must do, somebody may do", () => {
    for (const permission of permissionNames) expect(holders(permission), permission).not.toEqual([]);
  });

  test.each([
    ["admin", "see_evidence"],
    ["admin", "see_plates"],
    ["admin", "read_audit"],
    ["officer", "delete_evidence"],
    ["officer", "manage_accounts"],
    ["reviewer", "unblur"],
    ["reviewer", "trace_plate"],
    ["technician", "see_plates"],
    ["technician", "see_evidence"],
    ["engineer", "see_evidence"],
    ["auditor", "see_evidence"],
    ["data_protection_officer", "see_plates"],
  ] as const)("%s may not %s", (role, permission) => {
    expect(may([role], permission)).toBe(false);
  });

  test("the audit is changed by nobody, and the auditor can do nothing else", () => {
    expect(permissionNames.filter((permission) => may(["auditor"], permission))).toEqual(["read_audit"]);
  });

  test("no roles that may be in one hand see evidence and manage accounts, or decide and delete", () => {
    for (const a of roleNames) {
      for (const b of roleNames) {
        if (conflictOf([a, b]) !== null) continue;
        const both = (one: Permission, other: Permission): boolean => may([a, b], one) && may([a, b], other);
        expect(both("see_evidence", "manage_accounts"), `${a} ${b}`).toBe(false);
        expect(both("decide", "delete_evidence"), `${a} ${b}`).toBe(false);
        expect(both("review", "read_audit"), `${a} ${b}`).toBe(false);
      }
    }
  });

  test("nobody without a role may do anything", () => {
    for (const permission of permissionNames) expect(may([], permission)).toBe(false);
  });
});
