/** How plates lie in storage: nobody who reads the tables or a backup reads a plate. */

export interface PlateVault {
  /** Encrypted with the site's key; two of the same plate look different. */
  conceal(text: string): string;
  /** What `conceal` took; throws for what this key never made. */
  reveal(concealed: string): string;
  /** A keyed hash for finding the same plate again: equal for equal texts, and says nothing without the key. */
  mark(text: string): string;
  /** The marks of the text under every key there ever was, the newest first: what to look for. */
  marks(text: string): readonly string[];
}
