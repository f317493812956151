/** `host:port` as people write it; an IPv6 host stands in brackets. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** Null for a host without a port, and for a port that there is not. */
export function hostAndPort(address: string): HostAndPort | null {
  const parts = /^(?:\[(?<six>[^\]]+)\]|(?<host>[^:]+)):(?<port>\d{1,5})$/.exec(address)?.groups;
  const port = Number(parts?.["port"]);
  const host = parts?.["six"] ?? parts?.["host"];
  return host === undefined || port < 1 || port > 65_535 ? null : { host, port };
}
