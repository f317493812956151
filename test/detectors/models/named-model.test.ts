import { describe, expect, it } from "vitest";
import { namedModel } from "../../../detectors/models/named-model.ts";
import { shippedModels } from "../../../detectors/models/shipped.ts";

describe("a model named on a command line", () => {
  it.each([...shippedModels, "background"])("is %s when that is one of ours", (name) => {
    expect(namedModel(name)).toMatchObject({ use: name });
  });

  it("is a file otherwise", () => {
    expect(namedModel("models/own.onnx")).toMatchObject({ file: "models/own.onnx", head: "auto" });
    expect(namedModel("nanodet-g.onnx").file).toBe("nanodet-g.onnx");
  });
});
