/** Which page of the desk the address asks for. What follows `#/` is all there is to it, so the service serves one file. */

export type Route =
  | { readonly page: "cases" | "proposals"; readonly id: string | null }
  | { readonly page: "trace" | "audit" | "keeping" | "accounts" | "account" | "first" }
  | { readonly page: "home" };

const plain = ["trace", "audit", "keeping", "accounts", "account", "first"] as const;

export function routeOf(hash: string): Route {
  const [page = "", id = ""] = hash.replace(/^#\//, "").split("/");
  if (page === "cases" || page === "proposals") return { page, id: id === "" ? null : decodeURIComponent(id) };
  const known = plain.find((each) => each === page);
  return { page: known ?? "home" };
}

export const caseAddress = (id: string): string => `#/cases/${encodeURIComponent(id)}`;
