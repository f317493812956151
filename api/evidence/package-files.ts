/** The names of what seals a package; everything else in it is what is sealed. */
export const MANIFEST = "manifest.json";
export const MANIFEST_SIGNATURE = "manifest.sig.json";
export const CUSTODY = "custody.jsonl";
export const CUSTODY_SIGNATURE = "custody.sig.json";

export const sealing: readonly string[] = [MANIFEST, MANIFEST_SIGNATURE, CUSTODY, CUSTODY_SIGNATURE];

/** What comes with a package and is not in it: `<package>.proof.json`. */
export const proofFile = (folder: string): string => `${folder.replace(/[/\\]+$/, "")}.proof.json`;
