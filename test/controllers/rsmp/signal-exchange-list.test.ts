/** Our tables against the published signal exchange lists: every code, argument, range and choice, for each version. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { SXL_VERSIONS, type SxlVersion } from "../../../controllers/rsmp/protocol/versions.ts";
import type { Argument } from "../../../controllers/rsmp/sxl/argument.ts";
import { optionalIn } from "../../../controllers/rsmp/sxl/argument.ts";
import {
  alarmCodes,
  alarmSpec,
  argumentsIn,
  commandCodes,
  commandFault,
  commandSpec,
  statusCodes,
  statusSpec,
} from "../../../controllers/rsmp/sxl/catalogue.ts";
import type { ComponentType } from "../../../controllers/rsmp/sxl/tlc-commands.ts";
import { missing, sharedFolder } from "../../support/peers.ts";

interface ListedArgument {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly range?: string | readonly (string | number)[];
  readonly values?: Readonly<Record<string, unknown>> | readonly string[];
  readonly optional?: boolean;
}

interface Listed {
  readonly command?: string;
  readonly priority?: number;
  readonly arguments?: Readonly<Record<string, ListedArgument>>;
}

type Group = "alarms" | "statuses" | "commands";
type List = { readonly objects: Readonly<Record<string, Readonly<Record<Group, Readonly<Record<string, Listed>>>>>> };

const OBJECTS: Readonly<Record<ComponentType, string>> = {
  main: "Traffic Light Controller",
  signal_group: "Signal group",
  detector_logic: "Detector logic",
};

const listOf = (sxl: SxlVersion): List =>
  parse(readFileSync(join(sharedFolder, "data/rsmp/tlc", sxl, "source/sxl.yaml"), "utf8")) as List;

/** 1.0.15 writes ranges as words: `[1-255]`, and others that are no numbers. */
function rangeOf({ min, max, range }: ListedArgument): { readonly min?: number; readonly max?: number } {
  const found = /^(\d+)-(\d+)$/.exec([range ?? ""].flat().join(","));
  if (found !== null) return { min: Number(found[1]), max: Number(found[2]) };
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

const choices = ({ values }: ListedArgument): readonly string[] | undefined =>
  values === undefined ? undefined : (Array.isArray(values) ? values : Object.keys(values)).map(String);

const KINDS: Readonly<Record<string, readonly string[]>> = {
  integer: ["integer"],
  long: ["integer"],
  boolean: ["boolean", "native_boolean"],
  string: ["string"],
  string_list: ["string", "string_list"],
  integer_list: ["integer_list", "string"],
  boolean_list: ["boolean_list"],
  timestamp: ["timestamp"],
  base64: ["base64"],
  array: ["array"],
};

function expectSame(where: string, ours: Argument | undefined, theirs: ListedArgument, wide: boolean): void {
  expect(ours, where).toBeDefined();
  if (ours === undefined) return;
  expect(KINDS[theirs.type.replace(/_as_string$/, "")], `${where}: kind`).toContain(ours.kind);
  const choice = choices(theirs);
  if (choice !== undefined) expect(ours.values, `${where}: values`).toEqual(choice);
  const range = rangeOf(theirs);
  // Where a list says no numbers we say those of the list after it, which are what it meant.
  if (range.min !== undefined && !wide) expect(ours.min, `${where}: min`).toBe(range.min);
  if (range.max !== undefined) expect(ours.max, `${where}: max`).toBe(range.max);
}

/** 1.0.15 asks for a route number from 1 on and has no way to say that there is none; what we send then is 0. */
const WIDER = new Set(["1.0.15 S0006 emergencystage"]);

describe.skipIf(missing("shared data")).each(SXL_VERSIONS)("the list %s", (sxl) => {
  const list = listOf(sxl);

  it.each(Object.keys(OBJECTS) as ComponentType[])("has the codes of a %s that ours has", (type) => {
    const object = list.objects[OBJECTS[type]];
    expect([...statusCodes(sxl, type)].sort()).toEqual(Object.keys(object?.statuses ?? {}).sort());
    expect([...commandCodes(sxl, type)].sort()).toEqual(Object.keys(object?.commands ?? {}).sort());
    expect([...alarmCodes(sxl, type)].sort()).toEqual(Object.keys(object?.alarms ?? {}).sort());
  });

  it.each(["alarms", "statuses", "commands"] as const)("says of %s what ours says", (group) => {
    const specOf = { alarms: alarmSpec, statuses: statusSpec, commands: commandSpec }[group];
    for (const object of Object.values(list.objects)) {
      for (const [code, listed] of Object.entries(object[group])) {
        const spec = specOf(code, sxl);
        const ours = spec === null ? new Map<string, Argument>() : argumentsIn(spec, sxl);
        const theirs = listed.arguments ?? {};
        expect([...ours.keys()].sort(), code).toEqual(Object.keys(theirs).sort());
        for (const [name, argument] of Object.entries(theirs)) {
          const where = `${sxl} ${code} ${name}`;
          expectSame(where, ours.get(name), argument, WIDER.has(where));
        }
      }
    }
  });

  it("asks for the same operations, and lets out the same arguments", () => {
    for (const object of Object.values(list.objects)) {
      for (const [code, listed] of Object.entries(object.commands)) {
        const spec = commandSpec(code, sxl);
        expect(spec?.operation, code).toBe(listed.command);
        if (spec === null) continue;
        for (const [name, argument] of argumentsIn(spec, sxl)) {
          const optional = listed.arguments?.[name]?.optional === true;
          // Not marked in 1.3 itself, but its words are: «if set», «same as leaving out».
          const said = optional || (code === "M0008" && name === "duration");
          expect(optionalIn(argument, sxl), `${code} ${name}`).toBe(said);
        }
      }
    }
  });
});

describe("a command", () => {
  const plan = (timeplan: string) => [
    { name: "status", value: "True" },
    { name: "timeplan", value: timeplan },
    { name: "securityCode", value: "hush" },
  ];

  it.each([
    ["0", "M0002", "setPlan", plan("0")],
    ["999, which the schemas let pass", "M0002", "setPlan", plan("999")],
    ["1.5", "M0002", "setPlan", plan("1.5")],
    ["missing", "M0002", "setPlan", plan("1").slice(0, 1)],
    ["twice", "M0002", "setPlan", [...plan("1"), ...plan("1")]],
    ["of another operation", "M0002", "setPlans", plan("1")],
    ["of no list", "M0000", "setPlan", plan("1")],
    ["of a later list", "M0024", "clearAlarms", [{ name: "status", value: true }]],
  ])("whose value is %s is refused in a sentence that keeps secrets", (_what, code, operation, given) => {
    const fault = commandFault(code, operation, given, "1.2.1", "main");
    expect(fault).toMatch(/^Command M\d{4}/);
    expect(fault).not.toContain("hush");
  });

  it("within its ranges is none", () => {
    expect(commandFault("M0002", "setPlan", plan("255"), "1.2.1", "main")).toBeNull();
    expect(commandFault("M0002", "setPlan", plan("255"), "1.2.1", "signal_group")).not.toBeNull();
  });
});
