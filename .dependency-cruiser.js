/** Who may import whom: the table of docs/decisions/0001-house.md, enforced on the sources. */
const folder = (name) => `^${name}/`;
const only = (name, from, allowed, comment) => ({
  name,
  severity: "error",
  comment,
  from: { path: from },
  to: { pathNot: allowed, dependencyTypesNot: ["npm", "npm-dev", "npm-optional", "core", "type-only"] },
});

export default {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "core-is-pure",
      severity: "error",
      comment: "core has no I/O, no clock and no random: only itself, zod and yaml.",
      from: { path: folder("core") },
      to: { pathNot: "^core/|node_modules/(zod|yaml)/" },
    },
    only("detectors-see-core", folder("detectors"), "^(core|detectors)/", "detectors import core and themselves."),
    only(
      "controllers-see-core",
      folder("controllers"),
      "^(core|controllers)/",
      "controllers import core and themselves.",
    ),
    only("sim-sees-core", folder("sim"), "^(core|sim)/", "sim imports core and itself."),
    {
      name: "api-uses-front-doors",
      severity: "error",
      comment: "api reaches the other folders through their index only.",
      from: { path: "^api/", pathNot: "^api/web/" },
      to: { path: "^(detectors|controllers|sim)/", pathNot: "^(detectors|controllers|sim)/index\\.ts$" },
    },
    {
      name: "api-does-not-import-web",
      severity: "error",
      from: { path: "^api/", pathNot: "^api/web/" },
      to: { path: "^api/web/" },
    },
    {
      name: "web-sees-core",
      severity: "error",
      comment: "The page runs core in the browser and nothing else of ours.",
      from: { path: "^api/web/" },
      to: { path: "^(api|detectors|controllers|sim|bench|test)/", pathNot: "^api/web/" },
    },
    {
      name: "product-does-not-import-proof",
      severity: "error",
      from: { path: "^(core|detectors|controllers|sim|api|scripts)/" },
      to: { path: "^(test|bench)/" },
    },
    {
      name: "heavy-natives-only-in-detectors",
      severity: "error",
      from: { path: "^(core|controllers|sim|api)/" },
      to: { path: "node_modules/(onnxruntime-node|sharp)/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
