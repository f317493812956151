/** SHA-256 of the UTF-8 bytes of `text`, as 64 lower-case hex digits. */
export type Hasher = (text: string) => string;
