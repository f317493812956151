/**
 * Who may do what. Separation of duties: whoever manages accounts sees no evidence, whoever decides deletes nothing,
 * whoever audits changes nothing, and nobody approves the plan that they propose (see `core/proposals`).
 */

export const roleNames = [
  "technician",
  "engineer",
  "reviewer",
  "officer",
  "data_protection_officer",
  "auditor",
  "admin",
] as const;

export type Role = (typeof roleNames)[number];

export const permissionNames = [
  /** Flow, signals, plans, cameras' health: nothing that names a vehicle. */
  "see_traffic",
  "manage_cameras",
  "propose_plan",
  "approve_plan",
  /** Alone and at once: back to the local plan, or to the plan before. Nothing else. */
  "release_device",
  /** Clips and stills with bystanders blurred. */
  "see_evidence",
  "see_plates",
  "review",
  "decide",
  /** Needs a case and a reason each time, and is logged. */
  "unblur",
  "export_evidence",
  "trace_plate",
  "hold_evidence",
  "delete_evidence",
  "read_audit",
  "manage_accounts",
] as const;

export type Permission = (typeof permissionNames)[number];

const granted: Readonly<Record<Role, readonly Permission[]>> = {
  technician: ["see_traffic", "manage_cameras", "release_device"],
  engineer: ["see_traffic", "propose_plan", "approve_plan", "release_device"],
  reviewer: ["see_evidence", "see_plates", "review"],
  officer: ["see_evidence", "see_plates", "review", "decide", "unblur", "export_evidence", "trace_plate"],
  data_protection_officer: ["read_audit", "hold_evidence", "delete_evidence"],
  auditor: ["read_audit"],
  admin: ["manage_accounts"],
};

/** Pairs of roles that one person may not hold together. */
const apart: readonly (readonly [Role, Role])[] = [
  ["admin", "reviewer"],
  ["admin", "officer"],
  ["admin", "data_protection_officer"],
  ["auditor", "reviewer"],
  ["auditor", "officer"],
  ["auditor", "admin"],
  ["auditor", "data_protection_officer"],
  ["data_protection_officer", "reviewer"],
  ["data_protection_officer", "officer"],
];

/** Permissions for what names a vehicle or a person, or shows one, or tells who saw it. */
export const guardedPermissions: readonly Permission[] = [
  "see_evidence",
  "see_plates",
  "review",
  "decide",
  "unblur",
  "export_evidence",
  "trace_plate",
  "hold_evidence",
  "delete_evidence",
  "read_audit",
];

/** The first of the roles that grants the permission; null when none does. */
export const grantedBy = (roles: readonly Role[], permission: Permission): Role | null =>
  roles.find((role) => granted[role].includes(permission)) ?? null;

export const may = (roles: readonly Role[], permission: Permission): boolean =>
  roles.some((role) => granted[role].includes(permission));

/** The first two of `roles` that may not be in one hand, or null. */
export function conflictOf(roles: readonly Role[]): readonly [Role, Role] | null {
  return apart.find(([a, b]) => roles.includes(a) && roles.includes(b)) ?? null;
}
