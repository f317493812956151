/** The session's token travels in a cookie that no script can read and no other site can make the browser send. */

const name = "greenwave_session";

/** RFC 6265, section 5.4: `name=value` pairs apart by `; `. */
export function sessionToken(header: string | undefined): string | null {
  const pair = header
    ?.split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  const token = pair?.slice(name.length + 1) ?? "";
  return token === "" ? null : token;
}

const attributes = "Path=/; HttpOnly; SameSite=Strict";

export const sessionCookie = (token: string): string => `${name}=${token}; ${attributes}`;
export const endedCookie = `${name}=; ${attributes}; Max-Age=0`;
