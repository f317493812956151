/** The document of the interface: complete, well formed, and true to what the routes do. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { may, type Permission, roleNames } from "../../../core/accounts/roles.ts";
import { type FrontDoor, openFrontDoor } from "../../support/front-door.ts";

const host = "127.0.0.1:8080";

/** The parts of OpenAPI 3.1.1 (section 4.8) that the document uses: nothing else may stand in it. */
const schema = z.record(z.string(), z.unknown());
const content = z.record(z.string().regex(/^[a-z*]+\/[a-z0-9.+*-]+$/), z.strictObject({ schema: schema.optional() }));
const response = z.union([
  z.strictObject({ $ref: z.literal("#/components/responses/refused") }),
  z.strictObject({ description: z.string().min(1), content }),
]);
const operation = z.strictObject({
  operationId: z.string().regex(/^\w+$/),
  summary: z.string().regex(/^[A-Z].*\.$/),
  "x-access": z.string(),
  security: z.array(z.strictObject({ session: z.array(z.enum(roleNames)) })),
  parameters: z.array(
    z.strictObject({ name: z.string().min(1), in: z.enum(["path", "query"]), required: z.boolean(), schema }),
  ),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(z.string().regex(/^([1-5](\d\d|XX)|default)$/), response),
});
type Operation = z.infer<typeof operation>;
const documentSchema = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  paths: z.record(
    z.string().startsWith("/"),
    z.partialRecord(z.enum(["get", "put", "post", "delete", "patch"]), operation),
  ),
  components: z.strictObject({
    securitySchemes: z.strictObject({
      session: z.strictObject({ type: z.literal("apiKey"), in: z.literal("cookie"), name: z.string() }),
    }),
    responses: z.strictObject({ refused: z.strictObject({ description: z.string(), content }) }),
  }),
});

describe("the document of the interface", () => {
  const root = mkdtempSync(join(tmpdir(), "greenwave-page-"));
  let door: FrontDoor;
  let document: z.infer<typeof documentSchema>;

  beforeAll(async () => {
    writeFileSync(join(root, "index.html"), "<!doctype html>");
    door = await openFrontDoor({ webRoot: root });
    const answer = await door.server.inject({ url: "/api/openapi.json", headers: { host } });
    document = documentSchema.parse(answer.json());
  });
  afterAll(async () => {
    await door.server.close();
    rmSync(root, { recursive: true, force: true });
  });

  const operations = (): readonly (readonly [string, string, Operation])[] =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, one]) => [method, path, one as Operation] as const),
    );
  const find = (method: string, path: string): Operation => {
    const found = operations().find(([m, p]) => m === method && p === path);
    if (found === undefined) throw new Error(`${method} ${path} is not in it`);
    return found[2];
  };

  it("has every route, each once, and no other", () => {
    const expected = door.server.routeAccess
      .filter(({ method }) => method !== "HEAD")
      .map(({ method, url }) => `${method.toLowerCase()} ${url.replaceAll(/:(\w+)/g, "{$1}").replace("*", "{rest}")}`);
    expect(
      operations()
        .map(([method, path]) => `${method} ${path}`)
        .sort(),
    ).toEqual(expected.sort());
    const ids = operations().map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("declares what stands in an address, and nothing else there", () => {
    for (const [method, path, { parameters }] of operations()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = parameters.filter((one) => one.in === "path");
      expect([method, path, declared.map(({ name }) => name)]).toEqual([method, path, named]);
      expect(declared.every(({ required }) => required)).toBe(true);
      expect(new Set(parameters.map(({ name }) => name)).size).toBe(parameters.length);
    }
  });

  it("says who may use each, as the routes do", () => {
    for (const { method, url, access } of door.server.routeAccess) {
      if (method === "HEAD") continue;
      const path = url.replaceAll(/:(\w+)/g, "{$1}").replace("*", "{rest}");
      const roles = roleNames.filter(
        (role) => access !== "open" && access !== "account" && may([role], access as Permission),
      );
      expect(find(method.toLowerCase(), path).security).toEqual(access === "open" ? [] : [{ session: roles }]);
    }
  });

  it("holds schemas that can be read back, and that tell right from wrong as the service does", async () => {
    const bodies = operations().flatMap(([method, path, { requestBody }]) => {
      const said = requestBody?.content["application/json"]?.schema;
      return said === undefined ? [] : [[method, path, z.fromJSONSchema(said as never)] as const];
    });
    expect(bodies.length).toBeGreaterThan(10);
    for (const [method, path, read] of bodies)
      expect([method, path, read.safeParse([]).success]).toEqual([method, path, false]);
    const review = bodies.find(([, path]) => path === "/api/cases/{id}/review")?.[2];
    expect(review?.safeParse({ verdict: "accept", reason: "", steps_seen: 2 }).success).toBe(true);
    expect(review?.safeParse({ verdict: "maybe", reason: "", steps_seen: 2 }).success).toBe(false);
    expect(review?.safeParse({ verdict: "accept", reason: "", steps_seen: 2, more: 1 }).success).toBe(false);
  });

  it("tells the questions of a list with their bounds", () => {
    const { parameters } = find("get", "/api/cases");
    expect(parameters.find(({ name }) => name === "limit")).toMatchObject({
      in: "query",
      required: false,
      schema: { type: "integer", minimum: 1, maximum: 200 },
    });
    expect(parameters.find(({ name }) => name === "state")?.schema).toMatchObject({
      type: "string",
      enum: expect.arrayContaining(["screened"]),
    });
  });
});
