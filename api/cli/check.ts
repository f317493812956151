/** `greenwave check`: reads a site file and reports every mistake at once. */
import { defaultSiteFile } from "../service/settings.ts";
import { checkModels } from "../site/check-models.ts";
import { loadSite } from "../site/load.ts";
import { timesOf, timesText } from "./check-times.ts";
import type { Verb } from "./verb.ts";

export const checkVerb: Verb = {
  name: "check",
  summary: "check a site file and report every mistake at once",
  positionals: "[site.yaml]",
  maxPositionals: 1,
  options: {
    times: {
      type: "boolean",
      help: "tell every time that geometry and speed give: what the site holds, what is needed, and what went into it",
    },
  },
  more: "Without a file, checks the sample site; opens the model files that it names. Exit code 0 only when there is no mistake.",
  async run(args) {
    const file = args.positionals[0] ?? defaultSiteFile();
    const loaded = await loadSite(file);
    if (!loaded.ok) return loaded;
    const models = await checkModels(loaded.value);
    if (models.length > 0) return { ok: false, problems: models };
    const { site } = loaded.value;
    const counts = {
      intersections: site.intersections.length,
      corridors: site.corridors.length,
      cameras: site.cameras.length,
      controllers: site.controllers.length,
      schedules: site.schedules.length,
    };
    const words = Object.entries(counts).map(([what, n]) => `${n} ${what}`);
    const times = args.flag("times") ? timesOf(site.intersections) : null;
    return {
      ok: true,
      document: { ok: true, file, site: site.site.id, ...counts, problems: [], ...(times === null ? {} : { times }) },
      text: `${file}: no mistakes (${words.join(", ")})${times === null ? "" : `\n${timesText(times)}`}`,
    };
  },
};
