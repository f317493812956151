/**
 * GET /api/openapi.json: every route with who may use it, as OpenAPI 3.1. It is made from the routes themselves and the schemas
 * that read their questions, so that it cannot say anything else than what is done.
 */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { may, type Permission, type Role, roleNames } from "../../core/accounts/roles.ts";
import { type Access, access, type RouteAccess } from "./access.ts";
import { cookieName } from "./session-cookie.ts";

type Json = { readonly [key: string]: unknown };

/** Of what is sent to the service: what comes out of a schema's transformations is its own affair. */
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _dialect, ...said } = z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" });
  return said;
}

/** `/api/cases/:id` is `/api/cases/{id}`; what is left of an address at its end is `{rest}`. */
const pathOf = (url: string): string => url.replaceAll(/:(\w+)/g, "{$1}").replace("*", "{rest}");

const namesIn = (path: string): readonly string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

function parametersOf({ url, about }: RouteAccess): readonly Json[] {
  const inPath = namesIn(pathOf(url)).map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
  const query = about?.query === undefined ? {} : schemaOf(about.query);
  const required = (query["required"] ?? []) as readonly string[];
  const inQuery = Object.entries((query["properties"] ?? {}) as Json).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
  return [...inPath, ...inQuery];
}

const rolesFor = (needed: Permission): readonly Role[] => roleNames.filter((role) => may([role], needed));

/** In OpenAPI 3.1 a scheme that is not OAuth may list the roles that are needed. */
function securityOf(needed: Access): readonly Json[] {
  if (needed === "open") return [];
  return [{ session: needed === "account" ? [] : rolesFor(needed) }];
}

function responsesOf({ access: needed, about }: RouteAccess): Json {
  const types = (about?.answers ?? "application/json").split(", ");
  const answered = { description: "Done.", content: Object.fromEntries(types.map((type) => [type, {}])) };
  const refused = { $ref: "#/components/responses/refused" };
  return needed === "open"
    ? { "2XX": answered, default: refused }
    : { "2XX": answered, 401: refused, default: refused };
}

function operationOf(route: RouteAccess): Json {
  const { method, url, access: needed, about } = route;
  const body = about?.body;
  return {
    operationId: `${method.toLowerCase()}${url.replaceAll(/\W+/g, "_")}`,
    summary: about?.does ?? "",
    "x-access": needed,
    security: securityOf(needed),
    parameters: parametersOf(route),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body) } } } }),
    responses: responsesOf(route),
  };
}

const refusal = {
  type: "object",
  required: ["code", "message"],
  properties: {
    code: { type: "string", description: "From the catalogue of problems; it never changes its meaning." },
    message: { type: "string", description: "In the language that was asked for: English or Vietnamese." },
  },
};

/** The answer to HEAD is that to GET without its body, and is not told apart. */
function openApiOf(routes: readonly RouteAccess[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    if (route.method === "HEAD") continue;
    const path = pathOf(route.url);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "greenwave",
      version,
      description: "One city's traffic centre. Questions come from programs on the same machine, or through its proxy.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths,
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: cookieName } },
      responses: {
        refused: { description: "Why not, in words.", content: { "application/json": { schema: refusal } } },
      },
    },
  };
}

export function openApiRoute(server: FastifyInstance, version: string): void {
  server.get("/api/openapi.json", access("open", { does: "This document." }), () =>
    // Only now all routes are known.
    openApiOf(server.routeAccess, version),
  );
}
