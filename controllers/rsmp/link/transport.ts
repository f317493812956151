/** What RSMP runs over: TLS 1.3 with certificates on both sides, or plain TCP where somebody said so. */
import { readFile } from "node:fs/promises";
import { connect as connectPlain, createServer as createPlainServer, type Server, type Socket } from "node:net";
import { connect as connectSecure, createServer as createSecureServer, TLSSocket } from "node:tls";
import { failed, ok, problem, type Result, reasonOf } from "../../../core/problems/problem.ts";

export interface Certificates {
  readonly cert: Buffer;
  readonly key: Buffer;
  /** Who may have signed the certificate of the other side. */
  readonly ca: Buffer;
}

/** Null is plain TCP. */
export type Security = Certificates | null;

export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

export async function readCertificates(files: CertificateFiles): Promise<Result<Certificates>> {
  const read = async (name: keyof CertificateFiles): Promise<Result<Buffer>> => {
    try {
      return ok(await readFile(files[name]));
    } catch (error) {
      return failed(problem("RSMP_CERTIFICATE", { what: name, file: files[name], reason: reasonOf(error) }));
    }
  };
  const [cert, key, ca] = await Promise.all([read("cert"), read("key"), read("ca")]);
  if (cert.ok && key.ok && ca.ok) return ok({ cert: cert.value, key: key.value, ca: ca.value });
  return failed(...[cert, key, ca].flatMap((result) => (result.ok ? [] : result.problems)));
}

const strict = { minVersion: "TLSv1.3", maxVersion: "TLSv1.3", rejectUnauthorized: true } as const;

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Dials the supervisor. `onReady` comes once bytes may be written, after the certificates of both sides were looked at. */
export function dial({ host, port }: Address, security: Security, onReady: () => void): Socket | TLSSocket {
  if (security === null) return connectPlain({ host, port, noDelay: true }, onReady);
  const socket = connectSecure({ host, port, ...strict, ...security, servername: serverName(host) }, onReady);
  socket.setNoDelay(true);
  return socket;
}

/** An address has no name to ask for; its certificate must name the address itself. */
const serverName = (host: string): string => (/^[\d.]+$|:/.test(host) ? "" : host);

/** Listens for sites. A connection without a certificate of the right authority never reaches `onSocket`. */
export function listener(security: Security, onSocket: (socket: Socket) => void): Server {
  if (security === null) return createPlainServer({ noDelay: true }, onSocket);
  const server = createSecureServer(
    { ...strict, ...security, requestCert: true, handshakeTimeout: 10_000 },
    (socket) => {
      socket.setNoDelay(true);
      onSocket(socket);
    },
  );
  // A failed handshake is the caller's problem and no reason to stop; the socket is destroyed by the server.
  server.on("tlsClientError", () => undefined);
  return server;
}

/** Names in the certificate of the other side: its common name, and the names of DNS it is good for. None without TLS. */
export function certifiedNames(socket: Socket): readonly string[] {
  if (!(socket instanceof TLSSocket)) return [];
  const { subject, subjectaltname } = socket.getPeerCertificate();
  const alternatives = (subjectaltname ?? "")
    .split(", ")
    .flatMap((name) => (name.startsWith("DNS:") ? [name.slice(4)] : []));
  return [...[subject?.CN ?? []].flat(), ...alternatives];
}
