/** Every problem the system can report. Codes never change meaning. One file per area; this one only joins them. */
import { accountProblems } from "./accounts.ts";
import { adaptiveProblems } from "./adaptive.ts";
import { apiProblems } from "./api.ts";
import { calibrationProblems } from "./calibration.ts";
import { caseProblems } from "./cases.ts";
import { configProblems } from "./config.ts";
import { controllerProblems } from "./controllers.ts";
import { detectorProblems } from "./detectors.ts";
import { evidenceProblems } from "./evidence.ts";
import { evidenceMakingProblems } from "./evidence-making.ts";
import { gateProblems } from "./gate.ts";
import { keepingProblems } from "./keeping.ts";
import { measureProblems } from "./measures.ts";
import { modelProblems } from "./models.ts";
import { plateProblems } from "./plates.ts";
import { privacyProblems } from "./privacy.ts";
import { probeProblems } from "./probe.ts";
import { proofProblems } from "./proof.ts";
import { recordingProblems } from "./recording.ts";
import { retimeProblems } from "./retime.ts";
import { rsmpProblems } from "./rsmp.ts";
import { scenarioProblems } from "./scenario.ts";
import { scenarioImportProblems } from "./scenario-import.ts";
import { signalProblems } from "./signal.ts";
import { signalModelProblems } from "./signal-model.ts";
import { simProblems } from "./sim.ts";
import { siteProblems } from "./site.ts";
import { storageProblems } from "./storage.ts";
import { sumoProblems } from "./sumo.ts";
import { timingProblems } from "./timing.ts";
import { trainingProblems } from "./training.ts";
import { violationProblems } from "./violations.ts";
import { watchProblems } from "./watch.ts";

export const templates = {
  ...accountProblems,
  ...caseProblems,
  ...configProblems,
  ...siteProblems,
  ...scenarioProblems,
  ...retimeProblems,
  ...rsmpProblems,
  ...scenarioImportProblems,
  ...simProblems,
  ...sumoProblems,
  ...signalProblems,
  ...signalModelProblems,
  ...proofProblems,
  ...timingProblems,
  ...controllerProblems,
  ...gateProblems,
  ...adaptiveProblems,
  ...detectorProblems,
  ...calibrationProblems,
  ...modelProblems,
  ...plateProblems,
  ...privacyProblems,
  ...probeProblems,
  ...recordingProblems,
  ...measureProblems,
  ...evidenceProblems,
  ...evidenceMakingProblems,
  ...keepingProblems,
  ...apiProblems,
  ...storageProblems,
  ...violationProblems,
  ...trainingProblems,
  ...watchProblems,
} as const;

export type ProblemCode = keyof typeof templates;
