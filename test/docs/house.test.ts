import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { templates } from "../../core/problems/catalogue.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folders = ["core", "detectors", "controllers", "sim", "api", "bench", "test"];

const pages = [
  "README.md",
  "CHANGELOG.md",
  ...folders.map((folder) => `${folder}/README.md`),
  ...readdirSync(join(root, "docs"), { recursive: true })
    .map((file) => `docs/${String(file)}`)
    .filter((file) => file.endsWith(".md")),
];

/** Targets of Markdown links and pictures that are files of the project. */
function linksOf(page: string): readonly string[] {
  const text = readFileSync(join(root, page), "utf8").replaceAll(/```.*?```/gs, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target.replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

describe("the documentation", () => {
  it.each(folders)("says in %s/README.md what that folder may import", (folder) => {
    expect(readFileSync(join(root, folder, "README.md"), "utf8")).toMatch(/may import/i);
  });

  it.each(pages)("%s links only to what is there", (page) => {
    const dead = linksOf(page).filter((target) => !existsSync(join(root, dirname(page), target)));
    expect(dead).toEqual([]);
  });

  it("keeps the top level as it was fixed", () => {
    const allowed = [...folders, "docs", "scripts", "package.json", "package-lock.json", "tsconfig.json"];
    const files = ["README.md", "LICENSE", "CHANGELOG.md", "node_modules", "dist"];
    const found = readdirSync(root).filter((name) => !name.startsWith("."));
    expect(found.filter((name) => ![...allowed, ...files].includes(name))).toEqual([]);
  });
});

describe("every problem", () => {
  it.each(Object.entries(templates))("%s asks for the same words in English and Vietnamese", (_code, { en, vi }) => {
    const words = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, word = ""]) => word);
    expect(new Set(words(vi))).toEqual(new Set(words(en)));
  });
});
