/** GET /, GET /desk and GET /player: the built pages and their files. Names carry a content hash, so they never go stale; `index.html` always may. */
import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { problem } from "../../core/problems/problem.ts";
import { projectRoot } from "../service/settings.ts";
import { access } from "./access.ts";
import { replyProblem } from "./problem-reply.ts";

const builtPage = (): string => join(projectRoot(), "dist", "web");

/** `first`: the page at GET /. */
export async function pageRoute(server: FastifyInstance, webRoot = builtPage(), first = "index.html"): Promise<void> {
  if (!existsSync(join(webRoot, first))) {
    const about = { does: "The page, once it is built.", answers: "text/html" };
    server.get("/", access("open", about), async (request, reply) =>
      replyProblem(request, reply, problem("PAGE_NOT_BUILT")),
    );
    return;
  }
  await server.register((page, _options, done) => {
    // The files of the page hold nothing of anybody.
    page.usualAccess = "open";
    page.usualAbout = { does: "The page and its files.", answers: "*/*" };
    void page.register(fastifyStatic, {
      root: webRoot,
      cacheControl: false,
      index: first,
      // So that the desk is at /desk and the player at /player.
      extensions: ["html"],
      setHeaders: (response, path) => {
        const hashed = path.includes(`${sep}assets${sep}`);
        response.setHeader("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
    done();
  });
}
