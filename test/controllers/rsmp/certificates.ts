/** Certificates for a test: an authority and what it signed, made anew each time by openssl, gone with their folder. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const run = (folder: string, ...args: readonly string[]): void => {
  execFileSync("openssl", [...args], { cwd: folder, stdio: "ignore" });
};

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

export interface TestCertificates {
  readonly folder: string;
  file(name: string): string;
}

/** `ca.pem`, and `<name>.pem` with `<name>.key` for each, good for 127.0.0.1 on both sides of a connection. */
export function makeCertificates(names: readonly string[]): TestCertificates {
  const folder = mkdtempSync(join(tmpdir(), "rsmp-tls-"));
  run(
    folder,
    "req",
    "-x509",
    ...KEY,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-subj",
    "/CN=test authority",
    "-days",
    "2",
  );
  writeFileSync(join(folder, "names"), "subjectAltName=IP:127.0.0.1\n");
  for (const name of names) {
    run(folder, "req", ...KEY, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    const signed = ["x509", "-req", "-in", `${name}.csr`, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
    run(folder, ...signed, "-out", `${name}.pem`, "-days", "2", "-extfile", "names");
  }
  return { folder, file: (name) => join(folder, name) };
}
