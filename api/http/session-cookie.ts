/** The session's token travels in a cookie that no script can read and no other site can make the browser send. */

export const cookieName = "greenwave_session";

/** RFC 6265, section 5.4: `name=value` pairs apart by `; `. */
export function sessionToken(header: string | undefined): string | null {
  const pair = header
    ?.split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${cookieName}=`));
  const token = pair?.slice(cookieName.length + 1) ?? "";
  return token === "" ? null : token;
}

const attributes = "Path=/; HttpOnly; SameSite=Strict";

export const sessionCookie = (token: string): string => `${cookieName}=${token}; ${attributes}`;
export const endedCookie = `${cookieName}=; ${attributes}; Max-Age=0`;
