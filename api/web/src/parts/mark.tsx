/** The product's mark. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 36 36" aria-hidden="true">
      <rect width="36" height="36" rx="9" />
      <path d="M6 23c4 0 4-10 8-10s4 10 8 10 4-10 8-10" />
    </svg>
  );
}
