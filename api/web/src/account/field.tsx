/** A labelled line of input. */
import type { RefObject } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: "text" | "password" | "datetime-local";
  readonly autoComplete?: string;
  readonly note?: string | undefined;
  readonly focused?: boolean;
  readonly value?: string;
  readonly input?: RefObject<HTMLInputElement | null>;
  readonly optional?: boolean;
  /** So many characters at least. */
  readonly fewest?: number;
}

export function Field({ name, label, type = "text", note, focused, value, input, ...rest }: FieldProps) {
  const id = useId();
  // One type stands for all: what the others may not have is not used here.
  const typed = { type } as { readonly type: "text" };
  const own = useRef<HTMLInputElement>(null);
  const reference = input ?? own;
  useEffect(() => {
    if (focused === true) reference.current?.focus();
  }, [focused, reference]);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={reference}
        name={name}
        {...typed}
        defaultValue={value ?? ""}
        minLength={rest.fewest}
        required={rest.optional !== true}
        autoComplete={rest.autoComplete ?? "off"}
        autoCapitalize="none"
        spellcheck={false}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      />
      {note === undefined ? null : (
        <p id={`${id}-note`} class="quiet small">
          {note}
        </p>
      )}
    </div>
  );
}

/** What was typed into the field `name`. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
