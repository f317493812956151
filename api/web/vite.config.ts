import { join } from "node:path";
import { defineConfig } from "vite";

/** Three pages: what everybody may see, the desk of those who log in, and the replay player. Everything the page needs is in its own folder: no inlined assets, since the content policy allows files only. */
export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../dist/web",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ["index.html", "desk.html", "player.html"].map((page) => join(import.meta.dirname, page)),
    },
  },
  // For work on the page alone: `npm run dev` here, with the service running on its usual port.
  server: { proxy: { "/api": "http://127.0.0.1:8080", "/healthz": "http://127.0.0.1:8080" } },
});
