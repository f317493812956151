/** What did not work. It stands there while empty, too: what comes into it later is then read aloud. */
export function Trouble({ why }: { readonly why: string | null }) {
  return (
    <p class="trouble" role="alert">
      {why}
    </p>
  );
}
